import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { RegistryError } from '../../../sdk/errors.ts'
import type { Did } from '../../../sdk/model/primitives.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { Check } from '../../../sdk/model/report.ts'
import { checkCodes, isCheckCode, type CheckCode } from '../../../sdk/verify/codes.ts'
import { endorsementOf, foreignBadge, newPlatform, type Platform } from '../../support/elsewhere.ts'
import { forge, newParty, plainCredential, type Party } from '../../support/issuer.ts'
import { brokenSdJwts } from '../../support/sd-jwt.ts'
import { openStage, type Stage } from '../../support/stage.ts'
import type { College, World } from '../../support/world.ts'

/** Nothing is trusted: a credential is judged by its signature and its issuer's own list. */
const noChains = { policy: { chains: [], anchorRequired: false } }
const platform = newPlatform()
const unanchored = { policy: { anchorRequired: false } }
const notInBundle = new RegistryError('EVIDENCE_MISSING', { chain: 'test', reason: 'left out' })

let stage: Stage
let world: World
let college: College
let holder: Party
let good: AnchoredCredential
beforeAll(async () => {
  stage = await openStage()
  ;({ world, college, holder, good } = stage)
})
afterAll(() => world.stop())

let restore: () => Promise<void>
let documents: [string, unknown][]
beforeEach(async () => {
  restore = await world.snapshot()
  documents = [...world.documents]
})
afterEach(async () => {
  await restore()
  for (const [url, document] of documents) world.documents.set(url, document)
})

/** Verifies a badge of another platform. */
async function elsewhere(
  { issuer, publicJwk, signer, documents, fetchDocument }: Platform,
  keyAt?: string,
  change: object = {},
) {
  if (keyAt !== undefined) documents[keyAt] = publicJwk
  const { kid, algorithm: alg } = signer
  const text = await forge({ alg, kid, typ: 'vc+jwt' }, foreignBadge(issuer, change), signer)
  return stage.verify(text, { policy: { foreign: 'report' }, fetchDocument })
}

/** Verifies a badge that holds an endorsement. */
async function endorsed(change: object, kid = holder.signer.kid) {
  const endorsement = endorsementOf(platform.issuer, holder.did, change)
  const token = await forge({ alg: 'ES256', kid, typ: 'vc+jwt' }, endorsement, holder.signer)
  return elsewhere(platform, undefined, { endorsementJwt: [token] })
}

/** Verifies a credential that carries this in it. */
const carrying = (proof: unknown, change: object = {}) =>
  stage.verify(JSON.stringify({ ...plainCredential(holder.did, change), proof }))
const proof = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }
const wholeProof = (proofPurpose: string) => ({
  ...{ ...proof, proofPurpose, verificationMethod: `${holder.did}#0` },
  proofValue: `z${'1'.repeat(64)}`,
})

/** Verifies an SD-JWT that is broken in this way; one with a key binding as a presentation. */
async function sdJwt(code: keyof Awaited<ReturnType<typeof brokenSdJwts>>) {
  const text = (await brokenSdJwts(holder))[code]
  if (text.endsWith('~')) return stage.verify(text)
  const report = await (await world.verifier()).verifyPresentation({ presentation: text })
  return report.presentation.checks
}

/** How each code comes about. The type sees to it that none is forgotten. */
const scenarios: Record<CheckCode, () => Promise<readonly Check[]>> = {
  NOT_REACHED: () => stage.verify('no credential'),
  INTERNAL: async () => {
    const broken = await stage.sourceWith(() => ({
      keyOf: () => Promise.reject(new TypeError('bug')),
    }))
    return stage.verify(good, { sources: [broken] })
  },
  CHAIN_UNREACHABLE: () => stage.verify(good, { sources: [] }),
  CHAIN_MISMATCH: async () => {
    const { pin, chain } = world.place
    const creationBlock = { ...pin.creationBlock, hash: `0x${'0f'.repeat(32)}` }
    const chains = [{ ...pin, creationBlock }]
    const sources = world
      .policy({ chains })
      .chains.map((each) => createOnlineSource(each, { request: chain.request }))
    return stage.verify(good, { policy: { chains }, sources })
  },
  EVIDENCE_MISSING: async () => {
    const silent = { pin: world.place.pin, view: () => Promise.reject(notInBundle) }
    return stage.verify(good, { sources: [silent] })
  },
  CHAIN_NOT_ASKED: () => stage.verify(good, noChains),

  DECODED: () => stage.verify(good),
  BUNDLE_MALFORMED: async () => (await verifyBundle('{}', { policy: world.policy() })).checks,
  MALFORMED: () => stage.verify('eyJhbGciOiJFUzI1NiJ9.e30'),
  RECEIPT_MALFORMED: () => stage.verify(JSON.stringify({ ...good, receipt: {} })),
  TOO_LARGE: () => stage.verify('a'.repeat(1_000_001)),
  HEADER_REFUSED: async () =>
    stage.verify(await forge({ alg: 'ES256', typ: 'vc+jwt', crit: ['exp'], exp: 1 }, {})),
  KID_MALFORMED: async () =>
    stage.verify(await forge({ alg: 'ES256', typ: 'vc+jwt' }, plainCredential(college.did))),
  ISSUER_MISMATCH: async () =>
    stage.verify(
      await forge(
        { alg: 'ES256', typ: 'vc+jwt', kid: `${holder.did}#0` },
        plainCredential(college.did),
      ),
    ),
  CREDENTIAL_MALFORMED: async () =>
    stage.verify(
      await forge(
        { alg: 'ES256', typ: 'vc+jwt', kid: `${holder.did}#0` },
        plainCredential(holder.did, { type: ['Certificate'] }),
      ),
    ),
  PRESENTATION_MALFORMED: async () => {
    const presentation = await forge({ alg: 'ES256', typ: 'vp+jwt', kid: `${holder.did}#0` }, {})
    const report = await (await world.verifier()).verifyPresentation({ presentation })
    return report.presentation.checks
  },
  PROOF_MISSING: () => carrying(undefined),
  PROOF_UNSUPPORTED: () => carrying({ type: 'Ed25519Signature2020' }),
  PROOF_AMBIGUOUS: () => carrying([proof, proof]),
  PROOF_MALFORMED: () => carrying(proof),
  PROOF_PURPOSE_MISMATCH: () => carrying(wholeProof('authentication')),
  CONTEXT_UNAVAILABLE: () =>
    carrying(wholeProof('assertionMethod'), {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://a.example/context'],
    }),
  DISCLOSURE_MALFORMED: () => sdJwt('DISCLOSURE_MALFORMED'),
  DISCLOSURE_HASH_UNKNOWN: () => sdJwt('DISCLOSURE_HASH_UNKNOWN'),
  DISCLOSURE_UNREFERENCED: () => sdJwt('DISCLOSURE_UNREFERENCED'),
  DISCLOSURE_REPEATED: () => sdJwt('DISCLOSURE_REPEATED'),
  DISCLOSURE_COLLISION: () => sdJwt('DISCLOSURE_COLLISION'),
  DISCLOSURE_FORBIDDEN: () => sdJwt('DISCLOSURE_FORBIDDEN'),
  KEY_BINDING_MALFORMED: () => sdJwt('KEY_BINDING_MALFORMED'),
  KEY_BINDING_UNNAMED: () => sdJwt('KEY_BINDING_UNNAMED'),
  KEY_BINDING_MISMATCH: () => sdJwt('KEY_BINDING_MISMATCH'),

  FORMAT_ACCEPTED: () => stage.verify(good),
  FORMAT_UNKNOWN: async () => stage.verify(await forge({ alg: 'ES256', typ: 'at+jwt' }, {})),
  ALGORITHM_NOT_ALLOWED: () => stage.verify(good, { policy: { algorithms: ['EdDSA'] } }),
  TERMS_UNDEFINED: () => stage.changed({ diploma: 'Soudeur' }),

  SIGNATURE_VALID: () => stage.verify(good),
  SIGNATURE_INVALID: () => {
    world.publish({ did: college.did, publicJwk: newParty().publicJwk })
    return stage.verify(good)
  },
  KEY_UNRESOLVED: () => {
    world.documents.clear()
    return stage.verify(good)
  },
  KEY_INVALID: () => {
    world.documents.set('https://livret.example/issuers/mer/did.json', { id: college.did })
    return stage.verify(good)
  },
  DID_METHOD_UNSUPPORTED: async () =>
    stage.verify(
      await forge(
        { alg: 'ES256', typ: 'vc+jwt', kid: 'did:ebsi:z25#k' },
        plainCredential('did:ebsi:z25' as Did),
      ),
    ),
  KEY_UNBOUND: () => {
    const kid = 'https://badges.example/keys/1'
    return elsewhere(newPlatform(kid), kid)
  },

  IN_PERIOD: () => stage.verify(good),
  NOT_YET_VALID: () => stage.changed({ validFrom: '2999-01-01T00:00:00Z' }),
  EXPIRED: () =>
    stage.changed({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }),

  ANCHORED: () => stage.verify(good),
  RECEIPT_MISMATCH: async () =>
    stage.verify({ ...good, credential: (await world.issue(college, holder)).text }),
  ANCHOR_PENDING: () => stage.verify(good.credential),
  ANCHOR_MISSING: () => stage.verify(good.credential, { later: 2 * 86_400 }),
  ANCHOR_NOT_REQUIRED: () => stage.verify(good.credential, unanchored),
  ANCHOR_FOREIGN: () => elsewhere(platform),
  NO_CHAINS: () => stage.verify(good, { policy: { chains: [] } }),

  KEY_REGISTERED: () => stage.verify(good),
  ISSUER_UNKNOWN: () => stage.issuedNow(world.newCollege('terre')),
  ISSUER_FOREIGN: () => elsewhere(platform),
  ISSUER_ANNULLED: async () => {
    await world.as('authority').accreditations.annulBinding(college.issuerId, 0)
    return stage.verify(good)
  },
  ISSUER_RELEASED: async () => {
    await world.as('authority').accreditations.releaseIssuer(college.issuerId, [], [])
    return stage.issuedNow(college)
  },
  ISSUER_NOT_YET_CONFIRMED: async () => {
    const body = world.newCollege('terre', 'stranger')
    const early = await stage.anchored((await world.issue(body, holder)).text)
    await world.on.confirm(world.place, body)
    return stage.verify(early)
  },
  KEY_NOT_REGISTERED: async () => {
    const body = world.newCollege('terre', 'stranger')
    await world.on.confirm(world.place, body)
    return stage.issuedNow(body)
  },
  KEY_ANNULLED: async () => {
    const squatted = await stage.newBody()
    const { accreditations } = world.as('authority')
    const account = world.addressOf('accreditor')
    await accreditations.confirmIssuer(squatted.issuerId, account, 0, [], [])
    await accreditations.annulBinding(squatted.issuerId, 0)
    return stage.issuedNow(squatted)
  },
  KEY_NOT_YET_REGISTERED: async () => {
    const body = world.newCollege('terre', 'stranger')
    await world.on.confirm(world.place, body)
    const early = await stage.anchored((await world.issue(body, holder)).text)
    await world.on.registerKey(world.place, body)
    return stage.verify(early)
  },
  KEY_RETIRED: async () => {
    const at = (await world.time()) + 60
    await world.as('issuer').accreditations.retireKey(college.issuerId, college.thumbprint, at)
    await world.travel(60)
    return stage.issuedNow(college)
  },
  KEY_COMPROMISED: async () => {
    const { issuerId, thumbprint } = college
    await world.as('authority').accreditations.reportCompromise(issuerId, thumbprint, 1, [], [])
    return stage.verify(good)
  },

  ACCREDITED: () => stage.verify(good),
  ACCREDITATION_FOREIGN: () => elsewhere(platform),
  NOT_ACCREDITED: async () => stage.issuedNow(await stage.newBody()),
  SCOPE_NOT_COVERED: async () => {
    const body = await stage.newBody()
    await stage.accredit(body, 'SkillProfile')
    return stage.issuedNow(body)
  },
  SCOPE_UNKNOWN: () => stage.changed({ type: ['VerifiableCredential', 'Été'] }),
  ACCREDITATION_WITHDRAWN: async () => {
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    return stage.issuedNow(college)
  },
  ACCREDITATION_ANNULLED: async () => {
    await world.on.annul(world.place, college, 'TrainingCertificate')
    return stage.verify(good)
  },
  ACCREDITATION_EXPIRED: async () => {
    const body = await stage.newBody()
    await stage.accredit(body, 'TrainingCertificate', (await world.time()) + 60)
    await world.travel(61)
    return stage.issuedNow(body)
  },
  ACCREDITATION_NOT_YET: async () => {
    const body = await stage.newBody()
    const early = await stage.anchored((await world.issue(body, holder)).text)
    await stage.accredit(body)
    return stage.verify(early)
  },

  NOT_REVOKED: () => stage.verify(good),
  LIST_NOT_REVOKED: async () => {
    const list = await world.statusList(college, 'revocation', [])
    const suspensions = await world.statusList(college, 'suspension', [])
    const fetchStatusList = (url: string) =>
      Promise.resolve(url.endsWith('revocation') ? list : suspensions)
    return stage.verify(good, { ...noChains, fetchStatusList })
  },
  REVOKED: async () => {
    await world.on.revoke(world.place, college, stage.index)
    return stage.verify(good)
  },
  SUSPENDED: async () => {
    await world.on.suspend(world.place, college, stage.index)
    return stage.verify(good)
  },
  STATUS_NONE: () => stage.changed({ credentialStatus: undefined }, noChains),
  STATUS_MISSING: () => stage.changed({ credentialStatus: undefined }),
  STATUS_MALFORMED: () => stage.entries((entry) => ({ ...entry, statusListIndex: 'seven' })),
  STATUS_INDEX_MISMATCH: () =>
    stage.entries((entry) =>
      entry['type'] === 'OnChainStatusEntry' ? entry : { ...entry, statusListIndex: '131000' },
    ),
  STATUS_STALE: () => stage.verify(good, { later: 3_601 }),
  STATUS_UNSUPPORTED: () =>
    stage.changed({ credentialStatus: { type: 'EbsiAccreditationEntry' } }, noChains),
  STATUS_LIST_FOREIGN: () =>
    stage.entries((entry) =>
      entry['statusListCredential'] === undefined
        ? entry
        : { ...entry, statusListCredential: entry['statusListCredential'].replace('mer', 'terre') },
    ),
  STATUS_LIST_CONTRADICTS_CHAIN: async () => {
    const list = await world.statusList(college, 'revocation', [stage.index])
    return stage.verify(good, { fetchStatusList: () => Promise.resolve(list) })
  },
  STATUS_LIST_UNREACHABLE: () => stage.verify(good, noChains),
  STATUS_LIST_INVALID: () =>
    stage.verify(good, { ...noChains, fetchStatusList: () => Promise.resolve('no list') }),

  REQUEST_ANSWERED: () => stage.present([good.credential]),
  HOLDER_PROVEN: () => stage.present([good.credential]),
  HOLDER_NOT_PRESENTED: () => stage.verify(good),
  HOLDER_UNCHALLENGED: () => stage.present([good.credential], { asked: null }),
  HOLDER_UNNAMED: async () => {
    const credential = plainCredential(college.did, { credentialSubject: { skill: 'welding' } })
    return stage.present([await stage.sign(credential)])
  },
  HOLDER_MISMATCH: () => stage.present([good.credential], { by: newParty() }),
  CHALLENGE_MISMATCH: () => stage.present([good.credential], { challenge: 'c-2' }),
  DOMAIN_MISMATCH: () => stage.present([good.credential], { to: 'did:web:other.example' }),
  PRESENTATION_INVALID: () => stage.present([good.credential], { challenge: 'c-2' }),
  PRESENTATION_UNDECIDED: async () => {
    const absent = { ...holder, ...world.newCollege('absent') }
    const { text } = await world.issue(college, absent)
    world.documents.delete('https://livret.example/issuers/absent/did.json')
    return stage.present([text], { by: absent })
  },

  SCHEMA_MATCHED: () => stage.verify(good),
  SCHEMA_VIOLATED: () => stage.subjectOf({ achievement: {} }),
  RESULTS_INCONSISTENT: () =>
    stage.subjectOf({
      result: [{ type: ['Result'], resultDescription: 'urn:uuid:nothing', value: '14' }],
    }),
  EMBEDDED_INVALID: () => endorsed({ type: ['VerifiableCredential', 'Diploma'] }),
  EMBEDDED_UNDECIDED: () => endorsed({ issuer: 'did:web:dead.example' }, 'did:web:dead.example#1'),
  SCHEMA_NOT_CHECKED: async () =>
    stage.verify(await stage.sign(plainCredential(college.did)), noChains),
  CONTEXT_UNKNOWN: async () => {
    const { credential } = await world.certificate(college, holder)
    const contexts = [credential['@context']].flat()
    return stage.changed({ '@context': [...contexts, 'https://example.org/my-terms'] })
  },
}

test.each(Object.keys(checkCodes).filter(isCheckCode))('%s is given', async (code) => {
  const checks = await scenarios[code]()

  const given = checks.filter((each) => each.code === code)
  expect(checks.map((each) => each.code)).toContain(code)
  expect(given[0]).toMatchObject({ status: checkCodes[code].status })
  expect(Object.keys(given[0]!.facts)).toEqual(expect.arrayContaining([...checkCodes[code].facts]))
})

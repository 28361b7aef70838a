import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import type { ChainSource } from '../../../sdk/chain/source.ts'
import { signPresentation } from '../../../sdk/formats/presentation.ts'
import type { CredentialDocument } from '../../../sdk/model/credential.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { Check } from '../../../sdk/model/report.ts'
import { checkCodes, isCheckCode, type CheckCode } from '../../../sdk/verify/codes.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { forge, newParty, plainCredential, type Party } from '../../support/issuer.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

/** Nothing is trusted: a credential is judged by its signature and its issuer's own list. */
const noChains = { policy: { chains: [], anchorRequired: false } }
const unanchored = { policy: { anchorRequired: false } }

let world: World
let college: College
let holder: Party
let index: number
let good: AnchoredCredential
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  holder = newParty()
  const issued = await world.issue(college, holder)
  index = issued.index
  good = await anchored(issued.text)
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

type Options = Parameters<World['verifier']>[0]

const verify = async (input: string | AnchoredCredential, options?: Options) =>
  (await (await world.verifier(options)).verifyCredential(input)).checks

async function anchored(text: string): Promise<AnchoredCredential> {
  const [first] = await world.anchor([text])
  return first!
}

/** Verifies a certificate of the college in which something was changed before it was signed. */
const changed = async (change: object, options: Options = unanchored) =>
  verify((await world.issue(college, holder, change)).text, options)

/** Verifies a certificate that is issued and anchored now. */
const issuedNow = async (issuer: College, options?: Options) =>
  verify(await anchored((await world.issue(issuer, holder)).text), options)

const accredit = (issuer: College, scope = 'TrainingCertificate', until?: number) =>
  world.on.accredit(world.place, world.addressOf(issuer.account), scope, until ? { until } : {})

/** Another training body, confirmed and with its key, but accredited for nothing. */
async function newBody(): Promise<College> {
  const body = world.newCollege('terre', 'stranger')
  await world.on.confirm(world.place, body)
  await world.on.registerKey(world.place, body)
  return body
}

/** Every check of a presentation, and of what is in it. */
async function present(
  credentials: readonly string[],
  {
    by = holder,
    challenge = 'c-1',
    asked = 'c-1',
    to = 'did:web:employer.example',
  }: { by?: Party; challenge?: string; asked?: string | null; to?: string } = {},
): Promise<readonly Check[]> {
  const now = await world.time()
  const presentation = await signPresentation(
    'vp+jwt',
    {
      holder: by.did,
      credentials,
      challenge,
      domain: 'did:web:employer.example',
      signedAt: now,
      expiresAt: now + 300,
    },
    by.signer,
  )
  const report = await (
    await world.verifier()
  ).verifyPresentation({
    presentation,
    ...(asked !== null && { challenge: asked }),
    domain: to,
    receipts: [good.receipt],
  })
  return [report.presentation, ...report.credentials].flatMap(({ checks }) => checks)
}

const subjectOf = (change: object) => async () => {
  const { credential } = await world.certificate(college, holder)
  const [subject] = [credential.credentialSubject].flat() as { achievement: object }[]
  return changed({ credentialSubject: { ...subject, ...change } })
}

const entries = async (change: (entry: Record<string, string>) => object) => {
  const { credential } = await world.certificate(college, holder)
  const all = credential.credentialStatus as unknown as Record<string, string>[]
  return changed({ credentialStatus: all.map(change) })
}

/** A source that answers as the real one, but for `change`. */
async function sourceWith(change: (view: Awaited<ReturnType<ChainSource['view']>>) => object) {
  const { pin, chain } = world.place
  const source = createOnlineSource(pin, { request: chain.request })
  const view = await source.view()
  return { pin, view: () => Promise.resolve({ ...view, ...change(view) }) }
}

/** How each code comes about. The type sees to it that none is forgotten. */
const scenarios: Record<CheckCode, () => Promise<readonly Check[]>> = {
  NOT_REACHED: () => verify('no credential'),
  INTERNAL: async () => {
    const broken = await sourceWith(() => ({ keyOf: () => Promise.reject(new TypeError('bug')) }))
    return verify(good, { sources: [broken] })
  },
  CHAIN_UNREACHABLE: () => verify(good, { sources: [] }),
  CHAIN_MISMATCH: async () => {
    const { pin, chain } = world.place
    const creationBlock = { ...pin.creationBlock, hash: `0x${'0f'.repeat(32)}` }
    const chains = [{ ...pin, creationBlock }]
    const sources = world
      .policy({ chains })
      .chains.map((each) => createOnlineSource(each, { request: chain.request }))
    return verify(good, { policy: { chains }, sources })
  },
  CHAIN_NOT_ASKED: () => verify(good, noChains),

  DECODED: () => verify(good),
  MALFORMED: () => verify('eyJhbGciOiJFUzI1NiJ9.e30'),
  RECEIPT_MALFORMED: () => verify(JSON.stringify({ ...good, receipt: {} })),
  TOO_LARGE: () => verify('a'.repeat(1_000_001)),
  HEADER_REFUSED: async () =>
    verify(await forge({ alg: 'ES256', typ: 'vc+jwt', crit: ['exp'], exp: 1 }, {})),
  KID_MALFORMED: async () =>
    verify(await forge({ alg: 'ES256', typ: 'vc+jwt' }, plainCredential(college.did))),
  ISSUER_MISMATCH: async () =>
    verify(
      await forge(
        { alg: 'ES256', typ: 'vc+jwt', kid: `${holder.did}#0` },
        plainCredential(college.did),
      ),
    ),
  CREDENTIAL_MALFORMED: async () =>
    verify(
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

  FORMAT_ACCEPTED: () => verify(good),
  FORMAT_UNKNOWN: async () => verify(await forge({ alg: 'ES256', typ: 'at+jwt' }, {})),
  ALGORITHM_NOT_ALLOWED: () => verify(good, { policy: { algorithms: ['EdDSA'] } }),

  SIGNATURE_VALID: () => verify(good),
  SIGNATURE_INVALID: () => {
    world.publish({ did: college.did, publicJwk: newParty().publicJwk })
    return verify(good)
  },
  KEY_UNRESOLVED: () => {
    world.documents.clear()
    return verify(good)
  },
  KEY_INVALID: () => {
    world.documents.set('https://livret.example/issuers/mer/did.json', { id: college.did })
    return verify(good)
  },

  IN_PERIOD: () => verify(good),
  NOT_YET_VALID: () => changed({ validFrom: '2999-01-01T00:00:00Z' }),
  EXPIRED: () => changed({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }),

  ANCHORED: () => verify(good),
  RECEIPT_MISMATCH: async () =>
    verify({ ...good, credential: (await world.issue(college, holder)).text }),
  ANCHOR_PENDING: () => verify(good.credential),
  ANCHOR_MISSING: () => verify(good.credential, { later: 2 * 86_400 }),
  ANCHOR_NOT_REQUIRED: () => verify(good.credential, unanchored),
  NO_CHAINS: () => verify(good, { policy: { chains: [] } }),

  KEY_REGISTERED: () => verify(good),
  ISSUER_UNKNOWN: () => issuedNow(world.newCollege('terre')),
  ISSUER_ANNULLED: async () => {
    await world.as('authority').accreditations.annulBinding(college.issuerId, 0)
    return verify(good)
  },
  ISSUER_RELEASED: async () => {
    await world.as('authority').accreditations.releaseIssuer(college.issuerId, [], [])
    return issuedNow(college)
  },
  ISSUER_NOT_YET_CONFIRMED: async () => {
    const body = world.newCollege('terre', 'stranger')
    const early = await anchored((await world.issue(body, holder)).text)
    await world.on.confirm(world.place, body)
    return verify(early)
  },
  KEY_NOT_REGISTERED: async () => {
    const body = world.newCollege('terre', 'stranger')
    await world.on.confirm(world.place, body)
    return issuedNow(body)
  },
  KEY_ANNULLED: async () => {
    const squatted = await newBody()
    const { accreditations } = world.as('authority')
    const account = world.addressOf('accreditor')
    await accreditations.confirmIssuer(squatted.issuerId, account, 0, [], [])
    await accreditations.annulBinding(squatted.issuerId, 0)
    return issuedNow(squatted)
  },
  KEY_NOT_YET_REGISTERED: async () => {
    const body = world.newCollege('terre', 'stranger')
    await world.on.confirm(world.place, body)
    const early = await anchored((await world.issue(body, holder)).text)
    await world.on.registerKey(world.place, body)
    return verify(early)
  },
  KEY_RETIRED: async () => {
    const at = (await world.time()) + 60
    await world.as('issuer').accreditations.retireKey(college.issuerId, college.thumbprint, at)
    await world.travel(60)
    return issuedNow(college)
  },
  KEY_COMPROMISED: async () => {
    const { issuerId, thumbprint } = college
    await world.as('authority').accreditations.reportCompromise(issuerId, thumbprint, 1, [], [])
    return verify(good)
  },

  ACCREDITED: () => verify(good),
  NOT_ACCREDITED: async () => issuedNow(await newBody()),
  SCOPE_NOT_COVERED: async () => {
    const body = await newBody()
    await accredit(body, 'SkillProfile')
    return issuedNow(body)
  },
  SCOPE_UNKNOWN: () => changed({ type: ['VerifiableCredential', 'Été'] }),
  ACCREDITATION_WITHDRAWN: async () => {
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    return issuedNow(college)
  },
  ACCREDITATION_ANNULLED: async () => {
    await world.on.annul(world.place, college, 'TrainingCertificate')
    return verify(good)
  },
  ACCREDITATION_EXPIRED: async () => {
    const body = await newBody()
    await accredit(body, 'TrainingCertificate', (await world.time()) + 60)
    await world.travel(61)
    return issuedNow(body)
  },
  ACCREDITATION_NOT_YET: async () => {
    const body = await newBody()
    const early = await anchored((await world.issue(body, holder)).text)
    await accredit(body)
    return verify(early)
  },

  NOT_REVOKED: () => verify(good),
  LIST_NOT_REVOKED: async () => {
    const list = await world.statusList(college, 'revocation', [])
    const suspensions = await world.statusList(college, 'suspension', [])
    const fetchStatusList = (url: string) =>
      Promise.resolve(url.endsWith('revocation') ? list : suspensions)
    return verify(good, { ...noChains, fetchStatusList })
  },
  REVOKED: async () => {
    await world.on.revoke(world.place, college, index)
    return verify(good)
  },
  SUSPENDED: async () => {
    await world.on.suspend(world.place, college, index)
    return verify(good)
  },
  STATUS_NONE: () => changed({ credentialStatus: undefined }, noChains),
  STATUS_MISSING: () => changed({ credentialStatus: undefined }),
  STATUS_MALFORMED: () => entries((entry) => ({ ...entry, statusListIndex: 'seven' })),
  STATUS_INDEX_MISMATCH: () =>
    entries((entry) =>
      entry['type'] === 'OnChainStatusEntry' ? entry : { ...entry, statusListIndex: '131000' },
    ),
  STATUS_STALE: () => verify(good, { later: 3_601 }),
  STATUS_UNSUPPORTED: () =>
    changed({ credentialStatus: { type: '1EdTechRevocationList' } }, noChains),
  STATUS_LIST_FOREIGN: () =>
    entries((entry) =>
      entry['statusListCredential'] === undefined
        ? entry
        : { ...entry, statusListCredential: entry['statusListCredential'].replace('mer', 'terre') },
    ),
  STATUS_LIST_CONTRADICTS_CHAIN: async () => {
    const list = await world.statusList(college, 'revocation', [index])
    return verify(good, { fetchStatusList: () => Promise.resolve(list) })
  },
  STATUS_LIST_UNREACHABLE: () => verify(good, noChains),
  STATUS_LIST_INVALID: () =>
    verify(good, { ...noChains, fetchStatusList: () => Promise.resolve('no list') }),

  REQUEST_ANSWERED: () => present([good.credential]),
  HOLDER_PROVEN: () => present([good.credential]),
  HOLDER_NOT_PRESENTED: () => verify(good),
  HOLDER_UNCHALLENGED: () => present([good.credential], { asked: null }),
  HOLDER_UNNAMED: async () => {
    const credential = plainCredential(college.did, { credentialSubject: { skill: 'welding' } })
    return present([await sign(credential)])
  },
  HOLDER_MISMATCH: () => present([good.credential], { by: newParty() }),
  CHALLENGE_MISMATCH: () => present([good.credential], { challenge: 'c-2' }),
  DOMAIN_MISMATCH: () => present([good.credential], { to: 'did:web:other.example' }),
  PRESENTATION_INVALID: () => present([good.credential], { challenge: 'c-2' }),
  PRESENTATION_UNDECIDED: async () => {
    const absent = { ...holder, ...world.newCollege('absent') }
    const { text } = await world.issue(college, absent)
    world.documents.delete('https://livret.example/issuers/absent/did.json')
    return present([text], { by: absent })
  },

  SCHEMA_MATCHED: () => verify(good),
  SCHEMA_VIOLATED: subjectOf({ achievement: {} }),
  RESULTS_INCONSISTENT: subjectOf({
    result: [{ type: ['Result'], resultDescription: 'urn:uuid:nothing', value: '14' }],
  }),
  SCHEMA_NOT_CHECKED: async () => verify(await sign(plainCredential(college.did)), noChains),
  CONTEXT_UNKNOWN: async () => {
    const { credential } = await world.certificate(college, holder)
    const contexts = [credential['@context']].flat()
    return changed({ '@context': [...contexts, 'https://example.org/my-terms'] })
  },
}

function sign(credential: CredentialDocument): Promise<string> {
  return signVcJwt(credential, college.signer)
}

test.each(Object.keys(checkCodes).filter(isCheckCode))('%s is given', async (code) => {
  const checks = await scenarios[code]()

  const given = checks.filter((each) => each.code === code)
  expect(checks.map((each) => each.code)).toContain(code)
  expect(given[0]).toMatchObject({ status: checkCodes[code].status })
  expect(Object.keys(given[0]!.facts)).toEqual(expect.arrayContaining([...checkCodes[code].facts]))
})

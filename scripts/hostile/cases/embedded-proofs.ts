import {
  createSigner,
  didKeyOf,
  generateKey,
  isJsonObject,
  readJson,
  signLdpPresentation,
  signLdpVc,
  type CredentialDocument,
  type JsonObject,
} from '#sdk'
import { accepted, listedAt, type Attacks } from '../case.ts'
import { challenge, domain, now } from '../stand.ts'

type Members = Readonly<Record<string, unknown>>

const vocabulary = 'https://www.w3.org/2018/credentials#'
const id = 'urn:uuid:6f1d2f0e-6f0c-4f0e-8f5e-6b1d7a3c9b11'

/** JSON-LD with its proof in it, rewritten, damaged, or too much work. */
export async function embeddedProofCases({ credential, presentation, stand }: Attacks) {
  const policy = stand.policies.lists
  const issuer = keyParty()
  const other = keyParty()
  const [status] = listedAt('https://college.example/status/7/revocation')
  const document: CredentialDocument = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/examples/v2',
    ],
    id,
    type: ['VerifiableCredential'],
    issuer: issuer.did,
    validFrom: '2026-02-28T12:00:00Z',
    credentialSubject: { id: other.did, mention: 'Bien' },
  }
  const sign = async (change: Members = {}) =>
    secured(await signLdpVc({ ...document, ...change }, issuer.signer, { signedAt: now - 3600 }))
  const good = await sign()
  const revocable = await sign({ credentialStatus: status })
  const hidden = { ...revocable, credentialStatus: undefined }

  const judged = (name: string, code: string, value: unknown) =>
    credential(name, code, typeof value === 'string' ? value : JSON.stringify(value), { policy })
  const changed = (name: string, code: string, change: Members) =>
    judged(name, code, { ...good, ...change })
  const proved = (name: string, code: string, change: Members) =>
    changed(name, code, { proof: { ...good.proof, ...change } })
  const rewritten = (name: string, change: Members) =>
    judged(name, 'CREDENTIAL_MALFORMED', { ...hidden, ...change })
  const heavy = (name: string, code: string, a: unknown) =>
    changed(name, code, { credentialSubject: { a } })
  const context = (name: string, more: unknown) =>
    changed(name, 'CONTEXT_UNAVAILABLE', {
      '@context': [...[document['@context']].flat(), more],
    })

  const vp = secured(
    await signLdpPresentation(
      {
        ...{ holder: other.did, credentials: [JSON.stringify(good)], challenge, domain },
        ...{ signedAt: now, expiresAt: now + 300 },
      },
      other.signer,
    ),
  )
  const presented = (name: string, code: string, change: Members) =>
    presentation(name, code, JSON.stringify({ ...vp, ...change }), { policy })

  return [
    judged(
      'members in another order',
      accepted,
      Object.fromEntries(Object.entries(good).reverse()),
    ),
    judged('no proof', 'PROOF_MISSING', document),
    changed('a proof that is a list of lists', 'PROOF_MALFORMED', { proof: [[good.proof]] }),
    changed('the same proof twice', 'PROOF_AMBIGUOUS', { proof: [good.proof, good.proof] }),
    changed('1,000 proofs', 'TOO_LARGE', { proof: many(1_000, () => ({ type: 'A' })) }),
    changed('the proof of another document', 'SIGNATURE_INVALID', { proof: revocable.proof }),
    changed('another claim', 'SIGNATURE_INVALID', { credentialSubject: { mention: 'Très bien' } }),
    proved('a chain of proofs', 'PROOF_UNSUPPORTED', { previousProof: 'urn:uuid:1' }),
    proved('an older suite', 'PROOF_UNSUPPORTED', { cryptosuite: 'eddsa-2022' }),
    proved('the suite of another key', 'PROOF_UNSUPPORTED', { cryptosuite: 'ecdsa-rdfc-2019' }),
    proved('a proof for presentations', 'PROOF_PURPOSE_MISMATCH', {
      proofPurpose: 'authentication',
    }),
    proved('the key of another', 'ISSUER_MISMATCH', { verificationMethod: other.kid }),
    proved('another date', 'SIGNATURE_INVALID', { created: '2026-01-01T00:00:00Z' }),
    proved('a later end', 'SIGNATURE_INVALID', { expires: '2036-01-01T00:00:00Z' }),
    proved('a signature of zeros', 'SIGNATURE_INVALID', { proofValue: `z${'1'.repeat(64)}` }),
    proved('a signature in base64url', 'PROOF_MALFORMED', { proofValue: `u${'A'.repeat(86)}` }),
    proved('a signature of 100,000 digits', 'PROOF_MALFORMED', { proofValue: 'z'.repeat(100_000) }),
    proved('contexts in the proof', 'PROOF_MALFORMED', { '@context': document['@context'] }),
    proved('an end under its address', 'PROOF_MALFORMED', {
      'https://w3id.org/security#expiration': '2026-01-01T00:00:00Z',
    }),

    rewritten('a status under its address', { [`${vocabulary}credentialStatus`]: status }),
    rewritten('a status in a node beside', { '@included': [{ id, credentialStatus: status }] }),
    rewritten('a status in a graph', { '@graph': [{ id, credentialStatus: status }] }),
    rewritten('a status in reverse', { '@reverse': { credentialStatus: { id } } }),
    rewritten('a status in a second node of the name', {
      evidence: { id, type: 'VerifiableCredential', credentialStatus: status },
    }),
    changed('a type under its address', 'CREDENTIAL_MALFORMED', {
      type: ['VerifiableCredential', `${vocabulary}VerifiableCredential`],
    }),
    changed('a nameless node', 'CREDENTIAL_MALFORMED', { credentialSubject: { id: '_:b0' } }),
    context('another name for what is read', { state: `${vocabulary}credentialStatus` }),
    context('another name for a keyword', { more: '@included' }),
    context('a prefix', { c: vocabulary }),
    context('a vocabulary', { '@vocab': `${vocabulary}credential` }),
    context('a context that imports another', { '@import': 'https://evil.example/context' }),
    context('a context from a host', 'https://evil.example/context'),
    context('a context from this machine', 'http://169.254.169.254/latest/meta-data'),

    heavy(
      '500 nodes that look alike',
      'TOO_LARGE',
      many(500, () => ({ a: 1 })),
    ),
    heavy('trees that look alike', 'TOO_LARGE', [tree(3, 6), tree(3, 6)]),
    heavy('a ladder of nodes', 'TOO_LARGE', ladder(55)),
    heavy(
      'a list of 4,000',
      'TOO_LARGE',
      many(4_000, (i) => i),
    ),
    heavy(
      '4,000 objects',
      'TOO_LARGE',
      Object.fromEntries(many(1_900, (i) => [`a${i}`, { b: i }])),
    ),
    judged('a member twice', 'MALFORMED', JSON.stringify(good).replace('{', '{"id":"urn:x:1",')),
    judged('65 levels', 'MALFORMED', { ...good, a: ladder(65) }),
    judged('2 MB', 'TOO_LARGE', { ...good, name: 'a'.repeat(2_000_000) }),

    presented('a presentation with its proof in it', accepted, {}),
    presented('a presentation for another', 'SIGNATURE_INVALID', {
      proof: { ...vp.proof, domain: 'did:web:other.example' },
    }),
    presented('a presentation without a proof', 'PROOF_MISSING', { proof: undefined }),
    presented('a presentation of another holder', 'PRESENTATION_MALFORMED', { holder: issuer.did }),
    presented('a presentation with another credential', 'SIGNATURE_INVALID', {
      verifiableCredential: [revocable],
    }),
  ]
}

/** What was signed, as JSON, and its proof. */
function secured(text: string): JsonObject & { proof: JsonObject } {
  const { value } = readJson(text)
  if (!isJsonObject(value) || !isJsonObject(value['proof'])) throw new Error('nothing was signed')
  return { ...value, proof: value['proof'] }
}

function keyParty() {
  const { publicJwk, privateJwk } = generateKey('EdDSA')
  const did = didKeyOf(publicJwk)
  const kid = `${did}#${did.slice('did:key:'.length)}`
  return { did, kid, signer: createSigner(kid, privateJwk) }
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

function tree(levels: number, width: number): object {
  return levels === 0 ? { a: 1 } : { a: many(width, () => tree(levels - 1, width)) }
}

function ladder(levels: number): object {
  return levels === 0 ? { a: 1 } : { a: ladder(levels - 1) }
}

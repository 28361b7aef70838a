import { describe, expect, test } from 'vitest'
import { importVerifyKey, verifySignature } from '../../../sdk/crypto/node.ts'
import { decodeLdpVc, signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { openBadgesV3 } from '../../../sdk/model/contexts.ts'
import { newKeyParty } from '../../support/digital-bazaar.ts'
import { newParty, plainCredential } from '../../support/issuer.ts'

type Members = Record<string, unknown>

const issuer = newKeyParty()
const other = newKeyParty()
const id = 'urn:uuid:1f0c2a52-0000-4000-8000-000000000001'
const status = {
  id: 'https://livret.example/status/7#42',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '42',
  statusListCredential: 'https://livret.example/status/7',
}
const credential = plainCredential(issuer.did, {
  '@context': ['https://www.w3.org/ns/credentials/v2', openBadgesV3],
  id,
  validUntil: '2030-01-01T00:00:00Z',
  credentialStatus: status,
  evidence: { id: 'https://greta.example/e/1', type: 'Evidence' },
})
const examples = 'https://www.w3.org/ns/credentials/examples/v2'
const withExamples = plainCredential(issuer.did, {
  '@context': ['https://www.w3.org/ns/credentials/v2', examples],
})
const good = JSON.parse(
  await signLdpVc(credential, issuer.signer, { signedAt: 1_770_000_000 }),
) as {
  proof: Members
} & Members

const codeOf = async (document: unknown) => {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  try {
    await decodeLdpVc(text)
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { code?: string } }
    return facts.code ?? code
  }
  return 'nothing thrown'
}
const proofWith = (change: Members) => ({ ...good, proof: { ...good.proof, ...change } })
const proofWithout = (name: string) => {
  return proofWith({ [name]: undefined })
}

describe('a proof', () => {
  test.each([
    ['none', { ...good, proof: undefined }, 'PROOF_MISSING'],
    ['an empty list', { ...good, proof: [] }, 'PROOF_MISSING'],
    ['a text', { ...good, proof: 'signed' }, 'PROOF_MALFORMED'],
    ['an older suite', proofWith({ type: 'Ed25519Signature2020' }), 'PROOF_UNSUPPORTED'],
    ['a suite of another kind', proofWith({ cryptosuite: 'ecdsa-rdfc-2019' }), 'PROOF_UNSUPPORTED'],
    ['a chain', proofWith({ previousProof: 'urn:uuid:1' }), 'PROOF_UNSUPPORTED'],
    ['two that could be the one', { ...good, proof: [good.proof, good.proof] }, 'PROOF_AMBIGUOUS'],
    ['seventeen', { ...good, proof: Array(17).fill({ type: 'A' }) }, 'TOO_LARGE'],
    ['another purpose', proofWith({ proofPurpose: 'authentication' }), 'PROOF_PURPOSE_MISMATCH'],
    ['no purpose', proofWithout('proofPurpose'), 'PROOF_MALFORMED'],
    ['no key', proofWithout('verificationMethod'), 'PROOF_MALFORMED'],
    ['no value', proofWithout('proofValue'), 'PROOF_MALFORMED'],
    ['a date that is none', proofWith({ created: '2026-02-30T00:00:00Z' }), 'PROOF_MALFORMED'],
    ['a date without a zone', proofWith({ expires: '2026-02-01T00:00:00' }), 'PROOF_MALFORMED'],
    ['base64url', proofWith({ proofValue: `u${'A'.repeat(86)}` }), 'PROOF_MALFORMED'],
    ['base16', proofWith({ proofValue: `f${'0'.repeat(127)}` }), 'PROOF_MALFORMED'],
    ['letters beyond base58', proofWith({ proofValue: 'z0OIl' }), 'PROOF_MALFORMED'],
    [
      'half a value',
      proofWith({ proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' }),
      'PROOF_MALFORMED',
    ],
    ['contexts of its own', proofWith({ '@context': good['@context'] }), 'PROOF_MALFORMED'],
    ['a member without a meaning', proofWith({ comment: 'a' }), 'TERMS_UNDEFINED'],
    ['the key of another', proofWith({ verificationMethod: other.kid }), 'ISSUER_MISMATCH'],
    ['a key that is no address', proofWith({ verificationMethod: 'key-1' }), 'KID_MALFORMED'],
  ])('refuses %s', async (_, document, code) => {
    expect(await codeOf(document)).toBe(code)
  })

  test('may stand beside those that others verify', async () => {
    const foreign = { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023', proofValue: 'u' }
    const { signature } = await decodeLdpVc(
      JSON.stringify({ ...good, proof: [foreign, good.proof] }),
    )
    expect(signature).toHaveLength(64)
  })

  test('covers its own options, too', async () => {
    const document = proofWith({ created: '2020-01-01T00:00:00Z' })
    const { signingInput, signature } = await decodeLdpVc(JSON.stringify(document))
    const key = importVerifyKey(issuer.publicJwk)
    expect(await verifySignature('EdDSA', key, signingInput, signature)).toBe(false)
  })
})

describe('a document', () => {
  const text = JSON.stringify(good)
  test.each([
    ['no JSON', '{', 'MALFORMED'],
    ['a list', '[]', 'MALFORMED'],
    ['a member twice', text.replace('{', '{"id":"urn:uuid:2",'), 'MALFORMED'],
    ['2 MB', `{"a":"${'a'.repeat(2_000_000)}"}`, 'TOO_LARGE'],
    ['6,000 values', JSON.stringify({ ...good, a: Array(6_000).fill(1) }), 'TOO_LARGE'],
    [
      'VCDM 1.1',
      { ...good, '@context': ['https://www.w3.org/2018/credentials/v1'] },
      'CREDENTIAL_MALFORMED',
    ],
    ['no issuer', { ...good, issuer: undefined }, 'CREDENTIAL_MALFORMED'],
    ['an issuer without a DID or address', { ...good, issuer: 'Greta' }, 'CREDENTIAL_MALFORMED'],
    ['a term without a meaning', { ...good, mention: 'Bien' }, 'TERMS_UNDEFINED'],
  ])('refuses %s', async (_, document, code) => {
    expect(await codeOf(document)).toBe(code)
  })

  test.each([
    ['an address', 'https://greta.example/context'],
    ['a prefix of what is read', { cred: 'https://www.w3.org/2018/credentials#' }],
    [
      'another name for a term that is read',
      { state: 'https://www.w3.org/2018/credentials#credentialStatus' },
    ],
    ['another name for a keyword', { more: '@included' }],
    ['a vocabulary', { '@vocab': 'https://greta.example/' }],
    ['a context within', { a: { '@id': 'https://greta.example/a', '@context': {} } }],
    ['a prefix that is a scheme', { urn: 'https://greta.example/' }],
  ])('leaves open what %s in its contexts makes of it', async (_, context) => {
    const document = { ...good, '@context': [...[good['@context']].flat(), context] }
    expect(await codeOf(document)).toMatch(/^(?:CONTEXT_UNAVAILABLE|TERMS_UNDEFINED)$/)
  })

  test('may name terms of its own', async () => {
    const contexts = [
      ...[credential['@context']].flat(),
      { mention: 'https://greta.example/#mention' },
    ]
    const own = { ...credential, '@context': contexts, credentialSubject: { mention: 'Bien' } }
    expect(await codeOf(await signLdpVc(own, issuer.signer))).toBe('nothing thrown')
  })
})

describe('a document that was rewritten under its proof', () => {
  const hidden = { ...good, credentialStatus: undefined }
  const full = 'https://www.w3.org/2018/credentials#credentialStatus'
  test.each([
    ['under its full address', { ...hidden, [full]: status }],
    ['in a node beside it', { ...hidden, '@included': [{ id, credentialStatus: status }] }],
    ['in a graph', { ...hidden, '@graph': [{ id, credentialStatus: status }] }],
    [
      'in a second node of its name',
      {
        ...hidden,
        evidence: { id, type: ['Evidence', 'VerifiableCredential'], credentialStatus: status },
      },
    ],
    ['behind a node without a name', { ...good, credentialSubject: { a: { id: '_:b0', a: 1 } } }],
    [
      'by the address of a type',
      {
        ...good,
        type: ['VerifiableCredential', 'https://www.w3.org/2018/credentials#VerifiableCredential'],
      },
    ],
  ])('hides no status %s', async (_, document) => {
    expect(await codeOf(document)).toBe('CREDENTIAL_MALFORMED')
  })

  test('hides no end of its proof', async () => {
    const proof = { ...good.proof, 'https://w3id.org/security#expiration': '2026-03-01T00:00:00Z' }
    expect(await codeOf({ ...good, proof })).toBe('PROOF_MALFORMED')
  })
})

describe('a graph that is slow to put in order', () => {
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i))
  const twins = (levels: number): object =>
    levels === 0 ? { a: 1 } : { a: many(6, () => twins(levels - 1)) }
  const ladder = (levels: number): object => (levels === 0 ? { a: 1 } : { a: ladder(levels - 1) })

  const within = (levels: number): object =>
    levels === 0 ? { a: 1 } : { '@context': [examples, examples], a: within(levels - 1) }

  test.each<[string, unknown]>([
    ['trees of twins', [twins(3), twins(3)]],
    ['a ladder of nodes', ladder(55)],
    ['500 twins', many(500, () => ({ a: 1 }))],
    ['a list of 501', many(501, (i) => i)],
    ['3,000 members', Object.fromEntries(many(3_000, (i) => [`a${i}`, i]))],
    ['contexts within contexts', within(20)],
  ])('is refused in time: %s', async (_, a) => {
    const document = { ...good, ...withExamples, credentialSubject: { a }, proof: good.proof }
    const begun = process.cpuUsage()
    expect(await codeOf(document)).toBe('TOO_LARGE')
    const { user, system } = process.cpuUsage(begun)
    expect(user + system).toBeLessThan(1_000_000)
  })

  test('thirty entries that look alike are read', async () => {
    const alike = Array.from({ length: 30 }, () => ({ type: 'Evidence', name: 'Séance' }))
    const text = await signLdpVc({ ...withExamples, evidence: alike }, issuer.signer)
    expect(await codeOf(text)).toBe('nothing thrown')
  })
})

test('a party without Ed25519 cannot sign', async () => {
  const { did, signer } = newParty()
  await expect(signLdpVc(plainCredential(did), signer)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
})

import { envelope, signPresentation } from '#sdk'
import type { Attacks } from '../case.ts'
import { challenge, domain, now } from '../stand.ts'

/** Presentations that are none, too much, or somebody else's. */
export async function presentationCases(attacks: Attacks) {
  const { presentation, byAttacker, byIssuer, stand, issuerDocument, lists } = attacks
  const { holder, attacker, tokens } = stand
  const mayAsk = [issuerDocument, ...lists]
  const header = { alg: 'ES256', kid: attacker.kid, typ: 'vp+jwt' }
  const claims = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: attacker.did,
    verifiableCredential: [envelope(tokens.vcJwt, 'vc+jwt')],
    nonce: challenge,
    aud: domain,
    iat: now,
    exp: now + 300,
  }
  const signed = (change: object) => byAttacker(header, { ...claims, ...change })
  const malformed = async (name: string, change: object) =>
    presentation(name, 'PRESENTATION_MALFORMED', await signed(change))
  const judged = async (name: string, code: string, change: object) =>
    presentation(name, code, await signed(change), { mayAsk })
  const holding = (verifiableCredential: unknown) => ({ verifiableCredential })
  const enveloped = (id: unknown) => holding([{ ...envelope('a', 'vc+jwt'), id }])
  const stolen = await signPresentation(
    'vp+jwt',
    {
      holder: attacker.did,
      credentials: [tokens.vcJwt],
      challenge,
      domain,
      signedAt: now,
      expiresAt: now + 300,
    },
    attacker.signer,
  )

  const cases = [
    presentation('a credential as presentation', 'FORMAT_UNKNOWN', tokens.vcJwt),
    presentation(
      'alg none',
      'ALGORITHM_NOT_ALLOWED',
      await byAttacker({ ...header, alg: 'none' }, claims),
    ),
    presentation(
      'a key in the header',
      'HEADER_REFUSED',
      await byAttacker({ ...header, jwk: attacker.publicJwk }, claims),
    ),
    presentation('the signature of another', 'SIGNATURE_INVALID', await byIssuer(header, claims), {
      mayAsk,
    }),
    presentation('a credential of another holder', 'HOLDER_MISMATCH', stolen, { mayAsk }),
  ]
  return [
    ...cases,
    ...(await Promise.all([
      malformed('101 credentials', holding(Array(101).fill(envelope('a', 'vc+jwt')))),
      malformed('4,500 credentials that are none', holding(Array(4_500).fill(1))),
      malformed('a credential as text', holding(['a.b.c'])),
      malformed('an envelope without a token', enveloped('data:application/vc+jwt,')),
      malformed('an envelope of base64', enveloped('data:application/vc+jwt;base64,YS5iLmM=')),
      malformed('an envelope at an address', enveloped('https://evil.example/credential')),
      malformed('an envelope of another type', enveloped('data:text/html,<script>')),
      malformed('an envelope of 700 kB of commas', enveloped(`data:${','.repeat(700_000)}`)),
      malformed('a nonce that is an object', { nonce: { $ne: null } }),
      malformed('an audience of objects', { aud: [{}] }),
      malformed('a holder that is no DID', { holder: 'https://evil.example' }),
      malformed('another iss', { iss: holder.did }),
      malformed('the holder of another', { holder: holder.did }),
      malformed('exp in milliseconds', { exp: now * 1000 }),
      malformed('a vp claim beside it', { vp: claims }),
      judged('a challenge of another', 'CHALLENGE_MISMATCH', { nonce: 'challenge-2' }),
      judged('a challenge in a list', 'PRESENTATION_MALFORMED', { nonce: [challenge] }),
      judged('no challenge', 'CHALLENGE_MISMATCH', { nonce: undefined }),
      judged('made for another', 'DOMAIN_MISMATCH', { aud: 'did:web:evil.example' }),
      judged('made for 4,500 others', 'DOMAIN_MISMATCH', {
        aud: Array(4_500).fill('did:web:evil.example'),
      }),
      judged('expired', 'EXPIRED', { exp: now - 60 }),
      judged(
        'a presentation in a presentation',
        'PROOF_MISSING',
        holding([envelope(tokens.vpJwt, 'vp+jwt')]),
      ),
      judged(
        '100 tokens that are none',
        'MALFORMED',
        holding(Array(100).fill(envelope('a.b.c', 'vc+jwt'))),
      ),
      judged(
        'an embedded credential with a proof that is none',
        'PROOF_UNSUPPORTED',
        holding([{ ...stand.document, proof: {} }]),
      ),
    ])),
  ]
}

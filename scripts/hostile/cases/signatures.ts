import { createPrivateKey, sign } from 'node:crypto'
import { signVcJwt } from '#sdk'
import type { Attacks } from '../case.ts'
import { base64url, resegment } from '../forge.ts'

/** The order of P-256. */
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'

/** Signatures that are none, or somebody else's, or over something else. */
export async function signatureCases(attacks: Attacks) {
  const { credential, byAttacker, byIssuer, header, claims, stand, issuerDocument } = attacks
  const { tokens, issuer, evil, document } = stand
  const { vcJwt } = tokens
  const mayAsk = [issuerDocument]
  const raw = Buffer.from(vcJwt.split('.')[2] ?? '', 'base64url')
  const [r, s] = [raw.subarray(0, 32), raw.subarray(32)]
  const zeros = Buffer.alloc(32)
  const one = Buffer.concat([Buffer.alloc(31), Buffer.of(1)])
  const n = Buffer.from(order, 'hex')
  const invalid = (name: string, text: string) =>
    credential(name, 'SIGNATURE_INVALID', text, { mayAsk })
  const withSignature = (name: string, ...bytes: readonly Uint8Array[]) =>
    invalid(
      name,
      resegment(vcJwt, ([h, p]) => [h, p, base64url(Buffer.concat(bytes))]),
    )
  const key = createPrivateKey({ key: issuer.privateJwk, format: 'jwk' })
  const [head = '', payload = ''] = vcJwt.split('.')
  const der = sign('sha256', Buffer.from(`${head}.${payload}`), key)
  const other = await signVcJwt({ ...document, id: 'urn:uuid:other' }, issuer.signer)
  const foreign = await signVcJwt({ ...document, issuer: evil.did }, evil.signer)

  return [
    withSignature('a signature of zeros', Buffer.alloc(64)),
    withSignature('a signature of ones', Buffer.alloc(64, 255)),
    withSignature('r = 0', zeros, s),
    withSignature('s = 0', r, zeros),
    withSignature('r = 1, s = 1', one, one),
    withSignature('r = n', n, s),
    withSignature('s = n', r, n),
    withSignature('r and s in the wrong order', s, r),
    withSignature('DER', der),
    withSignature('DER in 64 bytes', der.subarray(0, 64)),
    withSignature('half a signature', r),
    withSignature('a byte too few', raw.subarray(0, 63)),
    withSignature('a byte too many', raw, Buffer.of(0)),
    withSignature('two signatures', raw, raw),
    withSignature('both numbers with a zero before them', Buffer.of(0), r, Buffer.of(0), s),
    invalid(
      'the signature of another credential',
      `${head}.${payload}.${other.split('.')[2] ?? ''}`,
    ),
    invalid(
      'the payload of another credential',
      `${head}.${other.split('.')[1] ?? ''}.${base64url(raw)}`,
    ),
    invalid('the signature of another', await byAttacker()),
    credential(
      'another header over the same signature',
      'SIGNATURE_INVALID',
      vcJwt.replace(head, base64url({ ...header, x: 1 })),
      { mayAsk },
    ),
    // Well signed, but by somebody whom the chain does not know: no key of the issuer's helps.
    credential('an issuer that nobody accredited', 'ISSUER_UNKNOWN', foreign, {
      mayAsk: ['https://evil.example/.well-known/did.json'],
    }),
    credential(
      'the issuer of another in the claims',
      'ISSUER_MISMATCH',
      await byIssuer(header, { ...claims, issuer: evil.did }),
    ),
    credential(
      'another iss',
      'ISSUER_MISMATCH',
      await byIssuer(header, { ...claims, iss: evil.did }),
    ),
    credential(
      'an iss that is a list',
      'ISSUER_MISMATCH',
      await byIssuer(header, { ...claims, iss: [issuer.did] }),
    ),
    credential(
      'another sub',
      'CREDENTIAL_MALFORMED',
      await byIssuer(header, { ...claims, sub: evil.did }),
    ),
    credential(
      'another jti',
      'CREDENTIAL_MALFORMED',
      await byIssuer(header, { ...claims, jti: 'urn:x:1' }),
    ),
    credential(
      'a vc claim beside the credential',
      'CREDENTIAL_MALFORMED',
      await byIssuer(header, { ...claims, vc: claims }),
    ),
    credential('a presentation as credential', 'FORMAT_UNKNOWN', tokens.vpJwt),
    credential('a presentation of 1.1 as credential', 'FORMAT_UNKNOWN', tokens.jwtVpJson),
  ]
}

import {
  disclose,
  isJsonObject,
  readDisclosures,
  readJsonBytes,
  splitSdJwt,
  type JsonObject,
} from '../../index.ts'
import { partyOf, refused, type Kind } from './content.ts'
import { mediaTypes } from './issue-secured.ts'
import { isSignedBy, type VerificationMethod } from './method-key.ts'

/** Headers that would change what is signed. */
const forbidden = ['crit', 'b64']

/**
 * Verifies a secured credential or presentation (VC-JOSE-COSE section 5) against one verification
 * method: media types, signature, shape, issuer, times. Throws a `RegistryError` for what is not good.
 *
 * @param now - Unix seconds.
 * @returns `false` if nothing can be said: the method has no key, or the token no type.
 */
export function verifySecured(
  kind: Kind,
  text: string,
  method: VerificationMethod,
  { isSdJwt, now }: { isSdJwt: boolean; now: number },
): boolean {
  const { jwt, disclosures, keyBinding } = isSdJwt ? splitSdJwt(text) : plain(text)
  if (keyBinding !== undefined) throw refused(kind, 'a key binding, for which there is no key')
  const [header64 = '', payload64 = '', signature64 = '', ...more] = jwt.split('.')
  if (more.length > 0 || signature64 === '') throw refused(kind, 'expected three segments')
  const header = objectOf(kind, header64)
  const media = mediaTypes[kind]
  requireMediaType(kind, header, isSdJwt ? media.sdjwt : media.jose, media.inside)
  const input = Buffer.from(`${header64}.${payload64}`)
  const isGood = isSignedBy(method, header['alg'], input, bytesOf(kind, signature64))
  if (isGood === false) throw refused(kind, 'the signature is not that of the key')
  const payload = objectOf(kind, payload64)
  const read = readDisclosures(disclosures, payload['_sd_alg'])
  const { claims } = isSdJwt ? disclose(payload, read) : { claims: payload }
  requireClaims(kind, claims, method, now)
  return isGood === true && header['typ'] !== undefined
}

function plain(jwt: string) {
  return { jwt, disclosures: [], keyBinding: undefined }
}

function requireMediaType(kind: Kind, header: JsonObject, typ: string, cty: string): void {
  const typeOf = (value: unknown) =>
    typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : value
  const [type = typ, content = cty] = [typeOf(header['typ']), typeOf(header['cty'])]
  if (type !== typ || content !== cty) throw refused(kind, `expected ${typ} of ${cty}`)
  const odd = forbidden.find((name) => name in header)
  if (odd !== undefined) throw refused(kind, `header ${odd}`)
}

function requireClaims(
  kind: Kind,
  claims: JsonObject,
  { controller }: VerificationMethod,
  now: number,
): void {
  if ('vc' in claims || 'vp' in claims)
    throw refused(kind, 'the claims vc and vp must not be there')
  const party = partyOf(kind, claims)
  const { iss = party, exp, nbf, validFrom, validUntil } = claims
  if (iss !== party) throw refused(kind, 'iss is another')
  if (controller !== undefined && party !== undefined && party !== controller) {
    throw refused(kind, 'the key is that of another')
  }
  const [until, from] = [exp, nbf].map((time) =>
    time === undefined ? undefined : seconds(kind, time),
  )
  const isOver = [until, dateOf(validUntil)].some((time) => time !== undefined && now >= time)
  const isEarly = [from, dateOf(validFrom)].some((time) => time !== undefined && now < time)
  // `iat` says nothing about validity, and the suite's own fixtures write a date there.
  if (isOver) throw refused(kind, 'it has expired')
  if (isEarly) throw refused(kind, 'it is not valid yet')
}

function seconds(kind: Kind, time: unknown): number {
  if (typeof time === 'number') return time
  throw refused(kind, 'exp, nbf: expected numbers')
}

function dateOf(date: unknown): number | undefined {
  return typeof date === 'string' ? Date.parse(date) / 1000 : undefined
}

function objectOf(kind: Kind, segment: string): JsonObject {
  const { value, problem } = readJsonBytes(bytesOf(kind, segment))
  if (isJsonObject(value)) return value
  throw refused(kind, problem ?? 'expected a JSON object')
}

function bytesOf(kind: Kind, segment: string): Uint8Array {
  const bytes = Buffer.from(segment, 'base64url')
  if (bytes.toString('base64url') !== segment) throw refused(kind, 'expected base64url')
  return bytes
}

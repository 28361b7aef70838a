import { isJsonObject, readJson, signSdJwt, type ClaimPath, type JsonObject } from '../../index.ts'
import { partyOf, refused, requireMeaning, type Kind } from './content.ts'
import type { signerOf } from './method-key.ts'

type MethodSigner = NonNullable<ReturnType<typeof signerOf>>

/** Media types of VC-JOSE-COSE sections 6.1 and 6.2, and what is inside. */
export const mediaTypes = {
  credential: { jose: 'vc+jwt', sdjwt: 'vc+sd-jwt', inside: 'vc' },
  presentation: { jose: 'vp+jwt', sdjwt: 'vp+sd-jwt', inside: 'vp' },
} as const

/** Members that say what it is and whether it is valid: not for holders to hide. */
const open = new Set<unknown>(
  ['@context', 'credentialStatus', 'credentialSchema', 'relatedResource'].concat('type', 'iss'),
)

/**
 * Secures a credential or presentation (VC-JOSE-COSE section 3). Throws a `RegistryError` for what is
 * none, has members without a meaning, or does not have what is to be disclosable.
 *
 * @param disclosable - Paths as the suite writes them, for an SD-JWT; `undefined` for a JWT.
 */
export async function issueSecured(
  kind: Kind,
  text: string,
  signer: MethodSigner,
  disclosable: readonly string[] | undefined,
): Promise<string> {
  const { value: content } = readJson(text)
  if (!isJsonObject(content)) throw refused(kind, 'expected a JSON object')
  const party = partyOf(kind, content)
  await requireMeaning(kind, content)
  const payload: JsonObject = { ...content, ...(party !== undefined && { iss: party }) }
  const { jose, sdjwt, inside } = mediaTypes[kind]
  if (disclosable === undefined) return signSdJwtless({ typ: jose, cty: inside }, payload, signer)
  const places = disclosable.map((path) => placeOf(path, payload))
  return signSdJwt({ typ: sdjwt, cty: inside }, payload, places, signer)
}

/** A JWT is an SD-JWT without its tilde. */
async function signSdJwtless(
  type: { typ: string; cty: string },
  payload: JsonObject,
  signer: MethodSigner,
): Promise<string> {
  const header = { alg: signer.algorithm, kid: signer.kid, ...type }
  const input = [header, payload].map((part) => base64url(JSON.stringify(part))).join('.')
  return `${input}.${base64url(await signer.sign(Buffer.from(input)))}`
}

function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url')
}

/** `credentialSubject.phoneNumbers[0]` as a place in `payload`, which must be there. */
function placeOf(path: string, payload: JsonObject): readonly (string | number)[] {
  const steps: ClaimPath = [...path.matchAll(/[^.[\]]+/g)].map(([step]) =>
    /^\d+$/.test(step) ? Number(step) : step,
  )
  const found = steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step ?? '') : undefined),
    payload,
  )
  if (found === undefined) throw refused('sd', `${path}: there is no such member`)
  if (open.has(steps[0])) throw refused('sd', `${path}: must not be selectively disclosable`)
  return steps.map((step) => step ?? '')
}

/**
 * Presentations in every format: signing, and reading without verifying.
 *
 * @module
 */
import type { DecodedPresentation } from './presentation/decoded.ts'
import { decodeJwtPresentation } from './presentation/jwt.ts'
import { decodeSdJwtPresentation } from './presentation/sd-jwt.ts'

export type { DecodedPresentation, PresentationFormat } from './presentation/decoded.ts'
export { credentialsPresented, signPresentation } from './presentation/jwt.ts'
export type { JwtPresentationFormat, PresentationRequest } from './presentation/jwt.ts'

/**
 * Reads a presentation, as strictly as `decodeCredential` reads credentials.
 *
 * @param text - `vp+jwt`, `jwt_vp_json`, or an SD-JWT with key binding.
 * @throws {@link RegistryError} `TOKEN_INVALID`; `facts.code` is one of the codes in `refusal.ts`.
 */
export function decodePresentation(text: string): DecodedPresentation {
  return text.includes('~') ? decodeSdJwtPresentation(text) : decodeJwtPresentation(text)
}

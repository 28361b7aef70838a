/**
 * Reading credentials and presentations in any format. Tokens are read at once; what is JSON-LD needs its
 * canonical form, which is loaded and computed when the first one comes.
 *
 * @module
 */
import { decodeCredential } from './decode.ts'
import type { DecodedCredential } from './decoded.ts'
import { decodePresentation, type DecodedPresentation } from './presentation.ts'

/**
 * Reads a credential in any format that Livret knows. Verifies nothing, fetches nothing.
 *
 * @param text - A token, or the JSON of an `ldp_vc`: what begins with `{`.
 * @returns At once for a token; a promise for an `ldp_vc`.
 * @throws {@link RegistryError} `TOKEN_INVALID` (the promise rejects with it); `facts.code` is one of the
 *   codes in `refusal.ts`.
 *
 * @example
 * ```ts
 * const { format, issuer, credential } = await readCredential(text)
 * ```
 */
export function readCredential(text: string): DecodedCredential | Promise<DecodedCredential> {
  if (!isJson(text)) return decodeCredential(text)
  return import('./ldp-vc.ts').then(({ decodeLdpVc }) => decodeLdpVc(text))
}

/** Reads a presentation, as {@link readCredential} reads credentials. */
export function readPresentation(text: string): DecodedPresentation | Promise<DecodedPresentation> {
  if (!isJson(text)) return decodePresentation(text)
  return import('./presentation/ldp.ts').then(({ decodeLdpPresentation }) =>
    decodeLdpPresentation(text),
  )
}

function isJson(text: string): boolean {
  return text.startsWith('{') || /^\s*\{/.test(text)
}

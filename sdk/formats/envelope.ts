/**
 * Envelopes of VCDM 2.0 (sections 4.13.1 and 4.13.2): a token inside a JSON object, as a `data:` URL
 * whose media type says how it is secured.
 *
 * @module
 */
import { credentialsV2 } from '../model/credential.ts'

/** Media types that Livret puts into envelopes, and takes out of them. */
export const envelopedMediaTypes = ['vc+jwt', 'vp+jwt', 'jwt', 'vc+sd-jwt', 'dc+sd-jwt'] as const
/** A media type without `application/`. */
export type EnvelopedMediaType = (typeof envelopedMediaTypes)[number]

/** An enveloped credential or presentation. */
export interface Envelope {
  '@context': typeof credentialsV2
  id: string
  type: 'EnvelopedVerifiableCredential' | 'EnvelopedVerifiablePresentation'
}

/**
 * Puts a token into an envelope.
 *
 * @param text - The token in compact form: no character of it needs escaping in a `data:` URL.
 */
export function envelope(text: string, mediaType: EnvelopedMediaType): Envelope {
  const type =
    mediaType === 'vp+jwt' ? 'EnvelopedVerifiablePresentation' : 'EnvelopedVerifiableCredential'
  return { '@context': credentialsV2, id: `data:application/${mediaType},${text}`, type }
}

/**
 * The token in an envelope's `id`.
 *
 * @returns `undefined` for another media type, parameters, base64 or characters that no token has.
 */
export function openEnvelope(id: string): string | undefined {
  const [head, text, ...more] = id.split(',', 3)
  const mediaType = /^data:application\/([a-z+-]+)$/.exec(head ?? '')?.[1]
  const isKnown = envelopedMediaTypes.some((known) => known === mediaType)
  if (!isKnown || text === undefined || more.length > 0) return undefined
  return /^[\w.~-]+$/.test(text) ? text : undefined
}

import {
  envelope,
  isJsonObject,
  readJson,
  type Envelope,
  type EnvelopedMediaType,
  type Format,
  type JsonObject,
} from '#sdk'
import type { StoredCredential } from '../context.ts'

/** What VCALM hands out: a document with its proof in it, or a token in an envelope, its context in a list. */
export type SecuredCredential =
  JsonObject | (Omit<Envelope, '@context'> & { '@context': readonly string[] })

const mediaTypes: ReadonlyMap<Format, EnvelopedMediaType> = new Map([
  ['jwt_vc_json', 'jwt'],
  ['dc+sd-jwt', 'dc+sd-jwt'],
])

/** A stored credential as VCALM hands it out. */
export function securedCredential({
  format,
  text,
}: Pick<StoredCredential, 'format' | 'text'>): SecuredCredential {
  const { value } = format === 'ldp_vc' ? readJson(text) : {}
  if (isJsonObject(value)) return value
  const enveloped = envelope(text, mediaTypes.get(format) ?? 'vc+jwt')
  return { ...enveloped, '@context': [enveloped['@context']] }
}

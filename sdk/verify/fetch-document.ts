import type { FetchDocument } from '../did/url-key.ts'
import { isJsonObject, readJson } from '../lib/json.ts'
import { createTextFetcher, type TextFetcherOptions } from './fetch-text.ts'

/** A revocation list of some thousand credentials. */
const jsonDocument = {
  name: 'document',
  accept: 'application/json, application/did+json, application/jwk-set+json',
  maxLength: 1_000_000,
} as const

/**
 * Makes the `fetchDocument` of a verifier, with the limits of `createStatusListFetcher`: the keys of
 * issuers that are https addresses, and the revocation lists of 1EdTech.
 *
 * @returns A function that rejects with `INPUT_INVALID` for an address that is not asked, and with what
 *   `fetch` throws, or an `Error`, if there is no JSON object.
 *
 * @example
 * ```ts
 * createVerifier({ policy, fetchDocument: createDocumentFetcher() })
 * ```
 */
export function createDocumentFetcher(options: TextFetcherOptions = {}): FetchDocument {
  const fetchText = createTextFetcher(jsonDocument, options)
  return async (url) => {
    const { value, problem } = readJson(await fetchText(url))
    if (problem !== undefined) throw new Error(`the answer is ${problem}`)
    if (!isJsonObject(value)) throw new Error('the answer is no JSON object')
    return value
  }
}

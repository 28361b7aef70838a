import { createTextFetcher, type TextFetcherOptions } from './fetch-text.ts'

/** 16 kB of bits, hardly compressed, take 30,000 characters. */
const statusList = {
  name: 'status list',
  accept: 'application/vc+jwt, application/statuslist+jwt',
  maxLength: 1_000_000,
} as const

/**
 * Makes the `fetchStatusList` of a verifier: https only, no address literals, local names or redirects,
 * at most 1 MB in 5 seconds. Which credential is verified, the host does not learn, only which list.
 *
 * @returns A function that rejects with `INPUT_INVALID` for an address that is not asked, and with what
 *   `fetch` throws, or an `Error`, if there is no list.
 *
 * @example
 * ```ts
 * createVerifier({ policy, fetchStatusList: createStatusListFetcher() })
 * ```
 */
export function createStatusListFetcher(
  options: TextFetcherOptions = {},
): (url: string) => Promise<string> {
  return createTextFetcher(statusList, options)
}

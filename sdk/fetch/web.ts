/**
 * `#fetch` in browsers and workers, which keep pages out of the visitor's network by themselves.
 *
 * @module
 */
import type { Get, PublicGetOptions } from './api.ts'

export type { Answer, AnswerBody, Get, GetOptions, PublicGetOptions } from './api.ts'

/** Makes the platform's `fetch` a {@link Get}. The options are for servers: the browser has its own rules. */
export function createPublicGet(options: PublicGetOptions): Get
export function createPublicGet(): Get {
  return (url, options) => fetch(url, options)
}

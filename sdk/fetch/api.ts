/**
 * Fetching from addresses that strangers chose: what both `#fetch` entries offer, `node.ts` and
 * `web.ts`.
 *
 * @module
 */

/** How something is asked for: without cookies, and without following redirects by itself. */
export interface GetOptions {
  headers: Readonly<Record<string, string>>
  /** `manual`: a redirect is an answer like others; `error`: it is none. */
  redirect: 'manual' | 'error'
  credentials: 'omit'
  /** Ends connecting, waiting and reading. */
  signal: AbortSignal
}

/** What is read of a `Response`. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AnswerBody | null
}

/** What is read of a `ReadableStream`. */
export interface AnswerBody {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    cancel(): Promise<void>
  }
  cancel(): Promise<void>
}

/** Asks for what is at an address. `fetch` is one. */
export type Get = (url: URL, options: GetOptions) => Promise<Answer>

/** Whom {@link Get} may ask beyond public addresses. */
export interface PublicGetOptions {
  /** Whether this machine may be asked. For development only. */
  allowLoopback: boolean
}

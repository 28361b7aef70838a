/**
 * Fetching text from addresses that stand in what strangers signed: https only, no address literals,
 * local names or redirects, capped in size and time, and remembered for a while.
 *
 * @module
 */
import { createPublicGet, type Get } from '#fetch'
import { didWebUrl } from '../did/did-web.ts'
import { RegistryError } from '../errors.ts'

/** How it is fetched; everything has a safe default. */
export interface TextFetcherOptions {
  /** Default: as the platform does, but on servers from public addresses only. */
  fetch?: typeof fetch
  /** Whether this machine is asked, over plain HTTP. Default: no. For development only. */
  allowLoopbackHttp?: boolean
  /** For how long an answer is remembered, in seconds. Default: 60. */
  cacheSeconds?: number
  /** The time in milliseconds. Default: the system's. */
  now?: () => number
}

/** What is asked for. */
export interface TextKind {
  /** For people, in errors: `status list`. */
  readonly name: string
  /** The header `accept`. */
  readonly accept: string
  /** Most characters. */
  readonly maxLength: number
}

/** Longest wait, in milliseconds. */
const PATIENCE = 5_000
/** Most answers that are remembered. */
const CAPACITY = 100

/**
 * Makes a function that fetches texts.
 *
 * @returns A function that rejects with `INPUT_INVALID` for an address that is not asked, and with what
 *   `fetch` throws, or an `Error`, if there is no such text.
 */
export function createTextFetcher(
  kind: TextKind,
  options: TextFetcherOptions = {},
): (url: string) => Promise<string> {
  const { allowLoopbackHttp = false, cacheSeconds = 60, now = Date.now } = options
  const get = options.fetch ?? createPublicGet({ allowLoopback: allowLoopbackHttp })
  const kept = new Map<string, { text: Promise<string>; until: number }>()

  return (url) => {
    const known = kept.get(url)
    if (known !== undefined && now() < known.until) return known.text
    if (!mayBeAsked(url, allowLoopbackHttp)) return Promise.reject(refused(kind, url))
    if (kept.size >= CAPACITY) kept.clear()
    const entry = { text: fetchText(kind, url, get), until: now() + cacheSeconds * 1000 }
    kept.set(url, entry)
    entry.text.catch(() => {
      if (kept.get(url) === entry) kept.delete(url)
    })
    return entry.text
  }
}

/** The same hosts as for did:web. */
function mayBeAsked(address: string, allowLoopbackHttp: boolean): boolean {
  if (!URL.canParse(address)) return false
  const { host, origin, username, password } = new URL(address)
  const did = `did:web:${encodeURIComponent(host)}`
  return username + password === '' && didWebUrl(did, allowLoopbackHttp)?.origin === origin
}

async function fetchText({ accept, maxLength }: TextKind, url: string, get: Get): Promise<string> {
  const response = await get(new URL(url), {
    redirect: 'error',
    credentials: 'omit',
    headers: { accept },
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (!response.ok) throw new Error(`the host answers ${String(response.status)}`)
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let text = ''
  for (;;) {
    const chunk = (await reader?.read())?.value
    if (chunk === undefined) return text + decoder.decode()
    text += decoder.decode(chunk, { stream: true })
    if (text.length > maxLength) {
      await reader?.cancel()
      throw new Error(`the answer is larger than ${String(maxLength)} characters`)
    }
  }
}

function refused({ name }: TextKind, url: string): RegistryError<'INPUT_INVALID'> {
  const problems = [`${url.slice(0, 200)}: no public https address`]
  return new RegistryError('INPUT_INVALID', { input: name, problems })
}

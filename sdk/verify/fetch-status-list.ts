import { createPublicGet, type Get } from '#fetch'
import { didWebUrl } from '../did/did-web.ts'
import { RegistryError } from '../errors.ts'

/** How status lists are fetched; everything has a safe default. */
export interface StatusListFetcherOptions {
  /** Default: as the platform does, but on servers from public addresses only. */
  fetch?: typeof fetch
  /** Whether this machine is asked, over plain HTTP. Default: no. For development only. */
  allowLoopbackHttp?: boolean
  /** For how long a list is remembered, in seconds. Default: 60. */
  cacheSeconds?: number
  /** The time in milliseconds. Default: the system's. */
  now?: () => number
}

/** Most characters of a list credential: 16 kB of bits, hardly compressed, take 30,000. */
const MAX_LENGTH = 1_000_000
/** Longest wait, in milliseconds. */
const PATIENCE = 5_000
/** Most lists that are remembered. */
const CAPACITY = 100

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
  options: StatusListFetcherOptions = {},
): (url: string) => Promise<string> {
  const { allowLoopbackHttp = false, cacheSeconds = 60, now = Date.now } = options
  const get = options.fetch ?? createPublicGet({ allowLoopback: allowLoopbackHttp })
  const kept = new Map<string, { text: Promise<string>; until: number }>()

  return (url) => {
    const known = kept.get(url)
    if (known !== undefined && now() < known.until) return known.text
    if (!mayBeAsked(url, allowLoopbackHttp)) return Promise.reject(refused(url))
    if (kept.size >= CAPACITY) kept.clear()
    const entry = { text: fetchText(url, get), until: now() + cacheSeconds * 1000 }
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

async function fetchText(url: string, get: Get): Promise<string> {
  const response = await get(new URL(url), {
    redirect: 'error',
    credentials: 'omit',
    headers: { accept: 'application/vc+jwt' },
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
    if (text.length > MAX_LENGTH) {
      await reader?.cancel()
      throw new Error('the list is larger than 1 MB')
    }
  }
}

function refused(url: string): RegistryError<'INPUT_INVALID'> {
  const problems = [`${url.slice(0, 200)}: no public https address`]
  return new RegistryError('INPUT_INVALID', { input: 'status list', problems })
}

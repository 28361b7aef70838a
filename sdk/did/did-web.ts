/**
 * did:web (method of 2023): a document at an address that follows from the DID. Anybody may write a
 * DID into a credential, so this is a place where strangers choose what a server fetches.
 *
 * @module
 */
import type { Answer, Get } from '#fetch'
import { RegistryError } from '../errors.ts'
import { isJsonObject, readJsonBytes, type JsonObject } from '../lib/json.ts'

/** How documents are fetched. */
export interface DidWebOptions {
  fetch: Get
  /** Whether `localhost`, `127.0.0.1` and `[::1]` are asked, over plain HTTP. For development only. */
  allowLoopbackHttp: boolean
}

/** Most bytes of a document. */
const maxBytes = 65_536
/** Longest wait for a document, in milliseconds. */
const patience = 5_000
const maxRedirects = 3

/**
 * Fetches the document of a did:web: https only, no address literals or local names, no redirect to
 * another host, at most 64 kB in 5 seconds.
 *
 * @throws {@link RegistryError} `DID_INVALID` if the DID has no address or the document is not its own;
 *   `DID_UNREACHABLE` if the host does not serve it now.
 */
export async function fetchDidWeb(did: string, options: DidWebOptions): Promise<JsonObject> {
  const url = didWebUrl(did, options.allowLoopbackHttp)
  if (url === undefined) throw invalid(did, 'it names no public https address')
  const document = await fetchDocument(did, url, options.fetch)
  if (document['id'] !== did)
    throw invalid(did, 'the document at its address is that of another DID')
  return document
}

/**
 * The address of the document: `did:web:host%3Aport:a:b` → `https://host:port/a/b/did.json`, without
 * a path `/.well-known/did.json`.
 *
 * @returns `undefined` if there is none, or none that may be asked.
 */
export function didWebUrl(did: string, allowLoopbackHttp = false): URL | undefined {
  if (!did.startsWith('did:web:')) return undefined
  const [host = '', ...path] = did.slice('did:web:'.length).split(':').map(decodeOnce)
  if (!/^[a-z0-9.-]{1,253}(?::\d{1,5})?$/i.test(host)) return undefined
  if (!path.every((part) => /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part))) return undefined
  const isLoopback = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host)
  if (isLoopback ? !allowLoopbackHttp : !isPublicName(host)) return undefined
  const file = path.length === 0 ? '.well-known/did.json' : `${path.join('/')}/did.json`
  const url = `${isLoopback ? 'http' : 'https'}://${host}/${file}`
  return URL.canParse(url) ? new URL(url) : undefined
}

function decodeOnce(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** A name that is registered in the public DNS: with a dot, no address, no suffix of local networks. */
function isPublicName(host: string): boolean {
  const [name = ''] = host.toLowerCase().split(':')
  const labels = name.split('.')
  const last = labels.at(-1) ?? ''
  return (
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(last) &&
    !['local', 'localhost', 'internal', 'intranet', 'lan', 'home', 'corp', 'onion'].includes(
      last,
    ) &&
    !name.endsWith('.home.arpa')
  )
}

async function fetchDocument(did: string, url: URL, get: Get): Promise<JsonObject> {
  try {
    const response = await followOnHost(did, url, get, AbortSignal.timeout(patience))
    const { value, problem } = readJsonBytes(await readCapped(did, response))
    if (problem !== undefined) throw invalid(did, `the document is ${problem}`)
    if (!isJsonObject(value)) throw invalid(did, 'the document is no JSON object')
    return value
  } catch (error) {
    if (error instanceof RegistryError) throw error
    throw unreachable(
      did,
      error instanceof Error ? error.message : 'the host does not answer',
      error,
    )
  }
}

async function followOnHost(
  did: string,
  start: URL,
  get: Get,
  signal: AbortSignal,
): Promise<Answer> {
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const headers = { accept: 'application/did+json, application/json' }
    const response = await get(url, { redirect: 'manual', credentials: 'omit', headers, signal })
    if (response.ok) return response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) {
      throw unreachable(did, `the host answers ${String(response.status)}`)
    }
    if (!URL.canParse(location, url)) throw unreachable(did, 'the host redirects to no address')
    const next = new URL(location, url)
    if (next.origin !== start.origin) throw unreachable(did, 'the host redirects to another')
    url = next
  }
  throw unreachable(did, 'the host redirects without end')
}

async function readCapped(did: string, response: Answer): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  const bytes = new Uint8Array(maxBytes)
  let length = 0
  for (;;) {
    const chunk = (await reader?.read())?.value
    if (chunk === undefined) return bytes.subarray(0, length)
    if (length + chunk.length > maxBytes) {
      await reader?.cancel()
      throw invalid(did, 'the document is larger than 64 kB')
    }
    bytes.set(chunk, length)
    length += chunk.length
  }
}

function invalid(did: string, reason: string): RegistryError<'DID_INVALID'> {
  return new RegistryError('DID_INVALID', { did, reason })
}

function unreachable(
  did: string,
  reason: string,
  cause?: unknown,
): RegistryError<'DID_UNREACHABLE'> {
  return new RegistryError('DID_UNREACHABLE', { did, reason }, { cause })
}

/**
 * `#fetch` under Node, where everything in the server's own network can be reached: only public
 * addresses are asked (OWASP, Server-Side Request Forgery Prevention).
 *
 * @module
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { Get, PublicGetOptions } from './api.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

export type { Answer, AnswerBody, Get, GetOptions, PublicGetOptions } from './api.ts'

/** Asks the resolver for every address of a host. */
export type Lookup = (
  host: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Most bytes of an answer, before it is unpacked. Readers have lower limits of their own. */
const maxBytes = 2_000_000
/** Longest wait for a connection, for headers, and between two pieces of a body, in milliseconds. */
const patience = 5_000

/**
 * Makes a {@link Get} that reaches public addresses only. The name is resolved once, and the connection
 * goes to an address that was looked at: a name that changes its address in between (DNS rebinding)
 * changes nothing.
 *
 * @param lookup - Default: the system's resolver.
 * @returns A function that rejects with an `Error` for any other address, and with what went wrong.
 */
export function createPublicGet(
  { allowLoopback }: PublicGetOptions,
  lookup: Lookup = systemLookup,
): Get {
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address))
  const connect = { lookup: checkedLookup(isAllowed, lookup), timeout: patience }
  // Loaded when something is fetched at all.
  const client = once(async () => {
    const { Agent, fetch } = await import('undici')
    const limits = { headersTimeout: patience, bodyTimeout: patience, maxResponseSize: maxBytes }
    return { fetch, dispatcher: new Agent({ connect, connections: 8, ...limits }) }
  })

  return async (url, options) => {
    // Numbers are not looked up, so that they are looked at here. URL has made one form of all.
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isAllowed(host)) throw notPublic(host)
    const { fetch, dispatcher } = await client()
    try {
      return await fetch(url, { ...options, dispatcher })
    } catch (error) {
      // "fetch failed" says nothing; what is beneath it does.
      throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error
    }
  }
}

/** A resolver for sockets that hands on the allowed addresses only. */
function checkedLookup(isAllowed: (address: string) => boolean, lookup: Lookup): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      // A host that does not exist has no public address either: nobody learns which it is.
      const isUnknown = error?.code === 'ENOTFOUND'
      const allowed = isUnknown ? [] : addresses.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (error !== null && !isUnknown) callback(error, [])
      else if (first === undefined) callback(notPublic(host), [])
      else if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function notPublic(host: string): Error {
  return new Error(`${host} has no public address`)
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

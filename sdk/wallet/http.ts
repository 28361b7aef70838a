/**
 * How a wallet talks to issuers and verifiers.
 *
 * @module
 */
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import { readJson } from '../lib/json.ts'

/** What a wallet needs of the world. */
export interface WalletWorld {
  /** Asks issuers and verifiers. */
  fetch: typeof fetch
  /** Seconds since 1970. */
  now(): number
  /** Whether issuers and verifiers may be on this machine, over plain HTTP. For development only. */
  allowLoopbackHttp?: boolean
}

/** An answer, whatever its status. */
export interface WalletAnswer {
  status: number
  text: string
  /** The body, if it is JSON. */
  json: unknown
}

const ProtocolError = z.looseObject({
  error: z.string(),
  error_description: z.optional(z.string()),
})

/** Longest wait for an answer, in milliseconds. */
const patience = 30_000

/**
 * Sends a request; redirects are not followed.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for an address that is not https; `PROTOCOL_REFUSED`
 *   with the other side's code if it refuses, or with `server_error` if it does not answer.
 */
export async function askOther(
  { fetch: ask, allowLoopbackHttp = false }: WalletWorld,
  url: string,
  init: RequestInit = {},
): Promise<WalletAnswer> {
  requireSafe(url, allowLoopbackHttp)
  const signal = AbortSignal.timeout(patience)
  const { status, text } = await ask(url, { ...init, signal, redirect: 'error' })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((cause: unknown) => {
      const facts = { error: 'server_error', reason: `no answer from ${new URL(url).host}` }
      throw new RegistryError('PROTOCOL_REFUSED', facts, { cause })
    })
  const json = readJson(text).value
  if (status >= 200 && status < 300) return { status, text, json }
  const refusal = ProtocolError.safeParse(json)
  const { error, error_description: reason = `it answers ${status}` } = refusal.success
    ? refusal.data
    : { error: 'server_error' }
  throw new RegistryError('PROTOCOL_REFUSED', { error, reason })
}

function requireSafe(url: string, allowLoopbackHttp: boolean): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback && allowLoopbackHttp)) return
  const problems = ['expected an https address']
  throw new RegistryError('INPUT_INVALID', { input: 'address', problems })
}

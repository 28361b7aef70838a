/**
 * JSON-RPC 2.0 over HTTP, as Ethereum nodes speak it. What is asked in one turn of the event loop goes
 * out in one HTTP request.
 *
 * @module
 */
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'

/** Asks a node one question; what comes back is not trusted to have any shape. */
export type RpcRequest = (method: string, params: readonly unknown[]) => Promise<unknown>

/** How a node is asked. */
export interface RpcOptions {
  /** The `fetch` to use; the platform's by default. */
  fetch?: typeof fetch
  /** How long the node may take for one HTTP request; 10,000 by default. */
  timeoutMilliseconds?: number
}

/** The node understood the question and refused to answer it: the `cause` of a `CHAIN_UNREACHABLE`. */
export class RpcRefusal extends Error {
  override readonly name = 'RpcRefusal'
}

interface Question {
  method: string
  params: readonly unknown[]
  resolve: (result: unknown) => void
  reject: (error: unknown) => void
}

/** Nodes refuse batches that are too long; this many they all take. */
const longestBatch = 100

const Answer = z.object({
  id: z.int(),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ code: z.number(), message: z.string() })),
})
type Answer = z.infer<typeof Answer>

/**
 * Connects to one node.
 *
 * @param url - Its endpoint. Only the origin is named in errors: the path often holds a secret.
 * @returns A function that rejects with {@link RegistryError} `CHAIN_UNREACHABLE` if the node does not answer
 *   in time, not with HTTP 2xx, not in JSON-RPC, or with an error ({@link RpcRefusal} as its cause).
 *
 * @example
 * ```ts
 * const request = createRpc('https://rpc.example.org')
 * const [chainId, block] = await Promise.all([
 *   request('eth_chainId', []),
 *   request('eth_getBlockByNumber', ['finalized', false]),
 * ]) // one HTTP request
 * ```
 */
export function createRpc(url: string, options: RpcOptions = {}): RpcRequest {
  let waiting: Question[] = []
  const flush = () => {
    const questions = waiting
    waiting = []
    for (let i = 0; i < questions.length; i += longestBatch) {
      void ask(url, questions.slice(i, i + longestBatch), options)
    }
  }
  return (method, params) =>
    new Promise((resolve, reject) => {
      // A timer, since a microtask would run before others that this turn still has.
      if (waiting.length === 0) setTimeout(flush, 0)
      waiting.push({ method, params, resolve, reject })
    })
}

/** Names an endpoint without the secrets that its path or user name may hold. */
export function publicName(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url
}

/** A failure to get an answer from `url`. */
export function unreachable(url: string, reason: string, cause?: unknown): RegistryError {
  return new RegistryError('CHAIN_UNREACHABLE', { url: publicName(url), reason }, { cause })
}

/**
 * What a node's answer means.
 *
 * @param read - Gives `undefined`, or throws, if the answer does not have the shape that it must have; then this
 *   throws {@link RegistryError} `CHAIN_UNREACHABLE`.
 */
export function wellFormed<Meaning>(
  url: string,
  method: string,
  read: () => Meaning | undefined,
): Meaning {
  const reason = `the answer to ${method} is malformed`
  let meaning: Meaning | undefined
  try {
    meaning = read()
  } catch (error) {
    throw unreachable(url, reason, error)
  }
  if (meaning === undefined) throw unreachable(url, reason)
  return meaning
}

/** Sends questions and settles each of them; never rejects. */
async function ask(
  url: string,
  questions: readonly Question[],
  options: RpcOptions,
): Promise<void> {
  const answers = await send(url, questions, options).catch((error: unknown) => {
    const reason = error instanceof Error ? reasonOf(error) : String(error)
    return unreachable(url, reason, error)
  })
  for (const [id, { resolve, reject }] of questions.entries()) {
    if (answers instanceof RegistryError) {
      reject(answers)
      continue
    }
    const answer = answers.get(id)
    if (answer === undefined) reject(unreachable(url, 'a question was left unanswered'))
    else if (answer.error !== undefined) reject(refusal(url, answer.error.message))
    else resolve(answer.result)
  }
}

async function send(
  url: string,
  questions: readonly Question[],
  { fetch: fetchIt = fetch, timeoutMilliseconds = 10_000 }: RpcOptions,
): Promise<ReadonlyMap<number, Answer>> {
  const batch = questions.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }))
  const response = await fetchIt(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(batch.length === 1 ? batch[0] : batch),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`HTTP ${response.status}`)
  }
  const body: unknown = await response.json()
  const answers = z.array(Answer).safeParse(Array.isArray(body) ? body : [body])
  if (!answers.success) throw new Error('the answer is not JSON-RPC')
  return new Map(answers.data.map((answer) => [answer.id, answer]))
}

function refusal(url: string, message: string): RegistryError {
  return unreachable(url, message, new RpcRefusal(message))
}

/** `fetch` says "fetch failed" and hides the reason in its cause. */
function reasonOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message || message
}

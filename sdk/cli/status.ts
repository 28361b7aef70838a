/**
 * `livret status`: shows how far a credential has come, or changes its status.
 *
 * @module
 */
import * as z from 'zod/mini'
import { decodeCredential, openEnvelope } from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { callServer, readAnswer, ServerError, serverUsage } from './server.ts'

export const usage = `Usage: livret status ID [--revoke | --suspend | --reinstate] [--json]

Shows the state of a credential of a Livret server: its anchoring, and whether it is revoked or
suspended. ID is the credential's own id, or its locator.

  --revoke     revokes it, for good
  --suspend    suspends it
  --reinstate  ends a suspension
  --json       the server’s answer, as JSON

${serverUsage}

Exit code: 0 done, 1 refused, 2 no answer, 64 usage.`

const options = {
  revoke: { type: 'boolean' },
  suspend: { type: 'boolean' },
  reinstate: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** What each option asks the server for. */
const changes = {
  revoke: { statusPurpose: 'revocation', status: true },
  suspend: { statusPurpose: 'suspension', status: true },
  reinstate: { statusPurpose: 'suspension', status: false },
} as const

const Flags = z.looseObject({ revocation: z.boolean(), suspension: z.boolean() })

const State = z.looseObject({
  state: z.string(),
  lapsed: z.optional(z.string()),
  chains: z.array(z.looseObject({ chainId: z.number(), state: z.string() })),
  status: Flags,
})

const Enveloped = z.object({ verifiableCredential: z.object({ id: z.string() }) })

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0) throw new UsageError('one ID is needed')
  const wanted = (['revoke', 'suspend', 'reinstate'] as const).filter((name) => values[name])
  if (wanted.length > 1) throw new UsageError(`--${wanted.join(' and --')}: one at a time`)
  const [change] = wanted
  return change === undefined ? show(id, values.json, io) : set(id, change, values.json, io)
}

async function set(
  id: string,
  change: keyof typeof changes,
  asJson = false,
  io: Io,
): Promise<number> {
  const { statusPurpose, status } = changes[change]
  const body = { credentialId: id, credentialStatus: { statusPurpose }, status }
  const answer = readAnswer(Flags, await callServer(io, '/credentials/status', body))
  io.out(asJson ? JSON.stringify(answer) : `wanted: ${wordsOf(answer)}`)
  return 0
}

async function show(id: string, asJson = false, io: Io): Promise<number> {
  const path = `/credentials/${encodeURIComponent(await locatorOf(id, io))}/state`
  const answer = readAnswer(State, await callServer(io, path))
  if (asJson) {
    io.out(JSON.stringify(answer))
    return 0
  }
  const { state, lapsed, chains, status } = answer
  io.out(`state:  ${state}${lapsed === undefined ? '' : ` (${lapsed})`}`)
  for (const chain of chains) io.out(`  chain ${String(chain.chainId)}: ${chain.state}`)
  io.out(`status: ${wordsOf(status)}`)
  return 0
}

/** An id of a credential has a colon, a locator has none. */
async function locatorOf(id: string, io: Io): Promise<string> {
  if (!id.includes(':')) return id
  const answer = await callServer(io, `/credentials/${encodeURIComponent(id)}`)
  const text = openEnvelope(readAnswer(Enveloped, answer).verifiableCredential.id)
  const link = text === undefined ? undefined : decodeCredential(text).credential['receipt']
  const locator =
    typeof link === 'string' ? /\/credentials\/([\w-]+)\/receipt$/.exec(link)?.[1] : undefined
  if (locator === undefined) throw new ServerError('the credential names no receipt', false)
  return locator
}

function wordsOf({ revocation, suspension }: z.output<typeof Flags>): string {
  if (revocation) return 'revoked'
  return suspension ? 'suspended' : 'good'
}

/**
 * `livret bundle`: makes the one file with which a credential verifies offline.
 *
 * @module
 */
import * as z from 'zod/mini'
import {
  askChecked,
  canonicalize,
  createRpc,
  failOver,
  makeBundle,
  readCheckpoint,
  readCredentialInput,
  verifyBundle,
  type ChainPin,
  type ChainToBundle,
  type CredentialInput,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { loadPolicy } from './load-policy.ts'
import { readOptions } from './options.ts'
import { readInput, readText } from './read-input.ts'
import { callServer, readAnswer, ServerError, serverUsage } from './server.ts'

export const usage = `Usage: livret bundle [FILE] [--policy FILE] [--checkpoint FILE]… [--server]

Prints one file with everything that verifying the credential in FILE, the JSON
{"credential","receipt"}, takes; livret verify --offline needs no network then. Reads standard input
for - or if no FILE is named. Keep every byte of it.

  --policy FILE      whose chains it is for; else $LIVRET_POLICY, else policy.json in
                     $LIVRET_DATA_DIR (./.livret). Their nodes (rpc) are asked for proofs
  --checkpoint FILE  a signed checkpoint of a chain. Without it: of a block that the policy pins, else
                     a checkpoint of the server if the policy names keys for them
  --server           asks the server for the whole bundle; a receipt is not needed then

${serverUsage}

Exit code: 0 it verifies as valid, 1 as invalid, 2 as undecided, or no answer, 64 usage.`

const options = {
  policy: { type: 'string' },
  checkpoint: { type: 'string', multiple: true },
  server: { type: 'boolean' },
} as const

const Answer = z.object({ checkpoint: z.string() })

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const policy = await loadPolicy(values.policy, io.env)
  const input = await readCredentialInput(await readInput(file, io))
  const texts = await Promise.all((values.checkpoint ?? []).map(readText))
  const checkpoints = texts.map((text) => text.trim())
  const bundle =
    values.server === true
      ? await fromServer(input, io)
      : await fromChains(input, policy.chains, checkpoints, io)
  io.write(bundle)
  const { verdict, checks } = await verifyBundle(bundle, { policy, now: io.now })
  const against = checks.find(({ status }) => status === 'failed' || status === 'undecided')
  io.err(`${verdict} under this policy${against === undefined ? '' : `: ${against.code}`}`)
  return exitCodes[verdict]
}

async function fromChains(
  { decoded, receipt }: CredentialInput,
  pins: readonly ChainPin[],
  checkpoints: readonly string[],
  io: Io,
): Promise<string> {
  if (receipt === undefined) {
    throw new UsageError('without a receipt there is no date to prove; try --server')
  }
  const chains = await Promise.all(
    pins.map(async (pin): Promise<ChainToBundle> => {
      const endpoints = pin.rpc.map((url) => ({ url, request: createRpc(url) }))
      const own = checkpoints.find((text) => readCheckpoint(text, pin) !== undefined)
      const checkpoint = own ?? (await checkpointFor(pin, io))
      const ask = askChecked(failOver(endpoints, pin.name), pin)
      return { pin, ask, ...(checkpoint !== undefined && { checkpoint }) }
    }),
  )
  return makeBundle({ credential: decoded.text, receipt }, chains)
}

/** Of the server, where the policy trusts checkpoints and pins no block. */
async function checkpointFor(
  { chainId, checkpointKeys = [], finalizedBlocks = [] }: ChainPin,
  io: Io,
): Promise<string | undefined> {
  if (checkpointKeys.length === 0 || finalizedBlocks.length > 0) return undefined
  return readAnswer(Answer, await callServer(io, `/checkpoints/${chainId}`)).checkpoint
}

async function fromServer({ decoded }: CredentialInput, io: Io): Promise<string> {
  const receipt = decoded.credential['receipt']
  const locator =
    typeof receipt === 'string' ? /\/credentials\/([\w-]+)\/receipt$/.exec(receipt)?.[1] : undefined
  if (locator === undefined) throw new UsageError('the credential names no receipt of a server')
  const answer = await callServer(io, `/credentials/${locator}/bundle`)
  if (answer.status !== 200) throw new ServerError('its batch is not final yet', true)
  return canonicalize(answer.body)
}

/**
 * `livret issue`: has a Livret server sign a credential.
 *
 * @module
 */
import * as z from 'zod/mini'
import { openEnvelope, Receipt } from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { callServer, readAnswer, ServerError, serverUsage } from './server.ts'

export const usage = `Usage: livret issue [FILE] [--issuer S] [--format vc+jwt|jwt_vc_json] [--id URI] [--wait SECONDS]

Has a Livret server sign the credential in FILE (JSON, VC Data Model 2.0), and prints it. Reads
standard input for - or if no FILE is named.

  --issuer S      slug or DID of the issuer, if the credential does not name it
  --format F      how it is secured; vc+jwt if left out
  --id URI        becomes the credential's id, if it has none
  --wait SECONDS  waits so long for its receipt, and prints {"credential","receipt"}

${serverUsage}

Exit code: 0 issued, 1 refused, 2 no answer, or no receipt yet, 64 usage.`

const options = {
  issuer: { type: 'string' },
  format: { type: 'string' },
  id: { type: 'string' },
  wait: { type: 'string' },
} as const

const Issued = z.object({ verifiableCredential: z.object({ id: z.string() }) })

/** Between two questions for the receipt, in milliseconds. */
const PAUSE = 2_000

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const wait = secondsOf(values.wait)
  const { issuer, format, id: credentialId } = values
  const chosen = Object.entries({ issuer, format, credentialId }).filter(
    ([, value]) => value !== undefined,
  )
  const body = {
    credential: readJson(await readInput(file, io)),
    ...(chosen.length > 0 && { options: Object.fromEntries(chosen) }),
  }
  const answer = await callServer(io, '/credentials/issue', body)
  const credential = openEnvelope(readAnswer(Issued, answer).verifiableCredential.id)
  if (credential === undefined) throw new ServerError('the answer holds no credential', false)
  const location = answer.headers.get('location') ?? ''
  io.err(`issued: ${location}`)
  if (wait === undefined) {
    io.out(credential)
    return 0
  }
  const receipt = await waitForReceipt(io, location, wait)
  io.out(receipt === undefined ? credential : JSON.stringify({ credential, receipt }))
  if (receipt !== undefined) return 0
  io.err(`no receipt yet; ask ${location}/receipt again later`)
  return exitCodes.undecided
}

async function waitForReceipt(io: Io, location: string, seconds: number) {
  const path = /\/credentials\/[\w-]+$/.exec(location)?.[0]
  if (path === undefined) throw new ServerError('the answer names no place for the receipt', false)
  const until = io.now() + seconds * 1000
  for (;;) {
    const answer = await callServer(io, `${path}/receipt`)
    if (answer.status === 200) return readAnswer(Receipt, answer)
    if (io.now() + PAUSE > until) return undefined
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('the credential to issue is not JSON')
  }
}

function secondsOf(option: string | undefined): number | undefined {
  if (option === undefined) return undefined
  if (/^\d{1,6}$/.test(option)) return Number(option)
  throw new UsageError(`--wait: expected seconds, got '${option}'`)
}

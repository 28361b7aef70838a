/**
 * `livret issue`: has a Livret server sign a credential.
 *
 * @module
 */
import * as z from 'zod/mini'
import { openEnvelope, readCredential, Receipt } from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { callServer, readAnswer, ServerError, serverUsage } from './server.ts'

export const usage = `Usage: livret issue [FILE] [--issuer S] [--format F] [--id URI] [--wait SECONDS]

Has a Livret server sign the credential in FILE (JSON, VC Data Model 2.0), and prints it. Reads
standard input for - or if no FILE is named.

  --issuer S      slug or DID of the issuer, if the credential does not name it
  --format F      vc+jwt (if left out), ob3-strict (vc+jwt as Open Badges 3.0 has it), jwt_vc_json,
                  dc+sd-jwt or ldp_vc
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

const Secured = z.looseObject({})
const Issued = z.object({ verifiableCredential: z.union([Secured, z.array(Secured)]) })

/** Between two questions for the receipt, in milliseconds. */
const PAUSE = 2_000

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const wait = secondsOf(values.wait)
  const { issuer, id: credentialId } = values
  const format = formatsOf(values.format)
  const chosen = Object.entries({ issuer, format, credentialId }).filter(
    ([, value]) => value !== undefined,
  )
  const body = {
    credential: readJson(await readInput(file, io)),
    ...(chosen.length > 0 && { options: Object.fromEntries(chosen) }),
  }
  const answer = await callServer(io, '/credentials/issue', body)
  const issued = [readAnswer(Issued, answer).verifiableCredential].flat().map(textOf)
  const until = wait === undefined ? undefined : io.now() + wait * 1000
  const codes: number[] = []
  for (const credential of issued) codes.push(await print(credential, until, io))
  return Math.max(...codes)
}

/** Prints a credential, with its receipt if that is waited for and comes in time. */
async function print(credential: string, until: number | undefined, io: Io): Promise<number> {
  const { credential: content } = await readCredential(credential)
  const address = String(content['receipt'])
  io.err(`issued: ${address.replace(/\/receipt$/, '')}`)
  if (until === undefined) {
    io.out(credential)
    return exitCodes.valid
  }
  const receipt = await waitForReceipt(io, address, until)
  io.out(receipt === undefined ? credential : JSON.stringify({ credential, receipt }))
  if (receipt !== undefined) return exitCodes.valid
  io.err(`no receipt yet; ask ${address} again later`)
  return exitCodes.undecided
}

/** One format is asked for by itself, so that the answer is one credential. */
function formatsOf(option: string | undefined): string | readonly string[] | undefined {
  return option?.includes(',') === true ? option.split(',') : option
}

/** The token in an envelope, or the JSON of what has its proof in it. */
function textOf(secured: z.infer<typeof Secured>): string {
  if ('proof' in secured) return JSON.stringify(secured)
  const { id } = secured
  const token = typeof id === 'string' ? openEnvelope(id) : undefined
  if (token === undefined) throw new ServerError('the answer holds no credential', false)
  return token
}

async function waitForReceipt(io: Io, address: string, until: number) {
  const path = /\/credentials\/[\w-]+\/receipt$/.exec(address)?.[0]
  if (path === undefined) throw new ServerError('the answer names no place for the receipt', false)
  for (;;) {
    const answer = await callServer(io, path)
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

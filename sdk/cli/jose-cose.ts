/**
 * `livret jose-cose`: what W3C's test suite for VC-JOSE-COSE calls. Secures and verifies with keys from
 * files; asks no chain, no host and no server.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { isRegistryError, parse, readJson } from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { issueSecured } from './jose-cose/issue-secured.ts'
import { signerOf, VerificationMethod } from './jose-cose/method-key.ts'
import { verifySecured } from './jose-cose/verify-secured.ts'
import { readOptions } from './options.ts'
import { readText } from './read-input.ts'

export const usage = `Usage: livret jose-cose issue|verify --input FILE --key FILE --feature FEATURE [--sd JSON] --output FILE

Secures the credential or presentation in a file, or verifies a secured one, as VC-JOSE-COSE says, and
writes {"result":"success|failure|indeterminate","data":"…"} to the output file.

  --key FILE    verification method with publicKeyJwk, and secretKeyJwk to issue
  --feature F   credential_jose, presentation_jose, credential_sdjwt, presentation_sdjwt; any other is
                indeterminate
  --sd JSON     what becomes selectively disclosable: ["credentialSubject.degree","verifiableCredential[0]"]

Neither status nor accreditation nor anchor is looked at: that is what livret verify is for.

Exit code: 0 success, 1 failure, 2 indeterminate, 64 usage.`

const options = {
  input: { type: 'string' },
  key: { type: 'string' },
  feature: { type: 'string' },
  sd: { type: 'string' },
  output: { type: 'string' },
} as const

type Outcome = { result: 'success' | 'failure' | 'indeterminate'; data: string }

const codes = { success: 0, failure: 1, indeterminate: 2 } as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [act, ...more] = positionals
  const { input, key, output, feature = '' } = values
  if ((act !== 'issue' && act !== 'verify') || more.length > 0) {
    throw new UsageError('expected issue or verify')
  }
  if (input === undefined || key === undefined || output === undefined) {
    throw new UsageError('expected --input, --key and --output')
  }
  const job = { act, text: await readText(input), key: await readText(key), sd: values.sd } as const
  const outcome = await outcomeOf(job, feature, io)
  await writeFile(output, `${JSON.stringify(outcome)}\n`)
  return codes[outcome.result] satisfies (typeof exitCodes)[keyof typeof exitCodes]
}

interface Job {
  readonly act: 'issue' | 'verify'
  readonly text: string
  readonly key: string
  readonly sd: string | undefined
}

async function outcomeOf(job: Job, feature: string, io: Io): Promise<Outcome> {
  const [, kind, form] = /^(credential|presentation)_(jose|sdjwt)$/.exec(feature) ?? []
  if (kind !== 'credential' && kind !== 'presentation') return undecided('no such feature', io)
  const isSdJwt = form === 'sdjwt'
  try {
    const method = parse(VerificationMethod, readJson(job.key).value, 'key')
    if (job.act === 'verify') {
      const data = job.text.trim()
      const question = { isSdJwt, now: Math.floor(io.now() / 1000) }
      if (verifySecured(kind, data, method, question)) return { result: 'success', data }
      return undecided('the method has no public key, or the token no typ', io)
    }
    const signer = signerOf(method)
    if (signer === undefined) return undecided('the method has no secret key', io)
    const paths = parse(z.array(z.string()), readJson(job.sd ?? '[]').value, 'sd')
    const data = await issueSecured(kind, job.text, signer, isSdJwt ? paths : undefined)
    return { result: 'success', data }
  } catch (error) {
    if (!isRegistryError(error)) throw error
    io.err(error.message)
    return { result: 'failure', data: '' }
  }
}

function undecided(reason: string, io: Io): Outcome {
  io.err(reason)
  return { result: 'indeterminate', data: '' }
}

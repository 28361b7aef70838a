/**
 * Signs the report of `livret verify` and writes it to a file.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import {
  createSigner,
  jwkThumbprintBase64url,
  parse,
  PrivateJwk,
  readJson,
  signReport,
  type Report,
  type ReportOptions,
  type Signer,
} from '../index.ts'
import { UsageError } from './command.ts'
import { readText } from './read-input.ts'

/** What was asked for: a file with the key, a file for the report; of one credential only. */
interface Signing {
  readonly key: string | undefined
  readonly out: string | undefined
  readonly isSingle: boolean
}

/** Writes the signed report to `out`, and its salt beside it for its owner alone. `undefined` if nobody asked. */
export async function reportWriter({ key, out, isSingle }: Signing) {
  if (key === undefined && out === undefined) return undefined
  if (key === undefined || out === undefined || !isSingle) {
    throw new UsageError('--sign-report and --report-out go together, with one FILE')
  }
  const signer = await readSigner(key)
  return async (report: Report, options: ReportOptions): Promise<void> => {
    const { jws, salt } = await signReport(report, signer, options)
    await writeFile(out, `${jws}\n`)
    await writeFile(`${out}.salt`, `${salt}\n`, { mode: 0o600 })
  }
}

/** Its `kid` is that of the JWK, else the thumbprint's URI (RFC 9278). */
async function readSigner(file: string): Promise<Signer> {
  const { value } = readJson(await readText(file))
  try {
    const jwk = parse(PrivateJwk, value, 'private key')
    const thumbprint = jwkThumbprintBase64url(jwk)
    const kid = jwk['kid']
    const named = typeof kid === 'string' && kid !== ''
    const uri = `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${thumbprint}`
    return createSigner(named ? kid : uri, jwk)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--sign-report ${file}: ${reason}`, false)
  }
}

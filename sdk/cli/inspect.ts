/**
 * `livret inspect`: shows what is in a credential, without verifying any of it.
 *
 * @module
 */
import { commitmentOf, digestOf, readCredentialInput, readJson, scopesOf } from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret inspect [FILE]

Shows header, payload, receipt, scopes and commitment of a credential, or of the JSON
{"credential","receipt"}, as JSON. Verifies nothing: anybody may have written what it shows.`

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = readOptions(args, {})
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const { decoded, receipt } = await readCredentialInput(await readInput(file, io))
  const { format, issuer, kid, credential, text } = decoded
  io.err('NOT VERIFIED: anybody may have written this. Use livret verify.')
  io.out(
    JSON.stringify(
      {
        verified: false,
        format,
        issuer,
        kid,
        ...partsOf(text),
        scopes: scopesOf(credential),
        ...(receipt && {
          receipt,
          commitment: commitmentOf(receipt.salt, format, digestOf(decoded)),
        }),
      },
      undefined,
      2,
    ),
  )
  return 0
}

/** Header and payload of a token; an embedded proof stands in the document. */
function partsOf(text: string): object {
  if (text.startsWith('{')) return { document: readJson(text).value }
  const [header = '', payload = ''] = text.split('.')
  return { header: partOf(header), payload: partOf(payload) }
}

function partOf(segment: string): unknown {
  return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
}

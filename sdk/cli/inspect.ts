/**
 * `livret inspect`: shows what is in a credential, without verifying any of it.
 *
 * @module
 */
import {
  commitmentOf,
  digestOf,
  readCredentialInput,
  readJson,
  scopesOf,
  type CredentialInput,
} from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { describeCredential, unverified } from './describe-credential.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret inspect [FILE] [--text] [--lang fr|en]

Shows header, payload, receipt, scopes and commitment of a credential of any format (vc+jwt,
jwt_vc_json, dc+sd-jwt, ldp_vc) and any issuer, or of the JSON {"credential","receipt"}, as JSON.
Verifies nothing: anybody may have written what it shows.

  --text         shows the essentials in sentences instead of the JSON
  --lang fr|en   language of the sentences; else that of LC_ALL or LANG

Exit code: 0 shown, 1 unreadable, 64 usage.`

const options = { text: { type: 'boolean' }, lang: { type: 'string' } } as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const input = await readCredentialInput(await readInput(file, io))
  io.err(unverified[language])
  if (values.text === true) io.out(describeCredential(input, language))
  else io.out(JSON.stringify(jsonOf(input), undefined, 2))
  return 0
}

function jsonOf({ decoded, receipt }: CredentialInput): object {
  const { format, issuer, kid, credential, text } = decoded
  return {
    verified: false,
    format,
    issuer,
    kid,
    ...partsOf(text),
    // What a token does not say in the words of the data model.
    ...(format === 'dc+sd-jwt' && { credential }),
    scopes: scopesOf(credential),
    ...(receipt && {
      receipt,
      commitment: commitmentOf(receipt.salt, format, digestOf(decoded)),
    }),
  }
}

/** Header and payload of a token, and its disclosures; an embedded proof stands in the document. */
function partsOf(text: string): object {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return { document: readJson(trimmed).value }
  const [token = '', ...disclosures] = trimmed.split('~')
  const [header = '', payload = ''] = token.split('.')
  return {
    header: partOf(header),
    payload: partOf(payload),
    ...(disclosures.length > 0 && {
      disclosures: disclosures.filter((each) => each !== '').map(partOf),
    }),
  }
}

function partOf(segment: string): unknown {
  return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
}

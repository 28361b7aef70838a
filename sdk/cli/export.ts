/**
 * `livret export`: writes credentials in the models of others, unsigned.
 *
 * @module
 */
import {
  IssuerId,
  readCredentialInput,
  toClr,
  toElm,
  type ClrFrame,
  type CredentialInput,
  type Language,
} from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret export --to elm FILE [--lang fr|en]
       livret export --to clr FILE… [--issuer ID] [--name NAME] [--id URI] [--lang fr|en]

Writes what is in a credential as another model has it, as JSON, unsigned. Verifies nothing: that is
what livret verify is for. Each FILE is a credential, or the JSON {"credential","receipt"}; standard
input for - or if no FILE is named.

  --to elm      the European Learning Model 3 of Europass, from one Open Badge
  --to clr      a Comprehensive Learner Record 2.0 that holds all of them as they were signed
  --issuer ID   who makes the record, a DID or https address; else the issuer of the first
  --name NAME   what the record is called
  --id URI      its id; a urn:uuid if left out
  --lang fr|en  of texts that do not say their language, and of the record's name; else that of LC_ALL
                or LANG

Exit code: 0 written, 1 refused, 64 usage.`

const options = {
  to: { type: 'string' },
  issuer: { type: 'string' },
  name: { type: 'string' },
  id: { type: 'string' },
  lang: { type: 'string' },
} as const

const words = {
  en: { unverified: 'NOT VERIFIED, and unsigned. Use livret verify.', record: 'Learner record' },
  fr: {
    unverified: 'NON VÉRIFIÉ, et non signé. Utilisez livret verify.',
    record: 'Parcours d’apprentissage',
  },
} as const satisfies Readonly<Record<Language, object>>

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const files = positionals.length === 0 ? ['-'] : positionals
  if (values.to !== 'elm' && values.to !== 'clr') throw new UsageError('--to: expected elm or clr')
  const inputs: CredentialInput[] = []
  for (const file of files) inputs.push(await readCredentialInput(await readInput(file, io)))
  const made =
    values.to === 'elm' ? elmOf(inputs, values, language) : clrOf(inputs, values, language, io)
  io.err(words[language].unverified)
  io.out(JSON.stringify(made, undefined, 2))
  return 0
}

/** What the options say, as far as it is needed. */
type Values = Readonly<Partial<Record<'issuer' | 'name' | 'id', string>>>

function elmOf([only, ...more]: readonly CredentialInput[], values: Values, language: Language) {
  const superfluous = (['issuer', 'name', 'id'] as const).find((name) => values[name] !== undefined)
  if (superfluous !== undefined) throw new UsageError(`--${superfluous}: for --to clr only`)
  if (only === undefined || more.length > 0) throw new UsageError('--to elm: one FILE at a time')
  return toElm(only.decoded.credential, { language })
}

function clrOf(inputs: readonly CredentialInput[], values: Values, language: Language, io: Io) {
  const [first] = inputs
  const issuer = IssuerId.safeParse(values.issuer ?? first?.decoded.issuer)
  if (!issuer.success) throw new UsageError('--issuer: expected a DID or an https address')
  const frame: ClrFrame = {
    id: values.id ?? `urn:uuid:${crypto.randomUUID()}`,
    issuer: { id: issuer.data },
    name: values.name ?? words[language].record,
    validFrom: new Date(io.now()).toISOString(),
  }
  return toClr(
    inputs.map(({ decoded }) => decoded),
    frame,
  )
}

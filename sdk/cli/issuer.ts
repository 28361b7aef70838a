/**
 * `livret issuer`: the issuers of a Livret server.
 *
 * @module
 */
import * as z from 'zod/mini'
import { UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { callServer, readAnswer, serverUsage } from './server.ts'

export const usage = `Usage: livret issuer create --slug S --name N [--siret S] [--url U] [--email E]
                            [--nda N] [--uai U] [--algorithm ES256|EdDSA] [--json]
       livret issuer list [--json]
       livret issuer show SLUG [--json]

Makes a legal entity an issuer on a Livret server, lists the issuers, or shows one and what it
still lacks to issue.

  --slug S, --name N     its short name, part of its address, and its name
  --siret, --nda, --uai  its numbers as an establishment, a training body, a school
  --url, --email         its site and its e-mail address
  --algorithm A          of its key; ES256 if left out
  --json                 as JSON

${serverUsage}

Exit code: 0 done, 1 refused, 2 no answer, 64 usage.`

const Summary = z.looseObject({ slug: z.string(), did: z.string(), name: z.string() })

const List = z.looseObject({ issuers: z.array(Summary) })

const Description = z.looseObject({
  ...Summary.shape,
  account: z.string(),
  chains: z.array(z.looseObject({ name: z.string(), missing: z.array(z.string()) })),
})

const json = { json: { type: 'boolean' } } as const

const text = { type: 'string' } as const
const createOptions = {
  ...json,
  slug: text,
  name: text,
  siret: text,
  algorithm: text,
  url: text,
  email: text,
  nda: text,
  uai: text,
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const [action, ...rest] = args
  if (action === 'create') return create(rest, io)
  if (action === 'list') return list(rest, io)
  if (action === 'show') return show(rest, io)
  throw new UsageError(
    `expected create, list or show${action === undefined ? '' : `, got '${action}'`}`,
  )
}

async function create(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, createOptions)
  if (positionals.length > 0) throw new UsageError(`superfluous: ${positionals.join(' ')}`)
  const { slug, name, siret, algorithm, url, email, nda, uai } = values
  if (slug === undefined || name === undefined) throw new UsageError('--slug and --name are needed')
  const profile = without({ url, email, nda, uai })
  const body = {
    ...without({ slug, name, siret, algorithm }),
    ...(Object.keys(profile).length > 0 && { profile }),
  }
  return describe(await callServer(io, '/issuers', body), values.json, io)
}

async function list(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, json)
  if (positionals.length > 0) throw new UsageError(`superfluous: ${positionals.join(' ')}`)
  const answer = readAnswer(List, await callServer(io, '/issuers'))
  if (values.json === true) io.out(JSON.stringify(answer))
  else for (const { slug, did, name } of answer.issuers) io.out([slug, did, name].join('\t'))
  return 0
}

async function show(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, json)
  const [slug, ...more] = positionals
  if (slug === undefined || more.length > 0) throw new UsageError('one SLUG is needed')
  const answer = await callServer(io, `/issuers/${encodeURIComponent(slug)}`)
  return describe(answer, values.json, io)
}

function describe(answer: Parameters<typeof readAnswer>[1], asJson = false, io: Io): number {
  const issuer = readAnswer(Description, answer)
  if (asJson) {
    io.out(JSON.stringify(issuer))
    return 0
  }
  const { slug, name, did, account, chains } = issuer
  io.out(`${name} (${slug})\n  DID      ${did}\n  account  ${account}`)
  for (const { name: chain, missing } of chains) {
    const lines =
      missing.length === 0 ? ['ready to issue'] : missing.map((each) => `needed: ${each}`)
    io.out(lines.map((line) => `  ${chain}: ${line}`).join('\n'))
  }
  return 0
}

/** The members that are there. */
function without(members: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

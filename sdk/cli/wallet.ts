/**
 * `livret wallet`: a holder's wallet on the command line.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import {
  answerRequest,
  createDidResolver,
  decodeCredential,
  Format,
  matchRequest,
  readRequest,
  receiveCredential,
  type HeldCredential,
  type WalletWorld,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readText } from './read-input.ts'
import { walletFile } from './wallet-file.ts'

export const usage = `Usage: livret wallet receive OFFER_URI [--tx-code CODE] [--format F]
       livret wallet list [--json]
       livret wallet present REQUEST_URI
       livret wallet export FILE
       livret wallet import FILE

Receives credentials by OpenID4VCI 1.0, each with a key of its own; shows by OpenID4VP 1.0 the least that
answers a request; takes everything elsewhere, sealed.

  $LIVRET_WALLET             the wallet's file; wallet.json in $LIVRET_DATA_DIR (./.livret) if unset
  $LIVRET_WALLET_PASSPHRASE  seals the file; needed for export and import
  $LIVRET_DEV=1              lets issuers and verifiers be on this machine, over plain HTTP

Exit code: 0 done, 1 refused, or nothing that answers, 2 no answer, 64 usage.`

export async function run(args: readonly string[], io: Io): Promise<number> {
  const [action, ...rest] = args
  if (action === 'receive') return receive(rest, io)
  if (action === 'list') return list(rest, io)
  if (action === 'present') return present(rest, io)
  if (action === 'export') return exportTo(only(rest, 'FILE'), io)
  if (action === 'import') return importFrom(only(rest, 'FILE'), io)
  const got = action === undefined ? 'nothing' : `'${action}'`
  throw new UsageError(`expected receive, list, present, export or import, got ${got}`)
}

async function receive(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, {
    'tx-code': { type: 'string' },
    format: { type: 'string' },
  })
  const uri = only(positionals, 'OFFER_URI')
  const format = Format.safeParse(values.format)
  if (values.format !== undefined && !format.success) throw new UsageError('--format: unknown')
  const held = await receiveCredential(worldOf(io), walletFile(io), uri, {
    ...(values['tx-code'] !== undefined && { txCode: values['tx-code'] }),
    ...(format.success && { format: format.data }),
  })
  io.out(lineOf(held))
  return 0
}

async function list(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean' } })
  if (positionals.length > 0) throw new UsageError(`superfluous: ${positionals.join(' ')}`)
  const held = await walletFile(io).list()
  // Keys stay in the wallet.
  const shown = held.map((credential) => ({ ...credential, privateJwk: undefined }))
  if (values.json === true) io.out(JSON.stringify(shown))
  else for (const each of held) io.out(lineOf(each))
  return 0
}

async function present(args: readonly string[], io: Io): Promise<number> {
  const uri = only(readOptions(args, {}).positionals, 'REQUEST_URI')
  const world = worldOf(io)
  const { allowLoopbackHttp = false } = world
  const resolver = createDidResolver({ allowLoopbackHttp, now: io.now })
  const request = await readRequest(world, resolver, uri)
  const selected = matchRequest(request, await walletFile(io).list())
  if (selected === undefined) {
    io.err('nothing in the wallet answers this request')
    return exitCodes.invalid
  }
  const redirect = await answerRequest(world, request, selected)
  for (const { query, credential, claims } of selected) {
    const paths = claims.map((path) => path.map((step) => step ?? '*').join('.'))
    io.out([query, credential.id, request.clientId, ...paths].join('\t'))
  }
  if (redirect !== undefined) io.out(redirect)
  return 0
}

async function exportTo(file: string, io: Io): Promise<number> {
  await writeFile(file, await walletFile(io).export(), { mode: 0o600 })
  return 0
}

async function importFrom(file: string, io: Io): Promise<number> {
  const count = await walletFile(io).import(await readText(file))
  io.out(`${String(count)} added`)
  return 0
}

function worldOf({ fetch, now, env }: Io): WalletWorld {
  return {
    fetch,
    now: () => Math.floor(now() / 1000),
    allowLoopbackHttp: env['LIVRET_DEV'] === '1',
  }
}

function only(positionals: readonly string[], name: string): string {
  const [value, ...more] = positionals
  if (value !== undefined && more.length === 0) return value
  throw new UsageError(`one ${name} is needed`)
}

function lineOf({ id, format, issuer, text }: HeldCredential): string {
  const name = format === 'ldp_vc' ? '' : nameOf(decodeCredential(text).credential)
  return [id, format, issuer, name].join('\t')
}

function nameOf(credential: object): string {
  const name: unknown = 'name' in credential ? credential.name : undefined
  return typeof name === 'string' ? name : ''
}

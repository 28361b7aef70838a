/**
 * The wallet of the command line: one file, sealed where there is a passphrase.
 *
 * @module
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod/mini'
import { HeldCredential, openWallet, parse, sealWallet, type WalletStore } from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { inDataDir } from './data-dir.ts'

const Held = z.array(HeldCredential)

/** A wallet in a file. */
export interface WalletFile extends WalletStore {
  /** Everything in it, sealed for another place. A missing passphrase is a usage error. */
  export(): Promise<string>
  /** Adds what another wallet exported; what is there already stays. */
  import(text: string): Promise<number>
}

/** The wallet of `$LIVRET_WALLET`, or of the data directory. */
export function walletFile({ env }: Pick<Io, 'env'>): WalletFile {
  const path = env['LIVRET_WALLET'] || inDataDir('wallet.json', env)
  const passphrase = env['LIVRET_WALLET_PASSPHRASE'] || undefined
  const list = async () => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]'
      throw error
    })
    if (text.trimStart().startsWith('[')) return parse(Held, JSON.parse(text), 'wallet')
    return openWallet(text, needed(passphrase))
  }
  const write = async (held: readonly HeldCredential[]) => {
    const text =
      passphrase === undefined ? JSON.stringify(held) : await sealWallet(held, passphrase)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const draft = `${path}.${process.pid}`
    await writeFile(draft, text, { mode: 0o600 })
    await rename(draft, path)
  }
  return {
    list,
    add: async (credential) => write([...(await list()), credential]),
    export: async () => sealWallet(await list(), needed(passphrase)),
    async import(text) {
      const held = await list()
      const known = new Set(held.map(({ id }) => id))
      const added = await openWallet(text, needed(passphrase))
      const fresh = added.filter(({ id }) => !known.has(id))
      await write([...held, ...fresh])
      return fresh.length
    },
  }
}

function needed(passphrase: string | undefined): string {
  if (passphrase !== undefined) return passphrase
  throw new UsageError('LIVRET_WALLET_PASSPHRASE must be set')
}

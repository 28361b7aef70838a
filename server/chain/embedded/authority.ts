import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Address, parse } from '#sdk'
import * as z from 'zod/mini'
import type { AccountSigner, Keys } from '../../context.ts'
import { writeDurably } from './write-durably.ts'

const SealedAccount = z.strictObject({
  id: z.uuid(),
  address: Address,
  sealed: z.base64url(),
})

/**
 * The account of the demo authority, in `authority.json`: made once, sealed like every key of this
 * server. It stands for the ministry or region that accredits in earnest.
 */
export async function openAuthority(folder: string, keys: Keys): Promise<AccountSigner> {
  const file = join(folder, 'authority.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined) {
    const { id, sealed } = parse(SealedAccount, JSON.parse(text), file)
    return keys.account({ id, sealed: Buffer.from(sealed, 'base64url') })
  }
  const { id, sealed, address } = await keys.makeAccount()
  const kept = { id, address, sealed: Buffer.from(sealed).toString('base64url') }
  await writeDurably(file, `${JSON.stringify(kept, undefined, 2)}\n`, 0o600)
  return keys.account({ id, sealed })
}

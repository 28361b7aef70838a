import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hash, issuerIdOf } from '#sdk'
import pg from 'pg'
import { createChain } from '../../server/chain/chain.ts'
import type { Stand } from './stand.ts'

const patienceMilliseconds = 6_000

/**
 * Somebody who can write to the database wants a key of their own to be the issuer's: a copy of what its
 * account has signed, with another key. Throws if it gets onto a chain.
 */
export async function slipRow({ database, chains, issuer }: Stand): Promise<void> {
  const key = Hash.parse(`0x${randomBytes(32).toString('hex')}`)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `insert into issuer_actions
        (id, issuer, chain_id, kind, target, nonce, deadline, signature, created_at)
      select gen_random_uuid(), issuer, chain_id, kind, $1, nonce, deadline, signature, now()
      from issuer_actions where kind = 'register-key'`,
      [key],
    )
    if (rowCount === 0) throw new Error('nothing was there to be copied')
    await sleep(patienceMilliseconds)
    for (const { pin } of chains) {
      const view = await createChain(pin).latest.view()
      if ((await view.keyOf(issuerIdOf(issuer), key)) !== undefined) {
        throw new Error(`a key that nobody signed is on ${pin.name}`)
      }
    }
  } finally {
    await client.query('delete from issuer_actions where target = $1', [key])
    await client.end()
  }
}

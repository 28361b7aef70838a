/**
 * A server process that is killed in the middle of sending a transaction: `crash.ts before|after`, the
 * facts on standard input.
 *
 * @module
 */
import { text } from 'node:stream/consumers'
import type { ChainPin } from '#sdk'
import { reconcile } from '../../server/anchoring/reconcile.ts'
import { createChain } from '../../server/chain/chain.ts'
import { sealedKeys } from '../../server/keys/keys.ts'
import { openStore } from '../../server/store/store.ts'

const { url, pin } = JSON.parse(await text(process.stdin)) as { url: string; pin: ChainPin }
const now = () => new Date()
const log = { info: () => undefined, warn: () => undefined, error: console.error }
const store = await openStore(url, now, log)
const keys = sealedKeys(new Uint8Array(32).fill(7))
const chain = createChain(pin)
const { client } = chain
const mortal = {
  ...chain,
  client: {
    ...client,
    broadcast: async (raw: `0x${string}`) => {
      if (process.argv[2] === 'after') await client.broadcast(raw)
      process.kill(process.pid, 'SIGKILL')
    },
  },
}
await reconcile({ store, keys, log, now, chains: [mortal] }, mortal)
console.error('it was not killed')
process.exit(1)

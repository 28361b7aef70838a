/**
 * A process that reconciles one chain once, and ends; the facts come on standard input. Under
 * `scripts/kill9/crash-at.ts` it dies on the way.
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
await reconcile({ store, keys, log, now, chains: [chain] }, chain)
await store.close()

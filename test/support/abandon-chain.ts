/**
 * A server process that starts the embedded chain in a folder, says which it is, and is killed.
 *
 * @module
 */
import { writeSync } from 'node:fs'
import { startEmbeddedChain } from '../../server/chain/embedded/embedded-chain.ts'
import { sealedKeys } from '../../server/keys/keys.ts'

const [, , dataDir = ''] = process.argv
const keys = sealedKeys(new Uint8Array(32).fill(7))
const log = { info: () => undefined, warn: console.error, error: console.error }
const { chain } = await startEmbeddedChain({ dataDir, keys, now: () => new Date(), log })
writeSync(1, JSON.stringify(chain.pin))
process.kill(process.pid, 'SIGKILL')

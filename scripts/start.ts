/**
 * `npm start`: the server. With nothing configured, it brings its own database and chain, and a
 * fictional training body to try things out with.
 *
 * @module
 */
import { join } from 'node:path'
import { isRegistryError } from '#sdk'
import { hasEmbeddedChain, type EmbeddedChain } from '../server/chain/embedded/embedded-chain.ts'
import { loadConfig } from '../server/config.ts'
import type { Context } from '../server/context.ts'
import { createLog } from '../server/log.ts'
import { startServer } from '../server/main.ts'
import { runUntilSignal } from '../server/run-until-signal.ts'
import { buildContracts } from './start/build-contracts.ts'
import { writeExample, type Example } from './start/example-certificate.ts'
import { prepareDemo } from './start/prepare-demo.ts'
import { welcome } from './start/welcome.ts'

try {
  const config = await loadConfig(process.env)
  const isNewChain = config.chainsFile === undefined && !(await hasEmbeddedChain(config.dataDir))
  if (isNewChain) await buildContracts()
  const log = createLog(config.dev ? 'warn' : 'info')
  await runUntilSignal(
    () => startServer(config, log),
    async ({ context, embedded }) => {
      console.log(welcome(config, await tryOut(context, embedded), process.env))
    },
  )
} catch (error) {
  if (!isRegistryError(error)) throw error
  console.error(`livret: ${error.message} ${error.hint}`)
  process.exit(1)
}

/** Prepares what there is to try out on a chain of one's own. */
async function tryOut(
  context: Context,
  embedded: EmbeddedChain | undefined,
): Promise<Example | undefined> {
  if (embedded === undefined) return undefined
  const { did } = await prepareDemo(context, embedded)
  return writeExample(join(context.config.dataDir, 'example.json'), did, context.now())
}

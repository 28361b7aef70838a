/**
 * `npm start`: the server. With nothing configured, it brings its own database and chain, and a
 * fictional training body to try things out with.
 *
 * @module
 */
import { isRegistryError } from '#sdk'
import { loadConfig } from '../server/config.ts'
import { createLog } from '../server/log.ts'
import { startServer } from '../server/main.ts'
import { runUntilSignal } from '../server/run-until-signal.ts'
import { buildContracts } from './start/build-contracts.ts'
import { prepareDemo } from './start/prepare-demo.ts'
import { welcome } from './start/welcome.ts'

try {
  const config = await loadConfig(process.env)
  if (config.chainsFile === undefined) await buildContracts()
  const log = createLog(config.dev ? 'warn' : 'info')
  await runUntilSignal(
    () => startServer(config, log),
    async ({ context, embedded }) => {
      if (embedded !== undefined) await prepareDemo(context, embedded)
      console.log(welcome(config, embedded !== undefined, process.env))
    },
  )
} catch (error) {
  if (!isRegistryError(error)) throw error
  console.error(`livret: ${error.message} ${error.hint}`)
  process.exit(1)
}

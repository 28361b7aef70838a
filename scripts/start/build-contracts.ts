import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const hardhat = fileURLToPath(
  new URL('../../node_modules/hardhat/dist/src/cli.js', import.meta.url),
)
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles the contracts, unless they are as they were. In a process of its own: the compiler takes
 * memory that the server would keep.
 */
export async function buildContracts(): Promise<void> {
  const args = [hardhat, 'build', '--no-tests', '--quiet']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] })
  await once(child, 'exit')
  const { exitCode } = child
  if (exitCode !== 0) throw new Error(`hardhat cannot build the contracts (${String(exitCode)})`)
}

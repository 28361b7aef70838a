/**
 * `npm run coverage`: how much of the contracts the Solidity tests run. Exits with 1 below 98 % of lines or statements,
 * or where a test fails.
 *
 * In a folder of its own and without the tests of gas: contracts that count what runs cost more and are other code.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const least = 98
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'livret-coverage-'))
process.on('exit', () => {
  rmSync(folder, { recursive: true })
})

for (const name of ['contracts', 'test/contracts', 'hardhat.config.ts', 'package.json']) {
  const filter = (path: string) => !/(Gas\.t\.sol|\.test\.ts)$/.test(path)
  cpSync(join(root, name), join(folder, name), { recursive: true, filter })
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

const { status, stdout } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/hardhat/dist/src/cli.js'), 'test', 'solidity', '--coverage'],
  { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
)
console.log(status === 0 ? stdout.slice(stdout.indexOf('╔')) : stdout)
const [, lines, statements] = /║ Total\s+│\s+([\d.]+)\s+│\s+([\d.]+)/.exec(stdout) ?? []
const isCovered = status === 0 && Number(lines) >= least && Number(statements) >= least
if (!isCovered)
  console.error(`coverage: a test failed, or less than ${least} % of the contracts ran`)
process.exitCode = isCovered ? 0 : 1

/**
 * `npm run pack:sdk`: makes `build/livret-sdk-<version>.tgz`, the SDK as others install it: ES modules with their types,
 * for Node, browsers and workers, and the dependencies of its own files only.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { manifestOf } from './pack-sdk/manifest.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}build/sdk`

await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
run(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, '-p', 'scripts/pack-sdk/tsconfig.json'],
  root,
)
await writeFile(
  `${folder}/package.json`,
  `${JSON.stringify(await manifestOf(folder), undefined, 2)}\n`,
)
await cp(`${root}LICENSE`, `${folder}/LICENSE`)
await cp(`${root}scripts/pack-sdk/README.md`, `${folder}/README.md`)
run('npm', ['pack', '--loglevel=error', '--pack-destination', '..'], folder)

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status === 0) return
  console.error(`pack-sdk: ${command} failed (${error?.message ?? `exit ${String(status)}`})`)
  process.exit(1)
}

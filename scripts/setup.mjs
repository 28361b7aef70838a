// Makes node_modules equal to package-lock.json, with Node 24 and npm 10, whichever Node started us.
// Runs before `npm test`, `npm start`, …, when nothing is installed yet: no dependency, no TypeScript.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
if (!isInstalled()) install()

/** Compares the lock file with the one that npm keeps of what it really installed. */
function isInstalled() {
  const record = `${root}node_modules/.package-lock.json`
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  return Object.entries(packagesOf(`${root}package-lock.json`)).every(
    ([path, { version, ...entry }]) =>
      path === '' || installed[path]?.version === version || !isNeeded(path, entry),
  )
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

// npm under an old Node leaves out binaries of this very platform without a word (Hardhat's), so those
// are not optional here. A lock file names no libc: what is built for musl has it in its name.
function isNeeded(path, { optional, os, cpu }) {
  if (!optional) return true
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false
  return process.platform !== 'linux' || path.includes('musl') === existsSync('/etc/alpine-release')
}

function install() {
  console.error('Installing what package-lock.json names (once) …')
  // npm 11 refuses the lock file. A `nodedir` from somebody's .npmrc would build native packages
  // against the headers of another Node, and what the outer npm hands down would steer the inner one.
  const inner = 'npm ci --no-audit --no-fund --loglevel=error --nodedir='
  const { status, error } = spawnSync(
    'npx',
    ['-y', '-p', 'node@24', '-p', 'npm@10', '--', ...inner.split(' ')],
    { cwd: root, env: withoutNpm(process.env), stdio: ['ignore', 2, 2] },
  )
  if (status === 0) return
  console.error(`setup: npm ci failed (${error?.message ?? `exit ${status}`})`)
  process.exit(status || 1)
}

/** The environment without what npm sets for its scripts, but with where and how to reach a registry. */
function withoutNpm(env) {
  const handedDown = /^npm_(?!config_(registry|cafile|cache|userconfig|globalconfig)$)/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => !handedDown.test(name)))
}

import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleForBrowsers, type BrowserCode } from '../support/bundle-for-browsers.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const tarball = `${root}build/livret-sdk-0.1.0.tgz`
const vector = (name: string) => readFileSync(`${root}test/vectors/${name}`, 'utf8')
const bundle = vector('one-chain.bundle.json')
const policy = vector('one-chain.policy.json')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-sdk-'))
  await run(process.execPath, [`${root}scripts/pack-sdk.ts`], { cwd: root })
}, 300_000)
afterAll(() => rm(folder, { recursive: true }))

describe('the packed SDK', () => {
  test('is a package as it should be', async () => {
    const { messages } = await publint({ pkgDir: `${root}build/sdk`, strict: true, pack: false })
    expect(messages).toEqual([])
  })

  test('has types wherever it is imported', async () => {
    const attw = `${root}node_modules/.bin/attw`
    // It ends with an error if it finds a problem.
    const { stdout } = await run(process.execPath, [attw, tarball, '--profile', 'esm-only'])
    expect(stdout).toContain('🟢')
  }, 120_000)

  const npm = ['npx', '-y', '-p', 'node@24', '-p', 'npm@10', '--']
  const isOnline = spawnSync('npm', ['ping'], { timeout: 20_000 }).status === 0
  if (!isOnline) console.warn('SKIPPED: no npm registry, so the tarball is installed nowhere')
  test.skipIf(!isOnline)(
    'verifies a bundle where it alone is installed, types included',
    async () => {
      const project = join(folder, 'project')
      await mkdir(project)
      const script = `import { readFileSync } from 'node:fs'
import { parsePolicy, verifyBundle, type Report } from '@livret/sdk'
const policy = parsePolicy(readFileSync('policy.json', 'utf8'))
const { verdict }: Report = await verifyBundle(readFileSync('bundle.json', 'utf8'), { policy })
console.log(verdict)
`
      const files = {
        'package.json': JSON.stringify({ name: 'project', private: true, type: 'module' }),
        'policy.json': policy,
        'bundle.json': bundle,
        'verify.ts': script,
      }
      for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text)
      const install = [
        ...npm,
        'npm',
        'install',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        tarball,
      ]
      await run(install[0]!, install.slice(1), { cwd: project })
      const { stdout } = await run(process.execPath, ['verify.ts'], { cwd: project })
      expect(stdout).toBe('valid\n')

      const tsc = `${root}node_modules/typescript/bin/tsc`
      const types = ['--typeRoots', `${root}node_modules/@types`, '--types', 'node']
      const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024']
      await run(process.execPath, [tsc, ...options, ...types, 'verify.ts'], { cwd: project })
    },
    300_000,
  )
})

describe('the SDK in browsers', () => {
  let code: BrowserCode
  beforeAll(async () => {
    code = await bundleForBrowsers(['parsePolicy', 'verifyBundle'])
  }, 120_000)

  test('takes 90 kB at most for verifying a bundle', () => {
    console.info(`verifying a bundle: ${code.gzipBytes} bytes with gzip`)
    expect(code.gzipBytes).toBeLessThanOrEqual(90_000)
  })

  test('needs nothing of Node', async () => {
    for (const text of code.files.values()) expect(text).not.toMatch(/["']node:/)
    const site = join(folder, 'site')
    for (const [name, text] of code.files) {
      await mkdir(dirname(join(site, name)), { recursive: true })
      await writeFile(join(site, name), text)
    }
    await writeFile(join(site, 'package.json'), '{"type":"module"}')
    const sdk = (await import(pathToFileURL(join(site, code.entry)).href)) as Sdk
    expect((await sdk.verifyBundle(bundle, { policy: sdk.parsePolicy(policy) })).verdict).toBe(
      'valid',
    )
  })

  const browser = ['chromium', 'chromium-browser', 'google-chrome']
    .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim())
    .find((path) => path !== '')
  if (browser === undefined)
    console.warn('SKIPPED: there is no Chromium here to verify a bundle in')
  test.skipIf(browser === undefined)(
    'verifies a bundle in Chromium',
    async () => {
      const site = await serve(code)
      const page = await (await chromium.launch({ executablePath: browser! })).newPage()
      await page.goto(site.url)
      // As text: vitest would put its own loader in the place of `import`.
      const given = JSON.stringify([`${site.url}/${code.entry}`, bundle, policy])
      const verdict = await page.evaluate(`(async ([entry, text, trusted]) => {
        const sdk = await import(entry)
        return (await sdk.verifyBundle(text, { policy: sdk.parsePolicy(trusted) })).verdict
      })(${given})`)
      await page.context().browser()?.close()
      site.stop()
      expect(verdict).toBe('valid')
    },
    120_000,
  )
})

/** What is bundled for browsers, as far as it is called here. */
interface Sdk {
  parsePolicy: (text: string) => object
  verifyBundle: (text: string, options: { policy: object }) => Promise<{ verdict: string }>
}

/** Serves an empty page and the modules. */
async function serve({ files }: BrowserCode) {
  const server = createServer(({ url = '/' }, response) => {
    const text = files.get(url.slice(1))
    const type = text === undefined ? 'text/html' : 'text/javascript'
    response.setHeader('content-type', type).end(text ?? '<!doctype html><title>empty</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

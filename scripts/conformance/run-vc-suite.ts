import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { startAdapter } from './adapter.ts'
import type { Site } from './start-site.ts'

const repair = fileURLToPath(new URL('callable-exist.cjs', import.meta.url))

/** How many tests came out how; the failed ones by their names. */
export interface Outcome {
  passed: number
  failed: readonly string[]
  skipped: number
}

const MochaReport = z.looseObject({
  stats: z.looseObject({ passes: z.int(), pending: z.int() }),
  failures: z.array(z.looseObject({ fullTitle: z.string() })),
})

/** Runs a suite made with mocha and `vc-test-suite-implementations`. */
export async function runVcSuite(
  folder: string,
  site: Site,
  { tags, opensEnvelopes = false }: { tags: readonly string[]; opensEnvelopes?: boolean },
): Promise<Outcome> {
  const adapter = await startAdapter(site, opensEnvelopes)
  try {
    await writeFile(join(folder, 'localConfig.cjs'), localConfig(site, adapter.url, tags))
    const report = MochaReport.parse(await runMocha(folder))
    return {
      passed: report.stats.passes,
      failed: report.failures.map(({ fullTitle }) => fullTitle.replaceAll(/\s+/g, ' ')),
      skipped: report.stats.pending,
    }
  } finally {
    await adapter.stop()
  }
}

function localConfig({ issuer }: Site, url: string, tags: readonly string[]): string {
  const at = (path: string) => [{ id: issuer.did, endpoint: `${url}${path}`, options: {}, tags }]
  const implementation = {
    name: 'Livret',
    implementation: 'Livret',
    issuers: at('/credentials/issue'),
    verifiers: at('/credentials/verify'),
    vpVerifiers: at('/presentations/verify'),
  }
  return `module.exports = ${JSON.stringify({ settings: {}, implementations: [implementation] })}`
}

async function runMocha(folder: string): Promise<unknown> {
  const scratch = await mkdtemp(join(tmpdir(), 'livret-mocha-'))
  const output = join(scratch, 'report.json')
  const options = ['--reporter', 'json', '--reporter-options', `output=${output}`]
  try {
    await runTool(
      folder,
      ['mocha/bin/mocha.js', 'tests/', ...options],
      ['--timeout', '15000', '--preserve-symlinks', '--require', repair],
    )
    return JSON.parse(await readFile(output, 'utf8'))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Runs a program of the suite's own packages there; what it prints is of no interest. */
export async function runTool(
  folder: string,
  [program = '', ...args]: readonly string[],
  more: readonly string[] = [],
): Promise<void> {
  const file = join(folder, 'node_modules', program)
  const child = spawn(process.execPath, [file, ...args, ...more], { cwd: folder, stdio: 'ignore' })
  await once(child, 'exit')
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import type { Outcome } from './run-vc-suite.ts'

const cli = fileURLToPath(new URL('../../sdk/cli/main.ts', import.meta.url))

const Test = z.looseObject({
  number: z.int(),
  input_file: z.string(),
  key_file: z.string(),
  fn: z.enum(['issue', 'verify']),
  feature: z.string(),
  disclosure_paths: z.optional(z.array(z.string())),
  expected_result: z.string(),
})

const Mapping = z.object({
  JOSETestMapping: z.record(z.string(), Test),
  SDJWTTestMapping: z.record(z.string(), Test),
  COSETestMapping: z.record(z.string(), Test),
})

const Result = z.looseObject({ result: z.string() })

/**
 * Runs the JOSE and SD-JWT tests of the suite of VC-JOSE-COSE against `livret jose-cose`, as its own
 * runner does with containers. COSE is not done here: those tests are skipped.
 */
export async function runJoseSuite(folder: string): Promise<Outcome> {
  const file = pathToFileURL(join(folder, 'tests', 'test-mapping.js')).href
  const mapping = Mapping.parse(await import(file))
  const tests = Object.entries({ ...mapping.JOSETestMapping, ...mapping.SDJWTTestMapping })
  const failed: string[] = []
  for (const [name, test] of tests) {
    const result = await resultOf(join(folder, 'tests', 'input'), test)
    if (result !== test.expected_result) failed.push(`${name}: ${result}`)
  }
  const skipped = Object.keys(mapping.COSETestMapping).length
  return { passed: tests.length - failed.length, failed, skipped }
}

async function resultOf(inputs: string, test: z.infer<typeof Test>): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'livret-jose-'))
  const output = join(scratch, 'result.json')
  const { fn, input_file: input, key_file: key, feature, disclosure_paths: paths } = test
  const files = ['--input', join(inputs, input), '--key', join(inputs, key), '--output', output]
  const disclosed = paths === undefined ? [] : ['--sd', JSON.stringify(paths)]
  try {
    const args = [cli, 'jose-cose', fn, ...files, '--feature', feature, ...disclosed]
    await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit')
    return Result.parse(JSON.parse(await readFile(output, 'utf8'))).result
  } catch {
    return 'error'
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * The suites that are known here, and how many of their tests pass.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runDidSuite } from './run-did-suite.ts'
import { runJoseSuite } from './run-jose-suite.ts'
import { runVcSuite, type Outcome } from './run-vc-suite.ts'
import type { Site } from './start-site.ts'

export interface Suite {
  name: string
  expected: { passed: number; failed: number }
  run(site: Site): Promise<Outcome>
}

type SuiteInFolder = (folder: string) => Omit<Suite, 'name'>

const suites: Readonly<Record<string, SuiteInFolder>> = {
  'vc-data-model-2.0-test-suite': (folder) => ({
    expected: { passed: 65, failed: 0 },
    run: (site) => runVcSuite(folder, site, { tags: ['vc2.0', 'EnvelopingProof'] }),
  }),
  'vc-bitstring-status-list-test-suite': (folder) => ({
    expected: { passed: 19, failed: 0 },
    run: (site) =>
      runVcSuite(folder, site, { tags: ['BitstringStatusList'], opensEnvelopes: true }),
  }),
  'did-core-test-server': (folder) => ({
    expected: { passed: 136, failed: 0 },
    run: (site) => runDidSuite(folder, site),
  }),
  'vc-jose-cose-test-suite': (folder) => ({
    // Its presentation for test 7 expired on 2024-12-17, and is refused.
    expected: { passed: 25, failed: 1 },
    run: () => runJoseSuite(folder),
  }),
}

/** The suite whose package is in `folder`. */
export async function suiteIn(folder: string): Promise<Suite> {
  const { name } = readName(await readFile(join(folder, 'package.json'), 'utf8'))
  const suite = suites[name]
  if (suite !== undefined) return { name, ...suite(folder) }
  throw new Error(`${folder}: not one of ${Object.keys(suites).join(', ')}`)
}

function readName(text: string): { name: string } {
  const value: unknown = JSON.parse(text)
  const hasName = typeof value === 'object' && value !== null && 'name' in value
  return { name: hasName ? String(value.name) : '' }
}

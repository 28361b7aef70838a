import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Report } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectedCodes } from '../../../scripts/demo/attacks.ts'
import { startChain, type Chain } from '../../../scripts/demo/chain.ts'
import { extract } from '../../../scripts/demo/extract.ts'
import { judgeDemo, summarise } from '../../../scripts/demo/judge-demo.ts'
import { silent } from '../../../scripts/demo/progress.ts'
import { createRandom } from '../../../scripts/demo/random.ts'
import { runDemo, type DemoResult } from '../../../scripts/demo/run-demo.ts'
import { showResult } from '../../../scripts/demo/show-result.ts'
import { createStopwatch } from '../../../scripts/demo/stopwatch.ts'
import { beginning } from '../../../scripts/demo/timeline.ts'
import { createWorld } from '../../../scripts/demo/world.ts'

const issued = 120
const world = createWorld(extract, createRandom(1))
const watch = createStopwatch()

let chain: Chain
let result: DemoResult
beforeAll(async () => {
  chain = await startChain(beginning)
  result = await runDemo({ chain, world, issued, random: createRandom(1), progress: silent, watch })
})
afterAll(() => chain.stop())

const judge = (changed: Partial<DemoResult>) => {
  const whole = { ...result, ...changed }
  return judgeDemo(whole, summarise(whole, watch), issued)
}

describe('the demo', () => {
  test('issues, anchors, verifies, revokes and withstands every attack', () => {
    expect(judge({})).toEqual([])
    expect(summarise(result, watch)).toMatchObject({
      issued,
      anchored: issued,
      valid: issued,
      revoked: 24,
      attacks: expectedCodes,
    })
  })

  test('lets each attack fail at one check alone, but for what is changed after signing', () => {
    for (const [name, { checks }] of result.attacks) {
      const failed = checks.filter(({ status }) => status === 'failed')
      expect([name, failed.length]).toEqual([name, name === 'changed-grade' ? 2 : 1])
    }
  })

  test('says in both languages that all is well', () => {
    const summary = summarise(result, watch)
    const shown = { result, summary, world, unexpected: [], isExtract: true }
    expect(showResult(shown, 'fr')).toContain('Tout est comme attendu.')
    expect(showResult(shown, 'en')).toContain('Everything is as expected.')
  })
})

describe('the judgement of the demo', () => {
  const valid = () => result.reports[0]!
  const invalid = () => result.attacks.get('never-anchored')!
  const allBut = (reports: readonly Report[]) => [invalid(), ...reports.slice(1)]

  test.each([
    [
      'a certificate that is not valid',
      () => ({ reports: allBut(result.reports) }),
      '119 of 120 are valid',
    ],
    [
      'one that is not anchored',
      () => ({ reports: allBut(result.reports) }),
      '119 of 120 were anchored',
    ],
    ['one that is missing', () => ({ given: result.given.slice(1) }), '119 of 120 were issued'],
    [
      'a revocation that nobody sees',
      () => ({ reportsAfter: result.reports }),
      '0 of 24 are revoked',
    ],
    [
      'a revocation that reaches others',
      () => ({ reportsAfter: result.reportsAfter.map(() => invalid()) }),
      'reached others',
    ],
    [
      'a withdrawal that reaches back',
      () => ({ reportsOfWithdrawn: [invalid()] }),
      'reached back: ANCHOR_MISSING',
    ],
    ['a withdrawal from nobody', () => ({ reportsOfWithdrawn: [] }), 'nothing was given'],
    [
      'an attack that succeeds',
      () => ({ attacks: new Map([...result.attacks, ['changed-grade', valid()]]) }),
      'changed-grade: valid, VALID; expected SIGNATURE_INVALID',
    ],
    [
      'an attack that fails for another reason',
      () => ({ attacks: new Map([...result.attacks, ['changed-grade', invalid()]]) }),
      'changed-grade: invalid, ANCHOR_MISSING; expected SIGNATURE_INVALID',
    ],
    ['an attack that nobody tried', () => ({ attacks: new Map() }), 'annulled-body: not tried'],
  ])('notices %s', (_, change, problem) => {
    expect(judge(change())).toContainEqual(expect.stringContaining(problem))
  })
})

describe('npm run demo', () => {
  const script = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url))
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [script, ...args])

  test('-- --json closes with one line for machines', async () => {
    const { stdout } = await run('--json', '--issued', '60')
    expect(JSON.parse(stdout)).toEqual({
      issued: 60,
      anchored: 60,
      valid: 60,
      revoked: 12,
      attacks: expectedCodes,
      gasPerCredential: expect.any(Number) as number,
      secondsPerStage: expect.objectContaining({ verify: expect.any(Number) as number }) as object,
    })
  })

  test.each([
    ['a language that it does not speak', ['--lang', 'de']],
    ['fewer certificates than bodies', ['--issued', '59']],
    ['a number that is none', ['--issued', 'many']],
    ['an option that it does not have', ['--fast']],
  ])('refuses %s with 64', async (_, args) => {
    await expect(run(...args)).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('Usage') as string,
    })
  })
})

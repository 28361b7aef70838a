import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { atLeast, atMost, measurements, show, tableOf } from '../../../scripts/bench/report.ts'

const script = fileURLToPath(new URL('../../../scripts/bench.ts', import.meta.url))
const run = (...args: string[]) => promisify(execFile)(process.execPath, [script, ...args])

const result = {
  bench: 'baking',
  node: '24.0.0',
  results: measurements(
    new Map([
      ['us', 50],
      ['oven', 100],
    ]),
    'oven',
  ),
  checks: [atLeast('us, of the oven', 0.75, 0.5)],
}

describe('npm run bench', () => {
  test.each([[[]], [['sleep']], [['gas', 'merkle']]])(
    'refuses %j with the names that there are',
    async (args) => {
      await expect(run(...args)).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining('verify|bundle|merkle|issue') as string,
      })
    },
  )

  test('gas --json closes with one line for machines', async () => {
    const { stdout } = await run('gas', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      bench: 'gas',
      node: process.versions.node,
      results: expect.arrayContaining([
        expect.objectContaining({ name: 'issue: Livret anchor(root)' }),
      ]) as unknown,
      checks: expect.arrayContaining([
        expect.objectContaining({ target: 60_000, holds: true }),
      ]) as unknown,
    })
  })
})

describe('the report', () => {
  afterEach(() => {
    process.exitCode = undefined
    vi.restoreAllMocks()
  })

  test('compares with the limit, the fastest first', () => {
    expect(result.results).toEqual([
      { name: 'oven', opsPerSecond: 100, ratioToLimit: 1 },
      { name: 'us', opsPerSecond: 50, ratioToLimit: 0.5 },
    ])
  })

  test.each([
    ['reached', atLeast('x', 2, 2), true],
    ['missed', atLeast('x', 2, 1.999), false],
    ['kept within', atMost('x', 2, 2), true],
    ['exceeded', atMost('x', 2, 2.001), false],
    ['not measured', atLeast('x', 2, Number.NaN), false],
  ])('a target %s: %o', (_, check, holds) => {
    expect(check.holds).toBe(holds)
  })

  test('shows people which promise is broken', () => {
    expect(tableOf(result)).toMatch(/BROKEN\s+0\.5 of 0\.75\s+us, of the oven, at least/)
  })

  test.each([
    [true, 1],
    [false, undefined],
  ])('a broken promise ends the process badly if strict (%s)', (strict, code) => {
    vi.spyOn(console, 'log').mockReturnValue()
    show(result, { json: true, strict })
    expect(process.exitCode).toBe(code)
  })
})

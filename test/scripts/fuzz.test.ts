import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editJson, jsonEdit, type JsonEdit } from '../../scripts/fuzz/edit-json.ts'
import { fuzz } from '../../scripts/fuzz/fuzz.ts'
import { askedOf, holdJwsToLaws, type Asked } from '../../scripts/fuzz/laws.ts'
import { openStand } from '../../scripts/hostile/stand.ts'
import type { Report } from '#sdk'

const stand = await openStand()

test('no change of a good token breaks a law', async () => {
  let count = 0
  const onCase = () => {
    count += 1
  }
  await fuzz(stand, { runs: 1_500, onCase })
  expect(count).toBe(1_500)
})

describe('fuzzing finds a verifier that', () => {
  const real = askedOf(stand, false)
  const spoiled = (spoil: (report: Report) => Report): Asked => ({
    verifyCredential: async (text) => spoil(await real.verifyCredential(text)),
    verifyPresentation: async (text) => (await real.verifyPresentation(text)).map(spoil),
  })
  const withCode = (report: Report, code: string): Report => ({
    ...report,
    checks: report.checks.map((check) => ({ ...check, code })),
  })

  test.each<[string, Asked, RegExp]>([
    ['accepts all', spoiled((report) => ({ ...report, verdict: 'valid' })), /nobody signed it/],
    ['knows other codes', spoiled((report) => withCode(report, 'OTHER')), /ends in OTHER/],
    ['stumbles', spoiled((report) => withCode(report, 'INTERNAL')), /ends in INTERNAL/],
    [
      'crashes',
      { ...real, verifyCredential: () => Promise.reject(new TypeError('crashed')) },
      /crashed/,
    ],
  ])('%s', async (_, asked, problem) => {
    const error: unknown = await fuzz(stand, { runs: 200, asked }).catch((cause: unknown) => cause)
    expect(((error as Error).cause as Error).message).toMatch(problem)
  })

  test('accepts a JWS that it should not', async () => {
    await expect(holdJwsToLaws(stand.tokens.vcJwt, stand, false)).rejects.toThrow('verifyJws')
  })
})

describe('editJson', () => {
  const document = { a: 1, b: [2, { c: 3 }] }
  const edit = (act: JsonEdit['act'], at: number): JsonEdit => ({ at, act, name: 'x', value: 9 })

  test.each<[JsonEdit['act'], number, string]>([
    ['set', 0, '9'],
    ['set', 1, '{"a":9,"b":[2,{"c":3}]}'],
    ['set', 5, '{"a":1,"b":[2,{"c":9}]}'],
    ['set', 6, '9'],
    ['delete', 0, ''],
    ['delete', 2, '{"a":1}'],
    ['delete', 3, '{"a":1,"b":[{"c":3}]}'],
    ['wrap', 1, '{"a":[1,9],"b":[2,{"c":3}]}'],
    ['rename', 1, '{"x":1,"b":[2,{"c":3}]}'],
    ['add', 4, '{"a":1,"b":[2,{"c":3,"x":9}]}'],
    ['twice', 1, '{"a":1,"b":[2,{"x":9,"c":3}]}'],
  ])('%s at %d', (act, at, text) => {
    expect(editJson(document, [edit(act, at)])).toBe(text)
  })

  test('never crashes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(jsonEdit), (value, edits) => {
        expect(typeof editJson(value, edits)).toBe('string')
      }),
    )
  })
})

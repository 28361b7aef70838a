import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxJsonDepth, maxJsonValues, readJson, readJsonBytes } from '../../../sdk/lib/json.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const listOf = (length: number) => `[${Array<number>(length).fill(1).join()}]`
const objectOf = (length: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length }, (_, i) => [String(i), i])))

describe('readJson', () => {
  test('reads what JSON.stringify writes', () => {
    // A key __proto__ is refused, and -0 is written as 0.
    const values = fc.json({ maxDepth: 6 }).filter((text) => !text.includes('__proto__'))
    fc.assert(
      fc.property(values, (text) => {
        expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown })
      }),
    )
  })

  test('finds a member that stands twice, wherever it is', () => {
    const member = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__')
    fc.assert(
      fc.property(member, fc.jsonValue(), fc.jsonValue(), (name, first, second) => {
        const key = JSON.stringify(name)
        const twice = `{"a":[{${key}:${JSON.stringify(first)},${key}:${JSON.stringify(second)}}]}`
        fc.pre(!twice.includes('__proto__'))
        expect(readJson(twice).problem).toBe('a member stands twice')
      }),
    )
  })

  test.each([
    ['twice in other letters', '{"a":1,"\\u0061":2}', 'a member stands twice'],
    ['twice beside colons in strings', '{"a:":":","a:":"\\":"}', 'a member stands twice'],
    ['the prototype', '{"__proto__":{"iss":"x"}}', 'a forbidden member'],
    ['65 levels', nested(maxJsonDepth + 1), 'nested too deeply'],
    ['100,000 levels', nested(100_000), 'nested too deeply'],
    ['more items than a list may have', listOf(maxJsonValues + 1), 'too many values'],
    ['more members than there may be', objectOf(maxJsonValues + 1), 'too many values'],
    ['as many empty lists', `[${'[],'.repeat(maxJsonValues)}[]]`, 'too many values'],
    ['half a pair', '["\\ud83d"]', 'a lone surrogate'],
    ['the other half, in capitals', '{"a":[{"b":"x\\uDE00"}]}', 'a lone surrogate'],
    ['the halves in the wrong order', '["\\ude00\\ud83d"]', 'a lone surrogate'],
    ['half a pair in a name', '{"\\ud83d":1}', 'a lone surrogate'],
    ['half a pair as it is', '["\ud83d"]', 'a lone surrogate'],
    ['a number beyond all doubles', '{"a":[1e400]}', 'a number out of range'],
    ['one below them', '-1e400', 'a number out of range'],
    ['a byte order mark', '\uFEFF{}', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['two values', '{}{}', 'not JSON'],
    ['a comment', '{/**/}', 'not JSON'],
    ['a trailing comma', '{"a":1,}', 'not JSON'],
    ['NaN', '{"exp":NaN}', 'not JSON'],
  ])('refuses %s', (_, text, problem) => {
    expect(readJson(text)).toEqual({ problem })
  })

  test.each([
    ['64 levels', nested(maxJsonDepth)],
    ['the longest list', listOf(maxJsonValues)],
    ['the largest object', objectOf(maxJsonValues)],
    ['both halves of a pair, escaped', '{"\\ud83d\\ude00":"\\uD83D\\uDE00"}'],
    ['an escape that is escaped itself', '["\\\\ud83d"]'],
    ['the largest number', '[1.7976931348623157e308,-1.7976931348623157e308,5e-324]'],
    ['one name on two levels', '{"a":{"a":1}}'],
    ['one name in two objects', '[{"a":1},{"a":2}]'],
    ['colons, quotes and backslashes in strings', '{"\\\\":"\\\\","\\"a\\":":"\\\\\\":"}'],
  ])('reads %s', (_, text) => {
    expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown })
  })
})

describe('readJsonBytes', () => {
  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('refuses %s', (_, bytes) => {
    expect(readJsonBytes(Uint8Array.from(bytes))).toEqual({ problem: 'not UTF-8' })
  })

  test('refuses a byte order mark', () => {
    expect(readJsonBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)).problem).toBe('not JSON')
  })
})

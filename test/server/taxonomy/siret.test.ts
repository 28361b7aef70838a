import { readFileSync, existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSiret } from '../../../server/taxonomy/siret.ts'

const vectors = new URL('../../../../shared/data/vectors/siret.json', import.meta.url)

describe('isSiret', () => {
  test.skipIf(!existsSync(vectors))('agrees with the vectors of ../shared/data', () => {
    const groups = JSON.parse(readFileSync(vectors, 'utf8')) as Record<string, string[]>
    for (const siret of [...groups['valid_luhn']!, ...groups['valid_la_poste']!]) {
      expect([siret, isSiret(siret)]).toEqual([siret, true])
    }
    for (const siret of groups['invalid']!) expect([siret, isSiret(siret)]).toEqual([siret, false])
  })

  test.each([
    ['one that Luhn accepts', '73282932000074', true],
    ['another check digit', '73282932000075', false],
    ['of La Poste, by the sum of its digits', '35600000009075', true],
    ['of La Poste, by neither sum', '35600000009090', false],
    ['by the sum of its digits, but not of La Poste', '50000000000000', false],
    ['thirteen digits', '7328293200007', false],
    ['fifteen digits', '732829320000740', false],
    ['letters', '7328293200007A', false],
    ['a blank before it', '\t73282932000074', false],
    ['digits of another script', '٧٣٢٨٢٩٣٢٠٠٠٠٧٤', false],
    ['nothing but zeros', '00000000000000', false],
    ['nothing', '', false],
  ])('%s', (_, text, expected) => {
    expect(isSiret(text)).toBe(expected)
  })

  test('notices every single wrong digit', () => {
    const change = fc.record({
      at: fc.integer({ min: 0, max: 13 }),
      by: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(change, ({ at, by }) => {
        const digits = Array.from('73282932000074', Number)
        digits[at] = (digits[at]! + by) % 10
        expect(isSiret(digits.join(''))).toBe(false)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listSize, windowOrder, windowSize } from '../../../server/store/window-order.ts'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)

describe('windowOrder', () => {
  test('hands out every entry of the window once, and no other', () => {
    const windows = fc.integer({ min: 0, max: listSize / windowSize - 1 })
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(seeds, windows, (key, window) => {
        const sorted = windowOrder(key, window).toSorted()
        expect(sorted).toEqual(
          Uint32Array.from({ length: windowSize }, (_, i) => window * windowSize + i),
        )
      }),
      { numRuns: 20 },
    )
  })

  test('is the same for the same seed, in every process and version', () => {
    expect([...windowOrder(seed, 0).slice(0, 4)]).toMatchInlineSnapshot(`
      [
        1945,
        115,
        1468,
        526,
      ]
    `)
  })

  test('differs between seeds', () => {
    expect(windowOrder(seed, 0)).not.toEqual(windowOrder(seed.toReversed(), 0))
  })

  test('differs between windows by more than the shift', () => {
    const next = windowOrder(seed, 1).map((index) => index - windowSize)
    expect(windowOrder(seed, 0)).not.toEqual(next)
  })

  test('puts entries anywhere with the same chance', () => {
    const places = Array.from({ length: 400 }, (_, i) => {
      const key = Uint8Array.from({ length: 32 }, (_, j) => (i >> (8 * j)) & 255)
      return windowOrder(key, 0).indexOf(7)
    })
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length
    expect(Math.abs(mean - windowSize / 2)).toBeLessThan(150)
  })
})

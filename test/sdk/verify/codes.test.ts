import { describe, expect, test } from 'vitest'
import { refusals } from '../../../sdk/formats/refusal.ts'
import { checkCodes, isCheckCode } from '../../../sdk/verify/codes.ts'
import { en } from '../../../sdk/verify/texts/en.ts'
import { placeholdersOf } from '../../../sdk/verify/texts/fill.ts'
import { fr } from '../../../sdk/verify/texts/fr.ts'

const codes = Object.keys(checkCodes).filter(isCheckCode)

describe('checkCodes', () => {
  test.each(codes)('%s has a sentence in French and one in English', (code) => {
    expect(en[code]).toMatch(/^[A-ZÀ-Þ{].*[.]$/u)
    expect(fr[code]).toMatch(/^[A-ZÀ-Þ{].*[.]$/u)
    expect(fr[code]).not.toBe(en[code])
  })

  test.each(codes)('%s says the same in both languages, from its own facts only', (code) => {
    const names: readonly string[] = checkCodes[code].facts
    const used = new Set(placeholdersOf(en[code]))

    expect(new Set(placeholdersOf(fr[code]))).toEqual(used)
    expect([...used].filter((name) => !names.includes(name))).toEqual([])
  })

  test('holds no sentence for a code that does not exist', () => {
    expect(Object.keys(en).toSorted()).toEqual(codes.toSorted())
    expect(Object.keys(fr).toSorted()).toEqual(codes.toSorted())
  })

  // What hangs on a context that is not there may be good: whoever has the context can tell.
  const open = 'CONTEXT_UNAVAILABLE'
  test.each(refusals)('has an answer for every token that is refused: %s', (refusal) => {
    const status = refusal === open ? 'undecided' : 'failed'
    expect(checkCodes).toHaveProperty(refusal, expect.objectContaining({ status }))
  })

  test('does not take an inherited member for a code', () => {
    expect(isCheckCode('toString')).toBe(false)
  })
})

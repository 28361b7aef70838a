import { describe, expect, test } from 'vitest'
import { checkValidity, signingTimeOf } from '../../../../sdk/verify/checks/validity.ts'

const at = (date: string) => Date.parse(date) / 1000
const noon = at('2026-03-12T12:00:00Z')

type Verification = Parameters<typeof checkValidity>[0]

const verification = (times: object, credential: object, now = noon) =>
  ({
    now,
    policy: { clockSkewSeconds: 60 },
    decoded: { ...times, credential },
  }) as unknown as Verification

describe('checkValidity', () => {
  test.each([
    ['IN_PERIOD', {}, {}],
    ['IN_PERIOD', {}, { validFrom: '2026-03-12T12:00:00Z' }],
    ['IN_PERIOD', {}, { validFrom: '2026-03-12T12:01:00Z' }],
    ['NOT_YET_VALID', {}, { validFrom: '2026-03-12T12:01:01Z' }],
    ['NOT_YET_VALID', {}, { validFrom: '2026-03-12T11:02:00-01:00' }],
    ['IN_PERIOD', {}, { validUntil: '2026-03-12T11:59:01Z' }],
    ['EXPIRED', {}, { validUntil: '2026-03-12T11:59:00Z' }],
    ['NOT_YET_VALID', { signedAt: noon + 61 }, {}],
    ['NOT_YET_VALID', { notBefore: noon + 61 }, {}],
    ['NOT_YET_VALID', { notBefore: noon + 61 }, { validFrom: '2026-03-12T11:00:00Z' }],
    ['IN_PERIOD', { notBefore: noon + 60 }, {}],
    ['EXPIRED', { expiresAt: noon - 60 }, {}],
    ['EXPIRED', { expiresAt: noon - 60 }, { validUntil: '2030-01-01T00:00:00Z' }],
    ['EXPIRED', {}, { validFrom: '1950-01-01T00:00:00Z', validUntil: '1960-01-01T00:00:00Z' }],
  ])('%s for %j, %j', (code, times, credential) => {
    expect(checkValidity(verification(times, credential)).code).toBe(code)
  })
})

describe('signingTimeOf', () => {
  test('is iat, else validFrom, else unknown', () => {
    const credential = { validFrom: '2026-03-12T12:00:00Z' }
    expect(signingTimeOf(verification({ signedAt: 5 }, credential))).toBe(5)
    expect(signingTimeOf(verification({}, credential))).toBe(noon)
    expect(signingTimeOf(verification({}, {}))).toBeUndefined()
  })
})

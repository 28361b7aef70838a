import { describe, expect, test } from 'vitest'
import type { IssuerState, KeyState } from '../../../sdk/chain/source.ts'
import { Address } from '../../../sdk/model/primitives.ts'
import { judgeKey } from '../../../sdk/trust/judge-key.ts'

const account = Address.parse('0x' + '1'.repeat(40))
const bindings = [
  { account, from: 10, until: 50, annulled: true },
  { account, from: 50, until: 9999, annulled: false },
]
const issuer: IssuerState = { sponsor: account, custodian: account, bindings }
const key: KeyState = { registeredAt: 100, retiredAt: 0, compromisedSince: 0, binding: 1 }

describe('judgeKey', () => {
  test.each<[string, Partial<KeyState>, number, object]>([
    ['from its registration on', {}, 100, { good: true }],
    ['not before', {}, 99, { good: false, reason: 'not-yet', since: 100 }],
    ['until it is retired', { retiredAt: 200 }, 199, { good: true }],
    ['not from then on', { retiredAt: 200 }, 200, { good: false, reason: 'retired', since: 200 }],
    ['until it is compromised', { compromisedSince: 150 }, 149, { good: true }],
    [
      'not from then on',
      { compromisedSince: 150 },
      150,
      { good: false, reason: 'compromised', since: 150 },
    ],
    [
      'never, if compromised from the beginning',
      { compromisedSince: 1 },
      100,
      { good: false, reason: 'compromised', since: 1 },
    ],
    [
      'with the compromise as the reason, if retired before it',
      { retiredAt: 120, compromisedSince: 150 },
      160,
      { good: false, reason: 'compromised', since: 150 },
    ],
    [
      'never, if reported and not registered',
      { registeredAt: 0, compromisedSince: 50 },
      100,
      { good: false, reason: 'compromised', since: 50 },
    ],
    ['never, if not registered', { registeredAt: 0 }, 100, { good: false, reason: 'unknown' }],
    [
      'never, if registered by a squatter',
      { binding: 0 },
      100,
      { good: false, reason: 'binding-annulled' },
    ],
    ['never, if registered by nobody', { binding: 2 }, 100, { good: false, reason: 'unknown' }],
    [
      'never, at a time that is none',
      {},
      Number.NaN,
      { good: false, reason: 'not-yet', since: 100 },
    ],
  ])('a key is good %s: %o at %d', (_, change, time, expected) => {
    expect(judgeKey({ ...key, ...change }, issuer, time)).toEqual(expected)
  })

  test('a key that the chain does not know is not good', () => {
    expect(judgeKey(undefined, issuer, 100)).toEqual({ good: false, reason: 'unknown' })
  })

  test('a key of an issuer that the chain does not know is not good', () => {
    expect(judgeKey(key, undefined, 100)).toEqual({ good: false, reason: 'unknown' })
  })
})

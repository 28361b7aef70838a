import { describe, expect, test } from 'vitest'
import type { IssuerState } from '../../../sdk/chain/source.ts'
import { Address } from '../../../sdk/model/primitives.ts'
import { judgeBinding } from '../../../sdk/trust/judge-binding.ts'

const squatter = Address.parse('0x' + '1'.repeat(40))
const first = Address.parse('0x' + '2'.repeat(40))
const second = Address.parse('0x' + '3'.repeat(40))
const issuer: IssuerState = {
  sponsor: first,
  custodian: first,
  bindings: [
    { account: squatter, from: 10, until: 20, annulled: true },
    { account: first, from: 20, until: 30, annulled: false },
    { account: second, from: 40, until: 50, annulled: false },
  ],
}

describe('judgeBinding', () => {
  test.each([
    [9, { bound: false, reason: 'not-yet' }],
    [10, { bound: false, reason: 'annulled' }],
    [19, { bound: false, reason: 'annulled' }],
    [20, { bound: true, account: first }],
    [29, { bound: true, account: first }],
    [30, { bound: false, reason: 'released' }],
    [40, { bound: true, account: second }],
    [50, { bound: false, reason: 'released' }],
    [Number.NaN, { bound: false, reason: 'not-yet' }],
  ])('says who spoke for the issuer at %d', (time, expected) => {
    expect(judgeBinding(issuer, time)).toEqual(expected)
  })

  test('knows nobody for an issuer that was never confirmed', () => {
    const expected = { bound: false, reason: 'unknown' }
    expect(judgeBinding(undefined, 20)).toEqual(expected)
    expect(judgeBinding({ ...issuer, bindings: [] }, 20)).toEqual(expected)
  })
})

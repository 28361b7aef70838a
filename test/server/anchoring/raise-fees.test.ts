import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { raiseFees } from '../../../server/anchoring/raise-fees.ts'

const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({
  maxFeePerGas,
  maxPriorityFeePerGas,
})

describe('raiseFees', () => {
  test('offers an eighth more than before', () => {
    expect(raiseFees(fees(800n, 80n), fees(1n, 1n), 10_000n)).toEqual(fees(900n, 90n))
  })

  test('offers what is usual today, if that is more', () => {
    expect(raiseFees(fees(800n, 80n), fees(5_000n, 700n), 10_000n)).toEqual(fees(5_000n, 700n))
  })

  test('goes up to the cap while that is a tenth more', () => {
    expect(raiseFees(fees(800n, 80n), fees(5_000n, 700n), 880n)).toEqual(fees(880n, 700n))
    expect(raiseFees(fees(800n, 80n), fees(5_000n, 700n), 879n)).toBeUndefined()
  })

  test('always offers what a node takes as a replacement, and never more than the cap', () => {
    const wei = fc.bigInt({ min: 0n, max: 10n ** 13n })
    fc.assert(
      fc.property(wei, wei, wei, wei, wei, (fee, tip, currentFee, currentTip, cap) => {
        const offered = fees(fee + tip, tip)
        const raised = raiseFees(offered, fees(currentFee + currentTip, currentTip), cap)
        if (raised === undefined) return
        expect(raised.maxFeePerGas * 10n).toBeGreaterThanOrEqual(offered.maxFeePerGas * 11n)
        expect(raised.maxPriorityFeePerGas * 10n).toBeGreaterThanOrEqual(tip * 11n)
        expect(raised.maxFeePerGas).toBeLessThanOrEqual(cap)
        expect(raised.maxPriorityFeePerGas).toBeLessThanOrEqual(raised.maxFeePerGas)
      }),
    )
  })
})

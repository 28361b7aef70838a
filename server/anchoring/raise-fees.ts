import type { Fees } from '../context.ts'

/**
 * What to offer in place of `offered`, for a transaction that nobody mines: today's fees, and at least
 * an eighth more on both, since nodes refuse a replacement that pays less than 10 % more. Undefined if
 * that would be more than `cap`.
 */
export function raiseFees(offered: Fees, current: Fees, cap: bigint): Fees | undefined {
  const least = {
    maxFeePerGas: plusTenth(offered.maxFeePerGas),
    maxPriorityFeePerGas: plusTenth(offered.maxPriorityFeePerGas),
  }
  if (least.maxFeePerGas > cap) return undefined
  const raised = {
    maxFeePerGas: larger(plusEighth(offered.maxFeePerGas), current.maxFeePerGas),
    maxPriorityFeePerGas: larger(
      plusEighth(offered.maxPriorityFeePerGas),
      current.maxPriorityFeePerGas,
    ),
  }
  const maxFeePerGas = smaller(larger(raised.maxFeePerGas, raised.maxPriorityFeePerGas), cap)
  const maxPriorityFeePerGas = smaller(raised.maxPriorityFeePerGas, maxFeePerGas)
  return maxPriorityFeePerGas < least.maxPriorityFeePerGas
    ? undefined
    : { maxFeePerGas, maxPriorityFeePerGas }
}

/** Rounded up, as everything here: a wei too little is refused. */
function plusTenth(wei: bigint): bigint {
  return (wei * 11n + 9n) / 10n
}

function plusEighth(wei: bigint): bigint {
  return (wei * 9n + 7n) / 8n
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

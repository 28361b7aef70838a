import type { Finality, Seconds } from '#sdk'
import type { Chain, Config } from '../context.ts'

/** How long it takes at the most, if nothing is amiss, until a credential signed now counts on a chain. */
export function secondsUntilAnchored(
  { pin, limits }: Pick<Chain, 'pin' | 'limits'>,
  { batchSeconds }: Pick<Config, 'batchSeconds'>,
): Seconds {
  const sending = limits.stuckSeconds + 2 * limits.pollSeconds
  return batchSeconds + sending + secondsUntilFinal(pin.finality)
}

/** Two epochs and some for Ethereum; where blocks are counted, none takes longer than 15 seconds. */
function secondsUntilFinal(finality: Finality): Seconds {
  if (finality === 'finalized') return 1_200
  return finality === 'safe' ? 600 : finality.confirmations * 15
}

/**
 * The least that leaving a trace on an EVM chain costs: one new slot and one event, for anybody.
 *
 * @module
 */
import type { Meter } from './meter.ts'
import { freshHashes, nth, type GasRow } from './rows.ts'

/**
 * `trace(bytes32 root)`: stores the block's time under `root`, and logs (caller, root).
 * TIMESTAMP, root, SSTORE; CALLER, root, nothing, LOG2; STOP. Before it what copies it into place.
 */
const bytecode = '0x600d8060095f395ff3' + '4260043555' + '336004355f5fa2' + '00'

/** What everything else is compared with; the same for anchoring and for revoking. */
export async function measureFloor(meter: Meter): Promise<number> {
  const floor = await meter.deployCode(['function trace(bytes32)'], bytecode, [])
  return meter.gasOf(nth(meter.accounts, 0), floor, 'trace', [nth(freshHashes(1), 0)])
}

/** The floor as a row that serves `credentials`. */
export function floorRow(gas: number, act: string, credentials: number): GasRow {
  return { name: `${act}: floor (one slot, one event, anybody)`, gas, credentials }
}

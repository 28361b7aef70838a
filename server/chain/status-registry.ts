import { statusRegistryAbi } from '#sdk'
import { Interface } from 'ethers'
import { z } from 'zod'

const registry = new Interface(statusRegistryAbi)

/** Call data for a view of the StatusRegistry that answers one word; all registries have `nonces`. */
export function encodeStatusCall(
  view: 'isOperator' | 'suspensionsOf' | 'nonces',
  values: readonly unknown[],
): string {
  return registry.encodeFunctionData(view, values)
}

/** A word that a call answered, as a number. */
export const word = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, 'expected one word')
  .transform(BigInt)

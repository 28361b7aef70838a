import { readFile } from 'node:fs/promises'
import { ChainPin, parse, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import type { Chain } from '../context.ts'
import { createChain } from './chain.ts'
import { readCheckpointKey } from './checkpoint-key-file.ts'

const seconds = z.int().check(z.positive())

/** One chain of the file that `LIVRET_CHAINS` names. */
const ConfiguredChain = z.strictObject({
  pin: ChainPin,
  /** The most that is ever offered for a unit of gas. */
  maxFeePerGasGwei: z.optional(z.number().check(z.positive())),
  /** When a transaction that is not mined is sent again with a higher fee. */
  stuckSeconds: z.optional(seconds),
  /** How often to look at what is not final yet. */
  pollSeconds: z.optional(seconds),
  /** A file with the private JWK that vouches for final blocks; the public one is in `pin.checkpointKeys`. */
  checkpointKeyFile: z.optional(z.string()),
})
const ConfiguredChains = z.array(ConfiguredChain).check(
  z.minLength(1, 'expected at least one chain'),
  z.maxLength(16),
  z.refine(
    (chains) => new Set(chains.map(({ pin }) => pin.chainId)).size === chains.length,
    'a chainId stands twice',
  ),
  z.refine((chains) => chains.every(({ pin }) => pin.rpc.length > 0), 'a pin names no rpc'),
)

/** Reads the chains that the operator configured. Throws INPUT_INVALID naming what is wrong. */
export async function readConfiguredChains(file: string): Promise<readonly Chain[]> {
  const configured = parse(ConfiguredChains, await readJson(file), file)
  return Promise.all(
    configured.map(async ({ pin, maxFeePerGasGwei, checkpointKeyFile, ...limits }) =>
      createChain(pin, {
        ...(checkpointKeyFile !== undefined && {
          checkpointer: await readCheckpointKey(checkpointKeyFile, pin),
        }),
        limits: {
          ...definedOf(limits),
          ...(maxFeePerGasGwei !== undefined && {
            maxFeePerGas: BigInt(Math.round(maxFeePerGasGwei * 1e9)),
          }),
        },
      }),
    ),
  )
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    const problems = [cause instanceof Error ? cause.message : String(cause)]
    throw new RegistryError('INPUT_INVALID', { input: 'LIVRET_CHAINS', problems }, { cause })
  }
}

function definedOf({
  stuckSeconds,
  pollSeconds,
}: Pick<z.infer<typeof ConfiguredChain>, 'stuckSeconds' | 'pollSeconds'>) {
  return {
    ...(stuckSeconds !== undefined && { stuckSeconds }),
    ...(pollSeconds !== undefined && { pollSeconds }),
  }
}

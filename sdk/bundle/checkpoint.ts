/**
 * Checkpoints: somebody whom verifiers name in their policy says that a block is final, for those who cannot ask.
 *
 * A checkpoint is a compact JWS of the type `livret-checkpoint+jwt` over
 * `{"chainId","creationBlock","hash","iat","number"}`. It names the block in which the registries were created, so that
 * one of a chain that was reset says nothing about the new one.
 *
 * @module
 */
import * as z from 'zod/mini'
import { splitJws } from '../formats/jws.ts'
import { signJws } from '../formats/sign-jws.ts'
import type { Signer } from '../formats/signer.ts'
import { verifyJws } from '../formats/verify-jws.ts'
import { readJsonBytes } from '../lib/json.ts'
import type { ChainPin } from '../model/policy.ts'
import { Hash, type Seconds } from '../model/primitives.ts'

const typ = 'livret-checkpoint+jwt'

const Claims = z.strictObject({
  chainId: z.int(),
  creationBlock: Hash,
  number: z.int().check(z.nonnegative()),
  hash: Hash,
  iat: z.int().check(z.nonnegative()),
})

/** A block that is said to be final. */
export interface Checkpoint {
  number: number
  hash: Hash
  /** When it was said, in Unix seconds. */
  issuedAt: Seconds
}

/**
 * Says that a block of `pin`'s chain is final.
 *
 * @param signer - Whose public key verifiers have among the `checkpointKeys` of the chain's pin.
 */
export function signCheckpoint(
  { number, hash, issuedAt }: Checkpoint,
  { chainId, creationBlock }: Pick<ChainPin, 'chainId' | 'creationBlock'>,
  signer: Signer,
): Promise<string> {
  const claims = { chainId, creationBlock: creationBlock.hash, hash, iat: issuedAt, number }
  return signJws({ typ }, claims, signer)
}

/**
 * Reads a checkpoint and verifies it.
 *
 * @returns `undefined` unless it is about the pinned chain and signed with one of the keys that the pin names.
 */
export async function openCheckpoint(text: string, pin: ChainPin): Promise<Checkpoint | undefined> {
  const checkpoint = readCheckpoint(text, pin)
  if (checkpoint === undefined) return undefined
  const keys = pin.checkpointKeys ?? []
  const signed = await Promise.all(keys.map((key) => verifyJws(text, key)))
  return signed.includes(true) ? checkpoint : undefined
}

/** What a checkpoint of the chain says, without knowing whose word it is; `undefined` if it is none. */
export function readCheckpoint(
  text: string,
  { chainId, creationBlock }: Pick<ChainPin, 'chainId' | 'creationBlock'>,
): Checkpoint | undefined {
  const claims = claimsOf(text)
  const isOfChain = claims?.chainId === chainId && claims.creationBlock === creationBlock.hash
  if (!isOfChain) return undefined
  const { number, hash, iat } = claims
  return { number, hash, issuedAt: iat }
}

function claimsOf(text: string): z.infer<typeof Claims> | undefined {
  try {
    const jws = splitJws(text)
    return jws.typ === typ ? Claims.safeParse(readJsonBytes(jws.payload).value).data : undefined
  } catch {
    return undefined // Whatever is wrong with it, it is no checkpoint.
  }
}

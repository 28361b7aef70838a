/**
 * The constants of the way from a credential to an anchored leaf. Changing one is a new version of it.
 *
 * @module
 */
import { keccak_256 } from '@noble/hashes/sha3.js'

const ascii = new TextEncoder()

/** Length of a hash in bytes. */
export const hashLength = 32

/** What the message of a commitment starts with, before the format and the digest. */
export const commitmentDomain = 'livret:commitment:v1'

/**
 * The same for the commitment by which a signed report names a credential: another construction than the one that is
 * anchored, so that a report and its salt are never a receipt's.
 */
export const reportDomain = 'livret:report:v1'

/** First member of a leaf's tuple, so that a leaf of ours is never one of somebody else's tree. */
export const leafTag: Uint8Array = keccak_256(ascii.encode('livret:leaf:v1'))

/** The fewest leaves of a batch, decoys included: a small batch would tell how few were issued. */
export const smallestBatch = 8

/** The most leaves of a batch. */
export const largestBatch = 2 ** 21

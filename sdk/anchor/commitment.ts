/**
 * From a credential to the leaf of a batch.
 *
 * A plain hash of a certificate can be guessed (few names, few diplomas), so a secret salt hides it:
 *
 * ```
 * digest     = SHA-256 of what was signed
 * commitment = HMAC-SHA-256(salt, "livret:commitment:v1" || 0x00 || format || 0x00 || digest)
 * leaf       = keccak256(keccak256(keccak256("livret:leaf:v1") || commitment))
 * ```
 *
 * @module
 */
import { hmacSha256, sha256 } from '#crypto'
import { RegistryError } from '../errors.ts'
import type { DecodedCredential } from '../formats/decoded.ts'
import { concatBytes, toHash, utf8 } from '../lib/bytes.ts'
import { Format } from '../model/format.ts'
import type { Hash } from '../model/primitives.ts'
import { commitmentDomain } from './constants.ts'
import { hashLeaves } from './keccak.ts'
import { packHashes } from './pack.ts'

const prefixOf = new Map(
  Format.options.map((format) => [format, utf8(`${commitmentDomain}\0${format}\0`)]),
)

/**
 * The digest of what was signed.
 *
 * @param text - The credential: a compact JWS, or an SD-JWT of which the part before the first `~` counts
 *   (its `_sd` digests commit the disclosures).
 * @returns 32 bytes.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `MALFORMED` if the text is not ASCII, or
 *   `FORMAT_UNKNOWN` for `ldp_vc`, whose digest is that of its canonical form: {@link digestOf}.
 */
export function credentialDigest(format: Format, text: string): Uint8Array {
  if (format === 'ldp_vc') throw refused('FORMAT_UNKNOWN', 'an ldp_vc has no digest of its text')
  const signed = format === 'dc+sd-jwt' ? beforeDisclosures(text) : text
  const bytes = utf8(signed)
  if (bytes.length !== signed.length) throw refused('MALFORMED', 'the token is not ASCII')
  return sha256(bytes)
}

/**
 * The digest of a credential that was read, in any format: for tokens that of {@link credentialDigest}, for
 * an `ldp_vc` SHA-256 of `hashData || proofValue`.
 *
 * @returns 32 bytes.
 */
export function digestOf({
  format,
  text,
  bytes,
  signingInput,
  signature,
}: Pick<
  DecodedCredential,
  'format' | 'text' | 'bytes' | 'signingInput' | 'signature'
>): Uint8Array {
  if (bytes !== undefined) return sha256(bytes)
  return format === 'ldp_vc'
    ? sha256(concatBytes(signingInput, signature))
    : credentialDigest(format, text)
}

/**
 * Commits to a credential without giving it away.
 *
 * @param salt - 32 random bytes, kept in the receipt; another one for each format of an award.
 * @param digest - From {@link digestOf} or {@link credentialDigest}.
 */
export function commitmentOf(salt: Hash, format: Format, digest: Uint8Array): Hash {
  return toHash(commitmentBytes(salt, format, digest))
}

/** {@link commitmentOf} as 32 bytes. */
export function commitmentBytes(salt: Hash, format: Format, digest: Uint8Array): Uint8Array {
  const prefix = prefixOf.get(format) ?? new Uint8Array()
  return hmacSha256(packHashes([salt]), concatBytes(prefix, digest))
}

/**
 * The leaf that stands for a commitment in a batch; OpenZeppelin's `StandardMerkleTree` makes the same
 * of the tuple `[bytes32 leafTag, bytes32 commitment]`.
 */
export function leafOf(commitment: Hash): Hash {
  return toHash(hashLeaves(packHashes([commitment])))
}

/**
 * The leaves of many commitments at once, for `buildBatchTree`.
 *
 * @param commitments - Hashes, or 32 bytes for each in one array.
 * @returns 32 bytes for each, in the same order.
 */
export function leavesOf(commitments: readonly Hash[] | Uint8Array): Uint8Array<ArrayBuffer> {
  return hashLeaves(commitments instanceof Uint8Array ? commitments : packHashes(commitments))
}

function beforeDisclosures(text: string): string {
  const end = text.indexOf('~')
  return end === -1 ? text : text.slice(0, end)
}

function refused(code: string, reason: string): RegistryError {
  return new RegistryError('TOKEN_INVALID', { code, reason })
}

/**
 * IETF Token Status Lists (draft-ietf-oauth-status-list), made from the words on chain: for each entry
 * two bits that say valid, invalid (revoked, for good) or suspended. Entry 0 is in the lowest bits of
 * byte 0: the other way round than in a bitstring of W3C.
 *
 * @module
 */
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import type { DecodedCredential } from '../formats/decoded.ts'
import { decodeJws, secondsOf } from '../formats/jws.ts'
import { keyUrlOf } from '../formats/kid.ts'
import { readClaims } from '../formats/read-claims.ts'
import { signJws } from '../formats/sign-jws.ts'
import type { Signer } from '../formats/signer.ts'
import { fromBase64url, toBase64url } from '../lib/base64url.ts'
import { Did, type Seconds, Url } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'
import type { StatusPurpose } from '../model/status-entry.ts'
import { bitsOfWords, isEntrySet, longestList } from './bitstring.ts'
import { compress, expand } from './compress.ts'
import { blockUrn, chainStateType, readBlockUrn, type StatusList } from './status-list.ts'

/** Media type and `typ` of a list (section 5.1). */
export const tokenStatusListType = 'statuslist+jwt'

/** What an entry says (section 7.1); further values are an application's own. */
const statusValues = { valid: 0, revocation: 1, suspension: 2 } as const

/** What a served list is made of. */
export interface TokenStatusListInput {
  /** Where it is served: `uri` of the credentials in it. */
  url: Url
  issuer: Did
  /** Words of both maps on chain, by position; those left out are zero. */
  revoked: Iterable<readonly [position: number, word: bigint]>
  suspended: Iterable<readonly [position: number, word: bigint]>
  /** The blocks that the words were read at. */
  blocks: readonly BlockRef[]
  /** `iat`: when it is signed. */
  signedAt: Seconds
  /** `exp`: from when on it must not be used any more. */
  expiresAt: Seconds
  /** `ttl`: seconds after which a fresh copy should be fetched. */
  ttl: Seconds
}

/**
 * Makes and signs the list. It names the blocks that it was read at, as a Bitstring status list does.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for words that are none.
 */
export async function signTokenStatusList(
  { url, issuer, revoked, suspended, blocks, signedAt, expiresAt, ttl }: TokenStatusListInput,
  signer: Signer,
): Promise<string> {
  const statuses = packStatuses(bitsOfWords(revoked), bitsOfWords(suspended))
  const lst = toBase64url(await compress(statuses, 'deflate'))
  const evidence = blocks.map((block) => ({ id: blockUrn(block), type: chainStateType }))
  const times = { iat: signedAt, exp: expiresAt, ttl }
  const claims = { iss: issuer, sub: url, ...times, status_list: { bits: 2, lst }, evidence }
  return signJws({ typ: tokenStatusListType }, claims, signer)
}

/** Two bits for each entry; what is revoked stays revoked, suspended or not. */
function packStatuses(revoked: Uint8Array, suspended: Uint8Array): Uint8Array {
  const packed = new Uint8Array(revoked.length * 2)
  const set = (bits: Uint8Array, value: number) => {
    bits.forEach((byte, at) => {
      if (byte === 0) return
      for (let index = 8 * at; index < 8 * at + 8; index++) {
        const place = index >> 2
        const shift = (index & 3) * 2
        const isFree = (((packed[place] ?? 0) >> shift) & 3) === statusValues.valid
        if (isFree && isEntrySet(bits, index))
          packed[place] = (packed[place] ?? 0) | (value << shift)
      }
    })
  }
  set(revoked, statusValues.revocation)
  set(suspended, statusValues.suspension)
  return packed
}

const Claims = z.looseObject({
  iss: z.optional(z.string()),
  sub: Url,
  iat: z.number(),
  ttl: z.optional(z.number().check(z.positive())),
  status_list: z.looseObject({
    bits: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]),
    lst: z.string(),
  }),
  evidence: z.optional(z.array(z.looseObject({ id: z.string(), type: z.string() }))),
})

/** A list that was read, not verified. */
export interface DecodedTokenStatusList extends Pick<
  DecodedCredential,
  'issuer' | 'kid' | 'algorithm' | 'signingInput' | 'signature' | 'signedAt' | 'expiresAt'
> {
  /** `sub`: where it says that it is served. */
  url: Url
  /** As the list writes it. */
  status: TokenStatuses
  /** The blocks that it says it was read at; none if another made it. */
  blocks: StatusList['blocks']
}

/** `status_list` (section 4.2). */
export interface TokenStatuses {
  bits: 1 | 2 | 4 | 8
  lst: string
}

/**
 * Reads a list (section 5.1).
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes of `decodeJws`, `STATUS_LIST_MALFORMED` for
 *   another `typ` or no issuer, `ISSUER_MISMATCH` if `iss` is not the DID of `kid`, or
 *   `CREDENTIAL_MALFORMED`.
 */
export function decodeTokenStatusList(text: string): DecodedTokenStatusList {
  const { typ, kid, payload, algorithm, signingInput, signature } = decodeJws(text)
  if (typ !== tokenStatusListType) throw malformed(`typ: expected ${tokenStatusListType}`)
  const {
    iss,
    sub,
    iat,
    status_list: status,
    evidence,
  } = readClaims(Claims, payload, 'CREDENTIAL_MALFORMED')
  const issuer = Did.safeParse(iss ?? kid?.split('#', 1)[0])
  if (!issuer.success) throw malformed('iss: expected a DID')
  const expiresAt = secondsOf(payload, 'exp', 'CREDENTIAL_MALFORMED')
  const states = (evidence ?? []).filter(({ type }) => type === chainStateType)
  return {
    issuer: issuer.data,
    kid: keyUrlOf(kid, issuer.data, 'ISSUER_MISMATCH'),
    algorithm,
    signingInput,
    signature,
    url: sub,
    signedAt: Math.floor(iat),
    ...(expiresAt !== undefined && { expiresAt }),
    status,
    blocks: states.map(({ id }) => readBlockUrn(id)),
  }
}

/**
 * Expands a list.
 *
 * @returns The status of an entry: 0 valid, 1 invalid, 2 suspended, others an application's own. It
 *   throws `TOKEN_INVALID` with `STATUS_LIST_MALFORMED` beyond the end of the list.
 * @throws {@link RegistryError} the same if the list is not zlib, or expands to more than 2 MB.
 */
export async function expandStatuses({
  bits,
  lst,
}: TokenStatuses): Promise<(index: number) => number> {
  const compressed = fromBase64url(lst)
  if (compressed === undefined) throw malformed('lst is not base64url')
  const bytes = await expand(compressed, 'deflate', longestList).catch((cause: unknown) => {
    throw malformed('lst is not zlib, or expands to more than 2 MB', cause)
  })
  return (index) => {
    const at = index * bits
    const byte = bytes[Math.floor(at / 8)]
    if (byte === undefined) throw malformed(`it has no entry ${index}`)
    return (byte >> (at % 8)) & (2 ** bits - 1)
  }
}

/** Whether an entry's status is what `purpose` is about; one that nobody here knows counts as both. */
export function isStatusSet(status: number, purpose: StatusPurpose): boolean {
  if (status === statusValues.valid) return false
  const isKnown = status === statusValues.revocation || status === statusValues.suspension
  return !isKnown || status === statusValues[purpose]
}

function malformed(reason: string, cause?: unknown): RegistryError {
  const code = 'STATUS_LIST_MALFORMED'
  return new RegistryError('TOKEN_INVALID', { code, reason: `status list: ${reason}` }, { cause })
}

/**
 * Status lists as W3C Bitstring Status List v1.0 wants them served, made from the words on chain.
 *
 * @module
 */
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import { vocabulary } from '../model/contexts.ts'
import { credentialsV2, type Credential, type CredentialDocument } from '../model/credential.ts'
import { oneOrMany } from '../model/one-or-many.ts'
import { Hash, type Did, type Seconds, type Url } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'
import type { StatusPurpose } from '../model/status-entry.ts'
import { bitsOfWords, decodeBitstring, encodeBitstring } from './bitstring.ts'

/** Type of the evidence that names a block whose words a list holds. An address, so it needs no context. */
export const chainStateType = `${vocabulary}ChainState`

/** What a served list is made of. */
export interface StatusListInput {
  /** Where it is served: the `statusListCredential` of its entries. */
  url: Url
  issuer: Did
  purpose: StatusPurpose
  /** Words of the one map that the purpose is about, by position; those left out are zero. */
  words: Iterable<readonly [position: number, word: bigint]>
  /** The blocks that the words were read at; one for each chain, at least one. */
  blocks: readonly BlockRef[]
  /** First second in which the list must not be used any more. */
  validUntil?: Seconds
}

/** What a served list says. */
export interface StatusList {
  /** What its bits mean. */
  purposes: readonly string[]
  /** At least 131,072 entries; read with `isEntrySet` and `wordOfBits`. */
  bits: Uint8Array
  /** The blocks that it says it was read at; none if another made it. */
  blocks: readonly Pick<BlockRef, 'chainId' | 'number' | 'hash'>[]
}

/**
 * Makes the unsigned `BitstringStatusListCredential` of a list on chain. It is valid from the time of the oldest
 * of its blocks on, and names them as evidence, so that a verifier can hold list and chain together.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if there is no block; what `bitsOfWords` throws.
 */
export async function makeStatusList({
  url,
  issuer,
  purpose,
  words,
  blocks,
  validUntil,
}: StatusListInput): Promise<CredentialDocument> {
  if (blocks.length === 0) {
    throw new RegistryError('INPUT_INVALID', { input: 'status list', problems: ['no block'] })
  }
  return {
    '@context': [credentialsV2],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: dateTimeOf(Math.min(...blocks.map(({ timestamp }) => timestamp))),
    ...(validUntil !== undefined && { validUntil: dateTimeOf(validUntil) }),
    evidence: blocks.map((block) => ({ id: blockUrn(block), type: chainStateType })),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: await encodeBitstring(bitsOfWords(words)),
    },
  }
}

/** Section 3.1 of the standard, as far as reading needs it. */
const Subject = z.looseObject({
  type: oneOrMany(z.string()).check(z.refine((types) => types.includes('BitstringStatusList'))),
  statusPurpose: oneOrMany(z.string()),
  encodedList: z.string(),
})

/**
 * Reads a status list credential whose signature was verified before.
 *
 * @param credential - From `decodeCredential`. Whether it is still valid, and whose it is, are other questions.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `STATUS_LIST_MALFORMED` if it is none, or as
 *   `decodeBitstring`.
 */
export async function readStatusList(credential: Credential): Promise<StatusList> {
  const { type, credentialSubject, evidence } = credential
  const [first, second] = credentialSubject
  if (!type.includes('BitstringStatusListCredential') || second !== undefined) {
    throw malformed('expected a BitstringStatusListCredential about one list')
  }
  const subject = Subject.safeParse(first)
  if (!subject.success) throw malformed('its subject is not a BitstringStatusList')
  const states = (evidence ?? []).filter((each) => each.type.includes(chainStateType))
  return {
    purposes: subject.data.statusPurpose,
    bits: await decodeBitstring(subject.data.encodedList),
    blocks: states.map(({ id }) => readBlockUrn(id)),
  }
}

/** Names a block: `urn:livret:block:<chain id>:<number>:<hash>`. */
export function blockUrn({ chainId, number, hash }: BlockRef): string {
  return `urn:livret:block:${chainId}:${number}:${hash}`
}

/** The block that {@link blockUrn} names. Throws as `readStatusList`. */
export function readBlockUrn(urn = ''): StatusList['blocks'][number] {
  const parts = /^urn:livret:block:(\d{1,15}):(\d{1,15}):(0x[0-9a-f]{64})$/.exec(urn)
  const [, chainId, number, hash] = parts ?? []
  if (hash === undefined) throw malformed('it names a block that is none')
  return { chainId: Number(chainId), number: Number(number), hash: Hash.parse(hash) }
}

function dateTimeOf(time: Seconds): string {
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z')
}

function malformed(reason: string): RegistryError {
  const code = 'STATUS_LIST_MALFORMED'
  return new RegistryError('TOKEN_INVALID', { code, reason: `status list: ${reason}` })
}

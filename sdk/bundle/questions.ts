import type { DecodedCredential } from '../formats/decoded.ts'
import { issuerIdOf } from '../chain/issuer-id.ts'
import { jwkThumbprint } from '../crypto/thumbprint.ts'
import type { ChainPin } from '../model/policy.ts'
import type { Address, Hash } from '../model/primitives.ts'
import { readStatusEntries } from '../model/status-entry.ts'
import { onChainPlace } from '../status/own-place.ts'
import type { Bundle } from './bundle.ts'

/** What a verifier will ask a chain about one credential, beside its accreditations. */
export interface Questions {
  issuerId: Hash
  thumbprint: Hash
  /** Who may have anchored its root. */
  operators: readonly Address[]
  root: Hash
  /** Where its status stands; `undefined` if it does not say so. */
  status: { list: bigint; word: number } | undefined
}

/**
 * The questions follow from the credential and its receipt, so that a bundle cannot answer others.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` if the credential's status is malformed.
 */
export function questionsOf(
  { issuer, credential }: DecodedCredential,
  { issuerKey, anchors, root }: Bundle['receipt'],
  { chainId, anchorRegistry }: ChainPin,
): Questions {
  const onChain = onChainPlace(readStatusEntries(credential.credentialStatus ?? []), issuer)
  const here = anchors.filter(
    (anchor) => anchor.chainId === chainId && anchor.registry === anchorRegistry.address,
  )
  return {
    issuerId: issuerIdOf(issuer),
    thumbprint: jwkThumbprint(issuerKey),
    operators: here.map(({ operator }) => operator),
    root,
    status: onChain && { list: onChain.list, word: Math.floor(onChain.index / 256) },
  }
}

/**
 * What the reconciler calls on the registries.
 *
 * @module
 */
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  statusRegistryAbi,
  type Address,
  type ChainPin,
  type Hash,
  type PathLink,
} from '#sdk'
import { Interface } from 'ethers'
import type { IssuerAction, StoredAnchor } from '../context.ts'

/** A call as a transaction makes it. */
export interface Call {
  to: Address
  data: `0x${string}`
}

/** Entries of one status word; entry i of it is bit `255 - i`. */
export interface WordUpdate {
  word: number
  mask: bigint
}

export type StatusVerb = 'revoke' | 'suspend' | 'reinstate'

const accreditations = new Interface(accreditationRegistryAbi)
const anchors = new Interface(anchorRegistryAbi)
const statuses = new Interface(statusRegistryAbi)

/** Changes statuses. `counter` is the list's number of suspensions; a revocation needs none. */
export function statusCall(
  pin: ChainPin,
  verb: StatusVerb,
  issuerId: Hash,
  list: number,
  updates: readonly WordUpdate[],
  counter: bigint,
): Call {
  const values = verb === 'revoke' ? [issuerId, list, updates] : [issuerId, list, counter, updates]
  return { to: pin.statusRegistry.address, data: encode(statuses, verb, values) }
}

/** Relays what an issuer's account has signed. */
export function actionCall(
  pin: ChainPin,
  issuerId: Hash,
  { kind, target, deadline, signature, account }: IssuerAction & { account: Address },
): Call {
  if (kind === 'register-key') {
    const values = [account, issuerId, target, deadline, signature]
    const data = encode(accreditations, 'registerKeyFor', values)
    return { to: pin.accreditationRegistry.address, data }
  }
  const values = [account, issuerId, target, true, deadline, signature]
  return { to: pin.statusRegistry.address, data: encode(statuses, 'setOperatorFor', values) }
}

/** Anchors batches. `path` leads from the operator's right up to the authority. */
export function anchorCall(
  pin: ChainPin,
  batches: readonly Pick<StoredAnchor, 'root' | 'leafCount'>[],
  path: readonly PathLink[],
): Call {
  const values = [batches.map(({ root, leafCount }) => ({ root, leafCount })), path]
  return { to: pin.anchorRegistry.address, data: encode(anchors, 'anchorMany', values) }
}

function encode(registry: Interface, name: string, values: readonly unknown[]): `0x${string}` {
  return `0x${registry.encodeFunctionData(name, values).slice(2)}`
}

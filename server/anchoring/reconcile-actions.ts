/**
 * What issuers' accounts have signed for a chain: their keys, and who may change statuses for them.
 *
 * @module
 */
import {
  Address,
  Hash,
  issuerIdOf,
  judgeBinding,
  type ChainView,
  type Did,
  type Seconds,
} from '#sdk'
import type { IssuerAction } from '../context.ts'
import { isSigned, signAction } from '../issuing/sign-action.ts'
import { alarm } from './alarm.ts'
import type { Reconciling } from './reconciling.ts'
import { actionCall } from './registry-calls.ts'
import { sendTransaction } from './send-transaction.ts'

type Action = IssuerAction & { did: Did; account: Address }

/** Transactions in one pass: a block holds several times as many. */
const relayLimit = 64
/** A message must be good for so long yet: it may wait for fees to fall. */
const relaySeconds: Seconds = 3_600

/** Marks the actions that the final block shows. */
export async function markActions(reconciling: Reconciling): Promise<void> {
  const { store, chain, final } = reconciling
  const open = await store.issuers.openActions(chain.pin.chainId)
  const there = await Promise.all(open.map((action) => isThere(reconciling, final, action)))
  for (const [i, { id }] of open.entries()) if (there[i]) await store.issuers.actionFinal(id)
}

/**
 * Relays what is missing. Nobody is confirmed by this: an account whose issuer no sponsor has bound to it
 * yet has to wait. Answers whether a transaction was sent.
 */
export async function sendActions(reconciling: Reconciling): Promise<boolean> {
  const { store, chain, latest } = reconciling
  const open = await store.issuers.openActions(chain.pin.chainId)
  const isMissing = await Promise.all(
    open.map(async (action) => {
      const [bound, there] = await Promise.all([
        isBound(latest, action),
        isThere(reconciling, latest, action),
      ])
      return bound && !there
    }),
  )
  // A registry takes an account's messages one after the other: of several, the next one waits for a block.
  const byNonce = Map.groupBy(
    open.filter((_, i) => isMissing[i]),
    ({ account, kind }) => `${account} ${kind}`,
  )
  let isSent = false
  for (const [first] of [...byNonce.values()].slice(0, relayLimit)) {
    if (first !== undefined && (await relay(reconciling, first))) isSent = true
  }
  return isSent
}

async function relay(reconciling: Reconciling, action: Action): Promise<boolean> {
  const { chain } = reconciling
  if (!isSigned(action, chain.pin)) {
    const { kind, issuer } = action
    alarm(reconciling, 'issuer action not signed', { chain: chain.pin.name, kind, issuer })
    return false
  }
  const call = actionCall(
    chain.pin,
    issuerIdOf(action.did),
    await signedInTime(reconciling, action),
  )
  return sendTransaction(reconciling, 'issuer-actions', call)
}

/** The action, signed again if its nonce is used up or its deadline is near. */
async function signedInTime(reconciling: Reconciling, action: Action): Promise<Action> {
  const { store, keys, chain, latest, now } = reconciling
  const { accreditationRegistry, statusRegistry } = chain.pin
  const { id, kind, account, issuer, did } = action
  const registry = kind === 'register-key' ? accreditationRegistry : statusRegistry
  const nonce = await chain.client.messagesOf(registry.address, account)
  const time = Math.max(latest.block.timestamp, Math.floor(now().getTime() / 1000))
  if (nonce === action.nonce && action.deadline - time > relaySeconds) return action

  const owned = await store.issuers.keysOf(issuer)
  const signer = await keys.account(owned.account)
  const signed = await signAction(signer, did, chain.pin, action, nonce, new Date(time * 1000))
  await store.issuers.signedAgain(id, signed)
  return { ...action, ...signed }
}

async function isBound(view: ChainView, { did, account }: Action): Promise<boolean> {
  const issuer = await view.issuerOf(issuerIdOf(did))
  const binding = judgeBinding(issuer, view.block.timestamp)
  return binding.bound && binding.account === account
}

/** A key that has ended on the chain is there, too: it never comes back. */
async function isThere(
  { chain }: Reconciling,
  view: ChainView,
  { kind, did, target }: Action,
): Promise<boolean> {
  const issuerId = issuerIdOf(did)
  if (kind === 'set-operator') {
    return chain.client.isOperator(issuerId, Address.parse(target), view.block.number)
  }
  return (await view.keyOf(issuerId, Hash.parse(target))) !== undefined
}

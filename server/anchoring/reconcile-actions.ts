/**
 * What issuers' accounts have signed for a chain: their keys, and who may change statuses for them.
 *
 * @module
 */
import { Address, Hash, issuerIdOf, judgeBinding, type ChainView, type Did } from '#sdk'
import type { IssuerAction } from '../context.ts'
import { alarm } from './alarm.ts'
import type { Reconciling } from './reconciling.ts'
import { actionCall } from './registry-calls.ts'
import { sendTransaction } from './send-transaction.ts'

type Action = IssuerAction & { did: Did; account: Address }

/** Marks the actions that the final block shows. */
export async function markActions(reconciling: Reconciling): Promise<void> {
  const { store, chain, final } = reconciling
  const open = await store.issuers.openActions(chain.pin.chainId)
  const there = await Promise.all(open.map((action) => isThere(reconciling, final, action)))
  for (const [i, { id }] of open.entries()) if (there[i]) await store.issuers.actionFinal(id)
}

/**
 * Relays the first action that is missing. Nobody is confirmed by this: an account whose issuer no
 * sponsor has bound to it yet has to wait. Answers whether a transaction was sent.
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
      return bound && !there && !isExpired(reconciling, action)
    }),
  )
  for (const action of open.filter((_, i) => isMissing[i])) {
    const call = actionCall(chain.pin, issuerIdOf(action.did), action)
    if (await sendTransaction(reconciling, 'issuer-actions', call)) return true
  }
  return false
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

function isExpired(reconciling: Reconciling, action: Action): boolean {
  const { now, chain } = reconciling
  if (now().getTime() / 1000 <= action.deadline) return false
  const { kind, issuer } = action
  alarm(reconciling, 'issuer action expired', { chain: chain.pin.name, kind, issuer })
  return true
}

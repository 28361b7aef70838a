/**
 * Status words: what should be set on the chain, and what is.
 *
 * @module
 */
import { entryMask, issuerIdOf, wordPosition, type Hash } from '#sdk'
import type { StatusChange } from '../context.ts'
import type { Reconciling } from './reconciling.ts'
import { statusCall, type StatusVerb, type WordUpdate } from './registry-calls.ts'
import { sendTransaction } from './send-transaction.ts'
import { isSet } from './status-words.ts'

interface Pending extends StatusChange {
  issuerId: Hash
}

/** Words in one transaction: far below what a block can hold. */
const wordLimit = 128

/** Revocations first: they are what somebody may be waiting for. */
const verbs = ['revoke', 'suspend', 'reinstate'] as const

/** Marks the wishes that the final block shows, if nothing later on the chain undoes them. */
export async function markStatuses(reconciling: Reconciling): Promise<void> {
  const { store, chain, final, latest } = reconciling
  const pending = await pendingOf(reconciling)
  const isDone = await Promise.all(
    pending.map(async (wish) => {
      const [there, newest] = await Promise.all([isThere(final, wish), isThere(latest, wish)])
      return there && newest
    }),
  )
  const done = pending.filter((_, i) => isDone[i]).map(({ id }) => id)
  await store.statuses.done(chain.pin.chainId, done)
}

/** Sends the first of the words that differ. Answers whether a transaction was sent. */
export async function sendStatuses(reconciling: Reconciling): Promise<boolean> {
  const { latest } = reconciling
  const pending = await pendingOf(reconciling)
  const isDone = await Promise.all(pending.map((wish) => isThere(latest, wish)))
  const missing = pending.filter((_, i) => !isDone[i])
  for (const verb of verbs) {
    const wishes = missing.filter((wish) => verbOf(wish) === verb)
    const byList = Map.groupBy(wishes, ({ issuerId, list }) => `${issuerId}/${String(list)}`)
    for (const group of byList.values()) if (await send(reconciling, verb, group)) return true
  }
  return false
}

async function send(
  reconciling: Reconciling,
  verb: StatusVerb,
  group: readonly Pending[],
): Promise<boolean> {
  const { chain, latest, operator } = reconciling
  const [first] = group
  if (first === undefined) return false
  const { issuerId, list } = first
  const { client, pin } = chain
  // Not yet: the issuer's own signature, which names the operator, is relayed once it is confirmed.
  if (!(await client.isOperator(issuerId, operator.address, latest.block.number))) return false
  const counter = verb === 'revoke' ? 0n : await client.suspensionsOf(issuerId, list)
  const call = statusCall(pin, verb, issuerId, list, updatesOf(group), counter)
  return sendTransaction(reconciling, 'status', call)
}

async function pendingOf({ store, chain }: Reconciling): Promise<readonly Pending[]> {
  const pending = await store.statuses.pending(chain.pin.chainId)
  return pending.map((change) => ({ ...change, issuerId: issuerIdOf(change.did) }))
}

async function isThere(view: Reconciling['final'], wish: Pending): Promise<boolean> {
  const word = await view.statusOf(wish.issuerId, BigInt(wish.list), wordPosition(wish.index))
  return isSet(word, wish) === wish.value
}

function verbOf({ purpose, value }: StatusChange): StatusVerb {
  if (purpose === 'revocation') return 'revoke'
  return value ? 'suspend' : 'reinstate'
}

function updatesOf(wishes: readonly Pending[]): readonly WordUpdate[] {
  return [...Map.groupBy(wishes, ({ index }) => wordPosition(index))]
    .slice(0, wordLimit)
    .map(([word, own]) => ({
      word,
      mask: own.reduce((mask, wish) => mask | entryMask(wish.index), 0n),
    }))
}

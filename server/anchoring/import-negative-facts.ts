import { issuerIdOf, type Hash } from '#sdk'
import type { Issuer, StatusChange, StatusEvent } from '../context.ts'
import { alarm } from './alarm.ts'
import type { Reconciling } from './reconciling.ts'
import { indexesOf, isSet } from './status-words.ts'

type Needs = Omit<Reconciling, 'latest' | 'operator'>
type NewChange = Omit<StatusChange, 'id'>

/**
 * Takes over revocations and suspensions that are final on the chain and that nobody here asked for (an
 * issuer's custodian did, or a store that was restored forgot): a negative fact always wins.
 *
 * @param otherChains - Where they are to be done, too.
 */
export async function importNegativeFacts(
  needs: Needs,
  otherChains: readonly number[],
): Promise<void> {
  const { store, chain, final } = needs
  const { chainId, creationBlock, name } = chain.pin
  const to = final.block.number
  const from = Math.max(creationBlock.number, (await store.chains.importedBlock(chainId)) + 1)
  if (from > to) return

  const events = await foreign(needs, await chain.client.statusEvents(from, final.block))
  const changes = events.length === 0 ? [] : await unknown(needs, events)
  await store.chains.imported(chainId, to, changes, otherChains)
  for (const [issuer, own] of Map.groupBy(changes, (change) => change.issuer)) {
    alarm(needs, 'statuses changed on the chain', { chain: name, issuer, changes: own.length, to })
  }
}

/** Negative events that no transaction of this store has caused. */
async function foreign({ store }: Needs, events: readonly StatusEvent[]): Promise<StatusEvent[]> {
  const negative = events.filter(({ kind }) => kind !== 'reinstated')
  const own = new Set<Hash>()
  for (const hash of new Set(negative.map(({ transaction }) => transaction))) {
    if (await store.transactions.isOwn(hash)) own.add(hash)
  }
  return negative.filter(({ transaction }) => !own.has(transaction))
}

/** The changes of this store's issuers that still hold, and that are not wanted here anyway. */
async function unknown(
  { store, chain, final }: Needs,
  events: readonly StatusEvent[],
): Promise<NewChange[]> {
  const issuers = new Map(
    (await store.issuers.list()).map((issuer) => [issuerIdOf(issuer.did), issuer] as const),
  )
  const changes = new Map<string, NewChange>()
  for (const { kind, issuerId, list, word, mask } of events) {
    const issuer = issuers.get(issuerId)
    if (issuer === undefined) continue
    const purpose = kind === 'revoked' ? 'revocation' : 'suspension'
    const held = await final.statusOf(issuerId, BigInt(list), word)
    for (const index of indexesOf(word, mask)) {
      if (!isSet(held, { index, purpose })) continue
      const key = `${issuer.id} ${String(list)} ${String(index)} ${purpose}`
      changes.set(key, changeOf(issuer, { list, index, purpose }, chain.pin.chainId))
    }
  }
  const wanted = await Promise.all(
    [...changes.values()].map(({ issuer, ...entry }) => store.statuses.wanted(issuer, entry)),
  )
  return [...changes.values()].filter(({ purpose }, i) => wanted[i]?.[purpose] !== true)
}

function changeOf(
  issuer: Issuer,
  entry: Pick<NewChange, 'list' | 'index' | 'purpose'>,
  chainId: number,
): NewChange {
  return { issuer: issuer.id, ...entry, value: true, origin: `chain:${String(chainId)}` }
}

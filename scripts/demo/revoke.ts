import { gasOf, type Issuer } from './accredit.ts'
import { statusList } from './certificates.ts'
import type { Chain } from './chain.ts'
import type { Given } from './give-certificates.ts'
import type { Registries, StatusUpdate } from './registries.ts'

/** Lets each issuer revoke its own among `given`, in one call; says how much gas it took. */
export async function revokeAll(
  chain: Chain,
  { revoke }: Registries,
  given: readonly Given[],
): Promise<number> {
  const indexes = Map.groupBy(given, ({ award }) => award.issuer)
  const calls = [...indexes].map(([issuer, own]) => callOf(issuer, own))
  return gasOf(await chain.send(calls))

  function callOf({ account, issuerId }: Issuer, own: readonly Given[]) {
    const updates = wordsOf(own.map(({ award }) => award.statusIndex))
    return revoke(account, issuerId, statusList, updates)
  }
}

/** Entry i is bit `255 - i % 256` of word `i / 256`. */
function wordsOf(indexes: readonly number[]): readonly StatusUpdate[] {
  return [...Map.groupBy(indexes, (index) => Math.floor(index / 256))].map(([word, own]) => ({
    word,
    mask: own.reduce((mask, index) => mask | (1n << BigInt(255 - (index % 256))), 0n),
  }))
}

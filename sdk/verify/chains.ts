/**
 * The chains of a policy, as they answer now.
 *
 * @module
 */
import type { ChainSource, ChainView } from '../chain/source.ts'
import { isRegistryError } from '../errors.ts'
import type { ChainPin } from '../model/policy.ts'
import type { Check, CheckName } from '../model/report.ts'
import { answer } from './check.ts'

/** Errors that are about a chain. */
const troubles = ['CHAIN_UNREACHABLE', 'CHAIN_MISMATCH', 'EVIDENCE_MISSING'] as const

/** Why a chain gave no answer. */
interface ChainTrouble {
  readonly code: (typeof troubles)[number]
  readonly reason: string
}

/** A chain that answers. */
export interface SeenChain {
  readonly pin: ChainPin
  readonly view: ChainView
}

/** A chain that does not. */
export interface UnseenChain {
  readonly pin: ChainPin
  readonly trouble: ChainTrouble
}

/** What looking at all chains of a policy gave, in the policy's order. */
export interface ChainLooks {
  readonly seen: readonly SeenChain[]
  readonly unseen: readonly UnseenChain[]
}

/** Looks at all chains at once. Never rejects: a source that fails, however it does, is a silent chain. */
async function lookAtChains(sources: readonly (ChainSource | UnseenChain)[]): Promise<ChainLooks> {
  const looks = await Promise.all(
    sources.map(async (source) => {
      if ('trouble' in source) return source
      const { pin } = source
      try {
        return { pin, view: await source.view() }
      } catch (error) {
        return { pin, trouble: troubleOf(error) ?? unknownTrouble(error) }
      }
    }),
  )
  return sortLooks(looks)
}

/**
 * {@link lookAtChains}, again and again: as long as every chain shows the same view, it is the same
 * object, so that answers can be remembered by it.
 */
export function createLooker(
  sources: readonly (ChainSource | UnseenChain)[],
): () => Promise<ChainLooks> {
  let last: ChainLooks | undefined
  return async () => {
    const looks = await lookAtChains(sources)
    if (last === undefined || !isSameLook(last, looks)) last = looks
    return last
  }
}

function isSameLook(a: ChainLooks, b: ChainLooks): boolean {
  const isWhole = a.unseen.length + b.unseen.length === 0
  return isWhole && a.seen.every(({ view }, i) => view === b.seen[i]?.view)
}

/**
 * Asks every chain that answers; one that stops answering joins the unseen ones.
 *
 * @returns The answers in the policy's order, and who gave none.
 */
export async function askChains<T>(
  { seen, unseen }: ChainLooks,
  question: (chain: SeenChain) => Promise<T>,
): Promise<{ answers: readonly T[]; looks: ChainLooks }> {
  const asked = await Promise.all(
    seen.map(async (chain) => ({ chain, ...(await asTrouble(() => question(chain))) })),
  )
  const answers = asked.flatMap((each) => ('answer' in each ? [each.answer] : []))
  const silent = asked.flatMap((each) =>
    'trouble' in each ? [{ pin: each.chain.pin, trouble: each.trouble }] : [],
  )
  const stillSeen = asked.flatMap((each) => ('answer' in each ? [each.chain] : []))
  return { answers, looks: { seen: stillSeen, unseen: [...unseen, ...silent] } }
}

/** The answer of a check that a silent chain leaves undecided; `undefined` if all chains answer. */
export function chainTrouble(name: CheckName, { seen, unseen }: ChainLooks): Check | undefined {
  // A chain that is not the pinned one is worse than a silent one: the reader should see that first.
  const worst = unseen.find(({ trouble }) => trouble.code === 'CHAIN_MISMATCH') ?? unseen[0]
  if (worst === undefined) return undefined
  const { code, reason } = worst.trouble
  const chains = unseen.filter(({ trouble }) => trouble.code === code).map(({ pin }) => pin.name)
  const blocks = seen.map(({ view }) => view.block)
  return answer(name, code, { chains, reason }, blocks)
}

async function asTrouble<T>(
  question: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly trouble: ChainTrouble }> {
  try {
    return { answer: await question() }
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return { trouble }
  }
}

/** What an error says about a chain; `undefined` if it is not about one. */
function troubleOf(error: unknown): ChainTrouble | undefined {
  if (!isRegistryError(error)) return undefined
  const code = troubles.find((each) => each === error.code)
  return code && { code, reason: error.message }
}

function unknownTrouble(error: unknown): ChainTrouble {
  const reason = error instanceof Error ? error.message : 'unknown error'
  return { code: 'CHAIN_UNREACHABLE', reason }
}

function sortLooks(looks: readonly (SeenChain | UnseenChain)[]): ChainLooks {
  return {
    seen: looks.flatMap((look) => ('view' in look ? [look] : [])),
    unseen: looks.flatMap((look) => ('trouble' in look ? [look] : [])),
  }
}

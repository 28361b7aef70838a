/**
 * How far each chain is, and how far it is behind what the store wants there.
 *
 * @module
 */
import { isRegistryError, type ChainView, type Finality, type Seconds } from '#sdk'
import type { Chain, Context } from '../context.ts'
import { recently } from '../issuing/recent.ts'
import { recogniseChain } from './reconcile.ts'

/** A chain as whoever runs or trusts the server sees it. */
export interface ChainProgress {
  chainId: number
  name: string
  finality: Finality
  /**
   * - `settled`: it shows everything, for good;
   * - `behind`: something is not final there yet;
   * - `unreachable`: none of its nodes answers;
   * - `changed`: it is not the one it was, and left alone.
   */
  state: 'settled' | 'behind' | 'unreachable' | 'changed'
  /** The newest final block, and how old it is; undefined if it cannot be had. */
  finalBlock?: { number: number; ageSeconds: Seconds }
  /** The last block up to which negative facts were taken over. */
  importedBlock: number
  /** What is not final yet; for how long the oldest of it has waited. */
  roots: { open: number; oldestSeconds: Seconds }
  transactions: { open: number; oldestSeconds: Seconds }
  statuses: { open: number }
}

type Needs = Pick<Context, 'store' | 'chains' | 'now'>

/** So that asking a thousand times costs one look. */
const remember = recently<ChainProgress>(2)

/** Looks at every configured chain. Throws STORE_UNREACHABLE. */
export function chainProgress(context: Needs): Promise<readonly ChainProgress[]> {
  const { store, chains, now } = context
  return Promise.all(
    chains.map((chain) =>
      remember(store, String(chain.pin.chainId), now(), () => look(context, chain)),
    ),
  )
}

async function look({ store, now }: Needs, chain: Chain): Promise<ChainProgress> {
  const { chainId, name, finality } = chain.pin
  const [seen, backlog] = await Promise.all([view({ store }, chain), store.chains.backlog(chainId)])
  const ageOf = (time: number) => Math.max(0, Math.floor((now().getTime() - time) / 1000))
  const waiting = ({ open, since }: { open: number; since: Date | undefined }) => ({
    open,
    oldestSeconds: since === undefined ? 0 : ageOf(since.getTime()),
  })
  const { roots, transactions, statuses, importedBlock } = backlog
  const isSettled = roots.open + transactions.open + statuses.open === 0
  return {
    chainId,
    name,
    finality,
    state: typeof seen === 'string' ? seen : isSettled ? 'settled' : 'behind',
    ...(typeof seen !== 'string' && {
      finalBlock: { number: seen.block.number, ageSeconds: ageOf(seen.block.timestamp * 1000) },
    }),
    importedBlock,
    roots: waiting(roots),
    transactions: waiting(transactions),
    statuses,
  }
}

async function view(
  context: Pick<Context, 'store'>,
  chain: Chain,
): Promise<ChainView | 'unreachable' | 'changed'> {
  try {
    return await recogniseChain(context, chain)
  } catch (error) {
    if (!isRegistryError(error) || error.code === 'STORE_UNREACHABLE') throw error
    return error.code === 'CHAIN_UNREACHABLE' ? 'unreachable' : 'changed'
  }
}

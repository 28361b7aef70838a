import type { ChainView } from '../chain/source.ts'
import { RegistryError } from '../errors.ts'
import type { ChainPin } from '../model/policy.ts'
import type { Seconds } from '../model/primitives.ts'
import { bytesOf, malformed, type BundleChain } from './bundle.ts'
import { createBundleView } from './bundle-view.ts'
import { openCheckpoint } from './checkpoint.ts'
import { readHeader, type BlockHeader } from './header.ts'
import type { Questions } from './questions.ts'
import { readFacts } from './read-facts.ts'
import { seriesOf, type Series } from './record-series.ts'
import { createNodePool } from './trie.ts'

/** A chain as a bundle proves it. */
export interface ProvenChain {
  view: ChainView
  series: Series
}

/**
 * Proves what a bundle says about one chain: a block that the policy trusts, the accounts of the three registries in
 * its state, and every slot that the questions need.
 *
 * @param clockSkew - How much later than a checkpoint its block may be.
 * @throws {@link RegistryError} `EVIDENCE_MISSING` if something is not proven, or nobody whom the policy names vouches
 *   for the block; `TOKEN_INVALID` with the code `BUNDLE_MALFORMED` if something is not needed.
 */
export async function proveChain(
  chain: BundleChain,
  pin: ChainPin,
  questions: Questions,
  clockSkew: Seconds,
): Promise<ProvenChain> {
  const header = proven(pin, () => readHeader(bytesOf(chain.header)))
  const doubt = await doubtAbout(chain, header, pin, clockSkew)
  if (doubt !== undefined) throw evidenceMissing(pin, doubt)

  const pool = createNodePool(chain.nodes.map(bytesOf))
  const facts = proven(pin, () =>
    readFacts(pool, header.stateRoot, chain.accreditations, pin, questions),
  )
  if (pool.needed().length < chain.nodes.length)
    throw malformed(`${pin.name}: nodes that nothing needs`)
  const series = seriesOf(facts.named)
  if (series === undefined) throw malformed(`${pin.name}: a record that is not there`)
  return { series, view: createBundleView(pin, header, questions, facts) }
}

/** A chain about which a bundle does not say enough. */
export function evidenceMissing(
  { name }: Pick<ChainPin, 'name'>,
  reason: string,
  cause?: unknown,
): RegistryError<'EVIDENCE_MISSING'> {
  return new RegistryError('EVIDENCE_MISSING', { chain: name, reason }, { cause })
}

/** Why the block is not to be believed. */
async function doubtAbout(
  { checkpoint }: BundleChain,
  { number, hash, timestamp }: BlockHeader,
  pin: ChainPin,
  clockSkew: Seconds,
): Promise<string | undefined> {
  if (number < pin.creationBlock.number) return 'its block is older than the registries'
  if (checkpoint === undefined) {
    const pinned = pin.finalizedBlocks ?? []
    const isPinned = pinned.some((block) => block.hash === hash && block.number === number)
    return isPinned ? undefined : `the policy does not pin block ${number} with its hash`
  }
  const said = await openCheckpoint(checkpoint, pin)
  if (said === undefined) return 'its checkpoint is not signed by anybody whom the policy names'
  if (said.hash !== hash || said.number !== number) return 'its checkpoint is about another block'
  if (said.issuedAt < timestamp - clockSkew) return 'its checkpoint is older than its block'
  return undefined
}

/** What readers find missing or malformed is missing evidence. */
function proven<T>(pin: ChainPin, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw evidenceMissing(pin, error.message, error)
    throw error
  }
}

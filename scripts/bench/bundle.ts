/**
 * `npm run bench -- bundle`: bundles verified offline, and how many bytes one takes.
 *
 * A bundle of one chain: a certificate whose school is accredited over three links, anchored in a batch of 65,536, on a
 * registry that sixty other issuers use, as many as in the demo. It is verified from its text, each time from nothing: canonical form,
 * proofs, and every check. Beside it: the bare signature check (1.00), and verifying the credential alone with all
 * that the bundle proves at hand.
 *
 * @module
 */
import {
  createVerifier,
  makeBundle,
  openBundle,
  Policy,
  readBundle,
  verifyBundle,
  verifyJws,
  type Bundle,
} from '#sdk'
import { anchorAward, newSchool, signAward } from '../make-vectors/award.ts'
import { startTrustChain } from '../make-vectors/trust-chain.ts'
import { measure } from './measure.ts'
import { atMost, measurements, type BenchResult } from './report.ts'

/** Other issuers: each doubling makes the tries deeper, and a bundle a kilobyte or two longer. */
const neighbours = 60

/** What issue 5 wants of one chain's bundle. */
const mostBytes = 16_384

const limit = 'the bare signature check'

export async function run({ rounds = 7, turn = 300 } = {}): Promise<BenchResult> {
  const { text, policy, publicJwk } = await createFixture()
  const now = () => Date.parse('2026-01-05T12:00:00Z')
  const { credential, sources } = await openBundle(text, policy)
  const verifier = createVerifier({ policy, sources, now })
  await requireValid(verifyBundle(text, { policy, now }))
  const rates = await measure(
    [
      { name: limit, ops: 1, run: () => verifyJws(credential.credential, publicJwk) },
      { name: 'a bundle', ops: 1, run: () => verifyBundle(text, { policy, now }) },
      {
        name: 'its credential, once opened',
        ops: 1,
        run: () => verifier.verifyCredential(credential),
      },
    ],
    { rounds, turn, warmUp: 50 },
  )
  return {
    bench: 'bundle',
    node: process.versions.node,
    results: measurements(rates, limit),
    parts: partsOf(readBundle(text), text),
    checks: [atMost('bytes of a bundle for one chain', mostBytes, text.length)],
  }
}

async function createFixture() {
  const school = newSchool()
  const chain = await startTrustChain('bench', 31_337, school, neighbours)
  try {
    const award = await anchorAward(await signAward(school, chain.chain.now()), school, [chain])
    const finalizedBlocks = [await chain.newest()]
    const policy = Policy.parse({
      version: 1,
      chains: [{ ...chain.pin, finalizedBlocks }],
      maxStatusAgeSeconds: 86_400,
    })
    return {
      text: await makeBundle(award, [chain.toBundle()]),
      policy,
      publicJwk: school.publicJwk,
    }
  } finally {
    await chain.stop()
  }
}

async function requireValid(verifying: ReturnType<typeof verifyBundle>): Promise<void> {
  const { verdict, checks } = await verifying
  if (verdict !== 'valid') throw new Error(`bench: not valid: ${JSON.stringify(checks)}`)
}

/** Bytes of each part, as it is written in the bundle. */
function partsOf(
  { credential, receipt, chains }: Bundle,
  text: string,
): Readonly<Record<string, number>> {
  const [chain] = chains
  if (chain === undefined) throw new Error('bench: a bundle without a chain')
  const sizeOf = (part: unknown) => JSON.stringify(part).length
  const parts = {
    credential: sizeOf(credential),
    receipt: sizeOf(receipt),
    header: sizeOf(chain.header),
    'names of accreditations': sizeOf(chain.accreditations),
    [`${chain.nodes.length} trie nodes`]: sizeOf(chain.nodes),
  }
  const named = Object.values(parts).reduce((sum, size) => sum + size, 0)
  return { ...parts, 'names of members': text.length - named, 'all of it': text.length }
}

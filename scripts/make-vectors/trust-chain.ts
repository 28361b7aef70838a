/**
 * A chain on which a fictional school is accredited over three links: by a certifier, by a region, by the authority.
 *
 * @module
 */
import {
  createRpc,
  Did,
  failOver,
  Hash,
  issuerIdOf,
  jwkThumbprint,
  Scope,
  type Address,
  type BatchTree,
  type ChainPin,
  type ChainToBundle,
  type PublicJwk,
} from '#sdk'
import { z } from 'zod'
import { startChain, type Chain } from '../demo/chain.ts'
import { deployRegistries, type Grant, type Registries } from '../demo/registries.ts'
import { never } from '../demo/timeline.ts'

/** Who issues. */
export interface School {
  did: Did
  publicJwk: PublicJwk
}

/** A chain that trusts a school. */
export interface TrustChain {
  pin: ChainPin
  operator: Address
  chain: Chain
  /** Anchors a batch. */
  anchor: (tree: BatchTree) => Promise<void>
  /** Its newest block. */
  newest: () => Promise<{ number: number; hash: Hash }>
  /** The chain, for making bundles. */
  toBundle: () => ChainToBundle
  stop: () => Promise<void>
}

const Block = z.object({ number: z.string().transform(Number), hash: Hash })

const wide = Scope.parse('TrainingCertificate')
const narrow = Scope.parse('TrainingCertificate/RNCP34079')
const noScope = Scope.parse('')

/** First second of the chains. */
const beginning = Date.parse('2026-01-05T08:00:00Z') / 1000

/**
 * Starts a chain and accredits a school there.
 *
 * @param neighbours - How many other issuers there are, so that its tries are as deep as those of a registry in use.
 */
export async function startTrustChain(
  name: string,
  chainId: number,
  { did, publicJwk }: School,
  neighbours = 0,
): Promise<TrustChain> {
  const chain = await startChain(beginning)
  await chain.request('anvil_setChainId', [chainId])
  const authority = await chain.account('authority')
  const registries = await deployRegistries(chain, authority)
  const [region, certifier, school, operator] = await Promise.all(
    ['region', 'certifier', 'school', 'operator'].map(chain.account),
  )
  if (!region || !certifier || !school || !operator) throw new Error('an account is missing')

  const { accredit, confirmIssuer, registerKey } = registries
  const toAuthority = { accreditor: authority, number: 0, depth: 1 }
  const toRegion = { accreditor: region, number: 0, depth: 2 }
  const attesting: Grant = {
    subject: school,
    right: 'attest',
    scope: narrow,
    accreditor: certifier,
  }
  const anchoring: Grant = {
    subject: operator,
    right: 'anchor',
    scope: noScope,
    accreditor: authority,
  }
  const own = { accreditor: certifier, number: 0, depth: 2 }
  const path = [toRegion, toAuthority]
  const regional: Grant = { subject: region, right: 'accredit', scope: wide, accreditor: authority }
  const certifying: Grant = {
    subject: certifier,
    right: 'accredit',
    scope: narrow,
    accreditor: region,
  }
  await chain.send([accredit(anchoring, never, []), accredit(regional, never, [])])
  await chain.send([accredit(certifying, never, [toAuthority])])
  await chain.send([accredit(attesting, never, path)])
  const issuerId = issuerIdOf(did)
  await chain.send([confirmIssuer(issuerId, attesting, [own, ...path])])
  await chain.send([registerKey(school, issuerId, jwkThumbprint(publicJwk))])
  await settleIn(chain, registries, neighbours)

  return {
    chain,
    operator,
    pin: { ...registries.pin, name, rpc: [] },
    anchor: async ({ root, leafCount }) => {
      await chain.send([registries.anchor(operator, root, leafCount)])
    },
    newest: async () => Block.parse(await chain.request('eth_getBlockByNumber', ['latest', false])),
    toBundle: () => ({
      pin: { ...registries.pin, name },
      ask: failOver([{ url: chain.url, request: createRpc(chain.url) }], name),
    }),
    stop: chain.stop,
  }
}

/** Other issuers: each accredited, confirmed, with a key, a batch and a revocation. */
async function settleIn(chain: Chain, registries: Registries, count: number): Promise<void> {
  const { accredit, confirmIssuer, registerKey, revoke, pin } = registries
  for (let i = 0; i < count; i++) {
    const subject = await chain.account(`neighbour ${i}`)
    const issuerId = issuerIdOf(didOf(i))
    const grant: Grant = { subject, right: 'attest', scope: wide, accreditor: pin.authority }
    await chain.send([accredit(grant, never, []), confirmIssuer(issuerId, grant, [])])
    await chain.send([registerKey(subject, issuerId, issuerId)])
    await chain.send([revoke(subject, issuerId, 1n, [{ word: i % 512, mask: 1n }])])
  }
}

function didOf(i: number): Did {
  return Did.parse(`did:web:neighbour-${i}.example`)
}

/**
 * Certificates of real issuers, in one batch of 65,536 on a real chain, and a verifier that has seen
 * everything of that chain that it will be asked about.
 *
 * @module
 */
import type { KeyObject } from 'node:crypto'
import {
  signJwtVcJson,
  type AnchoredCredential,
  type ChainPin,
  type PublicJwk,
  type Verifier,
} from '#sdk'
import {
  accreditIssuers,
  accreditOperator,
  createIssuer,
  type Issuer,
} from '../../demo/accredit.ts'
import { anchorBatch, createBatch, handOut } from '../../demo/batch.ts'
import { createCertificate, planAwards, signAward, type Award } from '../../demo/certificates.ts'
import { startChain, type Chain } from '../../demo/chain.ts'
import { extract } from '../../demo/extract.ts'
import { createRandom } from '../../demo/random.ts'
import { deployRegistries, type Registries } from '../../demo/registries.ts'
import { secondPhase } from '../../demo/timeline.ts'
import { createDemoVerifier } from '../../demo/verify-all.ts'
import { createWorld } from '../../demo/world.ts'
import { algorithms, createKey, type BenchAlgorithm, type BenchKey } from './keys.ts'

/** What is verified with one algorithm. */
export interface Sample {
  algorithm: BenchAlgorithm
  did: string
  kid: string
  publicKey: KeyObject
  publicJwk: PublicJwk
  /** For Livret: with receipts of depth 16. */
  anchored: readonly AnchoredCredential[]
  /** The same certificates as VCDM 1.1, for did-jwt-vc. */
  legacy: readonly string[]
}

export interface Fixture {
  samples: readonly Sample[]
  /** Warm: it asks nobody anything any more. */
  verifier: Verifier
  /** The chain that everything is anchored on. */
  pin: ChainPin
  /** Ends the chain. */
  stop: () => Promise<void>
}

const leafCount = 2 ** 16

/** @param perAlgorithm - Certificates of each algorithm; by default more than a cache of a few would hold. */
export async function createFixture(perAlgorithm = 1_000): Promise<Fixture> {
  const chain = await startChain(secondPhase.accreditedAt)
  try {
    const authority = await chain.account('authority')
    const registries = await deployRegistries(chain, authority)
    const keyed = await createIssuers(chain, registries)
    await accreditIssuers(
      chain,
      registries,
      keyed.map(({ issuer }) => issuer),
    )
    const samples = await anchor(chain, registries, keyed, perAlgorithm)
    const verifier = createDemoVerifier(chain, registries)
    for (const { anchored } of samples) await warmUp(verifier, anchored)
    return { samples, verifier, pin: registries.pin, stop: () => chain.stop() }
  } catch (error) {
    await chain.stop()
    throw error
  }
}

interface Keyed {
  algorithm: BenchAlgorithm
  issuer: Issuer
  key: BenchKey
}

/** One issuer for each algorithm. */
async function createIssuers(chain: Chain, registries: Registries): Promise<readonly Keyed[]> {
  const { bodies } = createWorld(extract, createRandom(1))
  const assigned = bodies.filter(({ isReal }) => !isReal).slice(0, algorithms.length)
  return Promise.all(
    assigned.flatMap((body, i) => {
      const algorithm = algorithms[i]
      return algorithm === undefined ? [] : [createKeyed(algorithm)]

      async function createKeyed(algorithm: BenchAlgorithm): Promise<Keyed> {
        const issuer = await createIssuer(chain, registries, body)
        const key = createKey(algorithm, issuer.signer.kid)
        const { publicJwk, signer } = key
        return { algorithm, issuer: { ...issuer, publicJwk, signer }, key }
      }
    }),
  )
}

async function anchor(
  chain: Chain,
  registries: Registries,
  keyed: readonly Keyed[],
  perAlgorithm: number,
): Promise<readonly Sample[]> {
  const operator = await chain.account('operator')
  await accreditOperator(chain, registries, operator)
  const [session = 0] = secondPhase.sessions
  chain.travelTo(session)
  const random = createRandom(1)
  const drafts = await Promise.all(
    keyed.map(async (own) => {
      const awards = planAwards([own.issuer], () => [session], perAlgorithm, random)
      const texts = await Promise.all(awards.map((award) => signAward(award)))
      return { ...own, texts, legacy: await Promise.all(awards.map(signLegacy)) }
    }),
  )
  const signed = drafts.flatMap(({ texts, issuer }) =>
    texts.map((text) => ({ text, issuerKey: issuer.publicJwk })),
  )
  const batch = createBatch(signed, leafCount - signed.length)
  await anchorBatch(chain, registries, operator, batch)
  const anchored = handOut(batch, registries.pin, operator)
  return drafts.map(({ algorithm, issuer, key, legacy }, i) => ({
    algorithm,
    did: issuer.did,
    kid: issuer.signer.kid,
    publicKey: key.publicKey,
    publicJwk: issuer.publicJwk,
    anchored: anchored.slice(i * perAlgorithm, (i + 1) * perAlgorithm),
    legacy,
  }))
}

function signLegacy(award: Award): Promise<string> {
  const { signer } = award.issuer
  return signJwtVcJson(createCertificate(award), signer, { signedAt: award.signedAt })
}

/** Verifies everything once, and makes sure that it is valid. */
async function warmUp(verifier: Verifier, anchored: readonly AnchoredCredential[]): Promise<void> {
  const reports = await Promise.all(anchored.map((each) => verifier.verifyCredential(each)))
  const bad = reports.find(({ verdict }) => verdict !== 'valid')
  if (bad !== undefined) throw new Error(`bench: not valid: ${JSON.stringify(bad.checks)}`)
}

/**
 * The demo from the first accreditation to the last attack, on a chain of its own.
 *
 * @module
 */
import type { Report } from '#sdk'
import { accreditOperator, createIssuer } from './accredit.ts'
import { runAttacks } from './attacks.ts'
import type { Chain } from './chain.ts'
import { giveCertificates, type Given, type Harvest, type Play } from './give-certificates.ts'
import type { Progress } from './progress.ts'
import type { Random } from './random.ts'
import { deployRegistries } from './registries.ts'
import { revokeAll } from './revoke.ts'
import type { Stopwatch } from './stopwatch.ts'
import { verification } from './timeline.ts'
import { createDemoVerifier, verifyAll } from './verify-all.ts'
import type { World } from './world.ts'

/** What the demo needs. */
export interface DemoOptions {
  /** Empty, at the beginning of the timeline. */
  chain: Chain
  world: World
  /** How many certificates; at least {@link fewest}. */
  issued: number
  random: Random
  progress: Progress
  watch: Stopwatch
}

/** What came of it, not judged. */
export interface DemoResult extends Harvest {
  /** Of every certificate, before any was revoked. */
  reports: readonly Report[]
  revoked: readonly Given[]
  /** Of every certificate, in the same order, afterwards. */
  reportsAfter: readonly Report[]
  revocationGas: number
  /** What verifying each attack says, by its name. */
  attacks: ReadonlyMap<string, Report>
  /** Of everything that a body had given which now has lost its accreditation. */
  reportsOfWithdrawn: readonly Report[]
}

/** So many, and every body that may gives one. */
export const fewest = 60

/** How many certificates are revoked, if there are five times as many. */
const revocations = 100

export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { chain, world, issued, random, watch, progress } = options
  const play = await watch.time('deploy', () => prepare(options))
  const create = world.bodies.map((body) => createIssuer(chain, play.registries, body))
  const cast = { certifiers: world.certifiers, issuers: await Promise.all(create) }
  const harvest = await giveCertificates(play, cast, issued, random)
  const { given } = harvest

  chain.travelTo(verification)
  await chain.send([])
  const verifier = createDemoVerifier(chain, play.registries)
  const verify = (some: readonly Given[]) =>
    watch.time('verify', () =>
      verifyAll(verifier, some, (done) => {
        progress.show('verify', done, some.length)
      }),
    )
  const reports = await verify(given)
  const revoked = random.shuffle(given).slice(0, Math.min(revocations, Math.floor(issued / 5)))
  const revocationGas = await watch.time('revoke', () => revokeAll(chain, play.registries, revoked))
  const reportsAfter = await verify(given)

  const victims = castVictims(given, new Set(revoked))
  const attacks = await watch.time('attack', async () => {
    const forged = await runAttacks({ ...play, ...victims })
    const said = [...forged].map(async ([name, input]) => {
      return [name, await verifier.verifyCredential(input)] as const
    })
    return new Map(await Promise.all(said))
  })
  const reportsOfWithdrawn = await verify(victims.withdrawn)
  return { ...harvest, reports, revoked, reportsAfter, revocationGas, attacks, reportsOfWithdrawn }
}

async function prepare({ chain, watch, progress }: DemoOptions): Promise<Play> {
  const registries = await deployRegistries(chain, await chain.account('authority'))
  const operator = await chain.account('operator')
  await accreditOperator(chain, registries, operator)
  return { chain, registries, operator, watch, progress }
}

/** Who plays what in the attacks: bodies of the assignment, and certificates that are not revoked. */
function castVictims(given: readonly Given[], revoked: ReadonlySet<Given>) {
  const good = given.filter((each) => !revoked.has(each) && !each.award.issuer.body.isReal)
  const [loser, fraud] = new Set(good.map(({ award }) => award.issuer))
  const of = (issuer: typeof loser) => good.filter(({ award }) => award.issuer === issuer)
  return {
    withdrawn: of(loser),
    annulled: of(fraud),
    honest: good.filter(({ award: { issuer } }) => issuer !== loser && issuer !== fraud),
  }
}

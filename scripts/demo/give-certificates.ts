/**
 * Giving: bodies are accredited, and on some evenings they sign, the operator anchors, and the holders
 * get their receipts.
 *
 * @module
 */
import type { Address, AnchoredCredential, Seconds } from '#sdk'
import { accreditCertifiers, accreditIssuers, type Issuer } from './accredit.ts'
import { anchorBatch, createBatch, handOut } from './batch.ts'
import { planAwards, signAward, type Award } from './certificates.ts'
import type { Chain } from './chain.ts'
import type { Progress } from './progress.ts'
import type { Random } from './random.ts'
import type { Registries } from './registries.ts'
import type { Stopwatch } from './stopwatch.ts'
import { firstPhase, secondPhase, type Phase } from './timeline.ts'
import type { Certifier } from './world.ts'

/** Where the demo plays. */
export interface Play {
  chain: Chain
  registries: Registries
  /** Who anchors. */
  operator: Address
  watch: Stopwatch
  progress: Progress
}

/** An honest certificate, as its holder has it. */
export interface Given {
  award: Award
  anchored: AnchoredCredential
}

/** Certificates under roots on chain, and the gas that it took. */
export interface Harvest {
  given: readonly Given[]
  batches: number
  gas: { accreditation: number; anchoring: number }
}

/** How long the operator waits for more certificates. */
const batchSeconds = 60

/**
 * First the certifiers accredit the bodies that they habilitated, and those give; a year later the
 * authority accredits the others. Together they give `count` certificates.
 */
export async function giveCertificates(
  play: Play,
  { certifiers, issuers }: { certifiers: readonly Certifier[]; issuers: readonly Issuer[] },
  count: number,
  random: Random,
): Promise<Harvest> {
  const { chain, registries, watch, progress } = play
  const awards = planAwards(
    issuers.filter(isAble),
    (issuer) => phaseOf(issuer).sessions,
    count,
    random,
  )
  const given: Given[] = []
  const gas = { accreditation: 0, anchoring: 0 }
  let batches = 0

  for (const phase of [firstPhase, secondPhase]) {
    chain.travelTo(phase.accreditedAt)
    const own = issuers.filter((issuer) => phaseOf(issuer) === phase)
    gas.accreditation += await watch.time('accredit', async () => {
      const above =
        phase === firstPhase ? await accreditCertifiers(chain, registries, certifiers) : 0
      return above + (await accreditIssuers(chain, registries, own))
    })
    for (const session of phase.sessions) {
      const ready = awards.filter(({ signedAt }) => signedAt === session)
      if (ready.length === 0) continue
      const harvest = await holdSession(play, session, ready)
      given.push(...harvest.given)
      gas.anchoring += harvest.gas
      batches++
      progress.show('anchor', given.length, count)
    }
  }
  return { given, batches, gas }
}

/** Signs the awards of one evening, anchors them as one batch, and makes the receipts. */
async function holdSession(
  { chain, registries, operator, watch }: Play,
  session: Seconds,
  awards: readonly Award[],
) {
  chain.travelTo(session)
  const signed = await watch.time('issue', () =>
    Promise.all(
      awards.map(async (award) => {
        return { text: await signAward(award), issuerKey: award.issuer.publicJwk }
      }),
    ),
  )
  return watch.time('anchor', async () => {
    chain.travelTo(session + batchSeconds)
    const batch = createBatch(signed)
    const gas = await anchorBatch(chain, registries, operator, batch)
    const anchored = handOut(batch, registries.pin, operator)
    const given = awards.flatMap((award, i) => {
      const own = anchored[i]
      return own === undefined ? [] : [{ award, anchored: own }]
    })
    return { given, gas }
  })
}

function phaseOf({ body }: Issuer): Phase {
  return body.isReal ? firstPhase : secondPhase
}

/** A certification whose registration ended is nobody's to give any more. */
function isAble({ body }: Issuer): boolean {
  return body.courses.some(({ certification }) => certification.isActive)
}

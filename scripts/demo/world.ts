/**
 * Who plays in the demo: certifiers, and training bodies that they or the authority accredit.
 *
 * @module
 */
import type { Organisation } from '../../server/taxonomy/read-organisations.ts'
import type { Siret } from '../../server/taxonomy/siret.ts'
import { matchTrades, plainName, type Course } from './match-trades.ts'
import type { Random } from './random.ts'
import type { Sources } from './sources.ts'

/** Owns certifications, and says who may teach them. */
export interface Certifier {
  siret: Siret
  name: string
  certifications: readonly string[]
}

/** A training body. */
export interface Body {
  siret: Siret
  name: string
  /** Who accredits it: a certifier, or the authority itself if there is none. */
  certifier: Siret | undefined
  courses: readonly Course[]
  /** Whether the register says that it teaches these courses; else the demo made it up. */
  isReal: boolean
}

export interface World {
  certifiers: readonly Certifier[]
  bodies: readonly Body[]
}

/** How many bodies get made-up courses. */
const assignedBodies = 50

/** What is assigned must run until the demo's last day, and beyond. */
const registeredAtLeastUntil = '2026-01-01'

/**
 * The habilitations of the register as they are, and open, quality-certified training bodies with one to
 * three certifications each that `random` assigns to them.
 */
export function createWorld(sources: Sources, random: Random): World {
  const habilitated = createHabilitated(sources)
  const taken = new Set(habilitated.map(({ siret }) => siret))
  const courses = matchTrades(sources.catalogue, sources.trades).filter(({ certification }) => {
    const { isActive, registeredUntil } = certification
    return isActive && registeredUntil !== undefined && registeredUntil >= registeredAtLeastUntil
  })
  const candidates = sources.organisations.filter(
    (each) => each.isOpen && each.isQualiopi === true && trains(each) && !taken.has(each.siret),
  )
  const assigned = random
    .shuffle(candidates)
    .slice(0, assignedBodies)
    .map((organisation): Body => ({
      siret: organisation.siret,
      name: nameOf(organisation),
      certifier: undefined,
      courses: random.shuffle(courses).slice(0, 1 + random.below(3)),
      isReal: false,
    }))
  return { certifiers: createCertifiers(sources), bodies: [...habilitated, ...assigned] }
}

/** Several certifiers may own one certification: the first one acts. */
function createCertifiers({ certifiers, habilitations }: Sources): readonly Certifier[] {
  const taught = new Set(habilitations.map(({ certification }) => certification))
  const owned = [...Map.groupBy(certifiers, ({ certification }) => certification)].flatMap(
    ([code, owners]) => (taught.has(code) ? owners.slice(0, 1) : []),
  )
  return [...Map.groupBy(owned, ({ siret }) => siret).values()].flatMap((sheets) =>
    sheets.slice(0, 1).map(({ siret, name }) => ({
      siret,
      name,
      certifications: sheets.map(({ certification }) => certification),
    })),
  )
}

function createHabilitated({
  habilitations,
  certifications,
  certifiers,
}: Sources): readonly Body[] {
  return habilitations.map(({ siret, name, certification: code }) => {
    const owner = certifiers.find(({ certification }) => certification === code)
    const sheets = certifications.filter((each) => each.code === code)
    return {
      siret,
      name,
      certifier: owner?.siret,
      courses: sheets.map((certification) => {
        return { certification, name: plainName(certification), trade: undefined }
      }),
      isReal: true,
    }
  })
}

function trains({ activity }: Organisation): boolean {
  return activity === 'trains' || activity === 'both'
}

/** The register of bodies gives numbers and places, no names. */
function nameOf({ siret, city }: Organisation): string {
  return city === undefined ? `SIRET ${siret}` : `SIRET ${siret}, ${city}`
}

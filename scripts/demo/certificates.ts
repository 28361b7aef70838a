/**
 * The demo's certificates: who gives which to whom, when, with what grade. Holders are keys and have no
 * names; grades and hours are made up.
 *
 * @module
 */
import {
  buildTrainingCertificate,
  didJwkOf,
  didKeyOf,
  generateKey,
  signVcJwt,
  statusEntries,
  type Did,
  type Seconds,
  type Signer,
  type TrainingCertificate,
} from '#sdk'
import type { Issuer } from './accredit.ts'
import type { Course } from './match-trades.ts'
import type { Random } from './random.ts'
import { dayOf, instantOf } from './timeline.ts'

/** One certificate to come. */
export interface Award {
  issuer: Issuer
  course: Course
  holder: Did
  signedAt: Seconds
  hours: number
  /** Out of 20; 10 passes. */
  grade: number
  statusIndex: number
  /** Of all awards, counted from 0. */
  number: number
}

/** Everybody's list; a body with more certificates than entries would open another. */
export const statusList = 0n

/** How many entries of a status list are filled before the next ones are opened: eight words. */
const window = 2_048

/** Shares `count` certificates out to issuers in turn, and each one's to the sessions in turn. */
export function planAwards(
  issuers: readonly Issuer[],
  sessionsOf: (issuer: Issuer) => readonly Seconds[],
  count: number,
  random: Random,
): readonly Award[] {
  const indexes = new Map<Issuer, readonly number[]>()
  return Array.from({ length: count }, (_, number) => {
    const issuer = nth(issuers, number % issuers.length)
    const turn = Math.floor(number / issuers.length)
    const place = turn % window
    if (place === 0) indexes.set(issuer, shuffledWindow(random))
    const sessions = sessionsOf(issuer)
    return {
      issuer,
      course: random.pick(issuer.body.courses),
      holder: createHolder(number),
      signedAt: nth(sessions, turn % sessions.length),
      hours: 14 + 7 * random.below(80),
      grade: 10 + random.below(11),
      statusIndex: turn - place + nth(indexes.get(issuer) ?? [], place),
      number,
    }
  })
}

/** The credential of an award; unsigned. */
export function createCertificate(award: Award): TrainingCertificate {
  const { issuer, course, holder, signedAt, hours, grade, statusIndex, number } = award
  const { certification, name, trade } = course
  const day = dayOf(signedAt)
  const url = `${issuer.statusUrl}/${statusList}`
  return buildTrainingCertificate(
    {
      issuer: { id: issuer.did, name: issuer.body.name, siret: issuer.body.siret },
      holder: { id: holder },
      title: name,
      description: `Formation préparant à « ${certification.title} » (démonstration, titulaire fictif).`,
      criteria: 'Toutes les épreuves ont été passées ; la note finale est d’au moins 10 sur 20.',
      achievementId: `urn:livret:demo:${certification.code}`,
      language: 'fr',
      certifications: [{ code: certification.code, title: certification.title }],
      rome: trade === undefined ? [] : [{ code: trade.code, title: trade.label }],
      ...(certification.level !== undefined && { eqfLevel: certification.level }),
      hours,
      completedOn: day,
      results: [{ name: 'Note finale', value: String(grade), min: 0, max: 20, required: '10' }],
    },
    {
      id: `urn:uuid:${uuidOf(number)}`,
      validFrom: instantOf(signedAt),
      credentialStatus: statusEntries({ url, list: statusList, index: statusIndex }),
    },
  )
}

/** Signs an award's credential with the issuer's own key, or with whatever is given instead. */
export function signAward(
  award: Award,
  {
    credential = createCertificate(award),
    signer = award.issuer.signer,
  }: { credential?: TrainingCertificate; signer?: Signer } = {},
): Promise<string> {
  return signVcJwt(credential, signer, { signedAt: award.signedAt })
}

/** A holder that nobody is: a P-256 key as did:jwk, or an Ed25519 key as did:key. */
function createHolder(number: number): Did {
  return number % 2 === 0
    ? didJwkOf(generateKey('ES256').publicJwk)
    : didKeyOf(generateKey('EdDSA').publicJwk)
}

function shuffledWindow(random: Random): readonly number[] {
  return random.shuffle(Array.from({ length: window }, (_, i) => i))
}

/** A name-like UUID (version 8, RFC 9562 section 5.8) that says nothing but a number. */
function uuidOf(number: number): string {
  return `00000000-0000-8000-8000-${number.toString(16).padStart(12, '0')}`
}

function nth<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new Error(`demo: nothing at ${index}`)
  return value
}

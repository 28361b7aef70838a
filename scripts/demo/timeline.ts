/**
 * When what happens in the demo. Its chain starts on 4 March 2024, after the export of the register was
 * made, and goes on to the summer of 2025.
 *
 * @module
 */
import type { Seconds } from '#sdk'

/** When bodies are accredited, and on which evenings they give certificates. */
export interface Phase {
  accreditedAt: Seconds
  sessions: readonly Seconds[]
}

/** The habilitated bodies. The registration of one of their certifications ends on 24 May 2024. */
export const firstPhase: Phase = {
  accreditedAt: at('2024-03-04T08:00:00Z'),
  sessions: ['2024-03-15', '2024-05-10'].map(evening),
}

/** The bodies of the assignment, which follows a catalogue of 31 January 2025. */
export const secondPhase: Phase = {
  accreditedAt: at('2025-02-03T08:00:00Z'),
  sessions: [
    '2025-02-28',
    '2025-03-31',
    '2025-04-30',
    '2025-05-30',
    '2025-06-13',
    '2025-06-30',
  ].map(evening),
}

/** The first second of the chain. */
export const beginning = at('2024-03-04T07:00:00Z')

/** Everything is verified, and some certificates are revoked. */
export const verification = at('2025-07-07T08:00:00Z')

/** A body's accreditation is withdrawn, another one's annulled. */
export const withdrawal = at('2025-07-10T08:00:00Z')

/** The day after: attacks are anchored. */
export const attack = at('2025-07-11T08:00:00Z')

/** When every grace period for a missing anchor is over. */
export const judgement = at('2025-07-14T08:00:00Z')

/** Accredited like this, nobody ever notices the end. */
export const never: Seconds = 2 ** 40 - 1

/** The first second after the day `yyyy-mm-dd`. */
export function endOf(day: string): Seconds {
  return at(`${day}T00:00:00Z`) + 86_400
}

/** The day on which `time` lies, as `yyyy-mm-dd`. */
export function dayOf(time: Seconds): string {
  return instantOf(time).slice(0, 10)
}

/** `time` as VCDM 2.0 writes it. */
export function instantOf(time: Seconds): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`
}

function evening(day: string): Seconds {
  return at(`${day}T17:00:00Z`)
}

function at(instant: string): Seconds {
  return Date.parse(instant) / 1000
}

/**
 * What the national registers of certifications say.
 *
 * @module
 */
import type { Siret } from './siret.ts'

/** A sheet of the registers. */
export interface Certification {
  code: string
  title: string
  /** What sort of diploma it is, in short: `CAP`, `TP`; `undefined` if it has no name of its own. */
  kind: string | undefined
  /** Of the European Qualifications Framework, 1 to 8; `undefined` if it has none. */
  level: number | undefined
  /** Last day of its registration, `yyyy-mm-dd`; `undefined` if open. */
  registeredUntil: string | undefined
  /** Whether its registration runs on the day of the file. */
  isActive: boolean
}

/** That a body may train, or train and examine, for a certification. */
export interface Habilitation {
  certification: string
  name: string
  siret: Siret
  /** As the export says it: `HABILITATION_ORGA_FORM`, `HABILITATION_FORMER`, … */
  kind: string
}

/** The owner of a certification. */
export interface Certifier {
  certification: string
  name: string
  siret: Siret
}

/** A block of skills that can be had alone. */
export interface Block {
  certification: string
  code: string
  title: string
}

/** A trade that a certification leads to. */
export interface TradeOf {
  certification: string
  rome: string
  label: string
}

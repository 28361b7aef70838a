/**
 * The demo's words.
 *
 * @module
 */
import type { Stage } from './stopwatch.ts'

export const languages = ['fr', 'en'] as const
export type DemoLanguage = (typeof languages)[number]

/** Everything that the demo says to people; sentences about checks come from the SDK. */
export interface DemoTexts {
  stages: Readonly<Record<Stage, string>>
  title: string
  extract: string
  data: string
  fiction: string
  bodies: (real: number) => string
  issued: string
  anchored: (batches: number) => string
  valid: string
  revoked: string
  kept: string
  gas: string
  anchoring: string
  accreditation: string
  revocation: string
  attacks: string
  attackNames: Readonly<Record<string, string>>
  expected: string
  seconds: string
  success: string
  failure: string
}

const fr: DemoTexts = {
  stages: {
    read: 'lecture',
    deploy: 'contrats',
    accredit: 'accréditation',
    issue: 'émission',
    anchor: 'ancrage',
    verify: 'vérification',
    revoke: 'révocation',
    attack: 'attaques',
  },
  title: 'Livret, démonstration',
  data: 'Source : registres publics (RNCP, RS, ROME, organismes de formation).',
  extract: 'Source : petit extrait écrit à la main, organismes et certifications fictifs.',
  fiction:
    'Fictifs : titulaires, notes, heures, et les formations attribuées par tirage aux organismes sans habilitation publiée.',
  bodies: (real) => `organismes accrédités, dont ${real} habilitations publiées`,
  issued: 'attestations émises',
  anchored: (batches) => `ancrées, en ${batches} lots`,
  valid: 'vérifiées valides',
  revoked: 'révoquées, et vues comme telles',
  kept: 'd’un organisme qui a perdu son accréditation depuis : toujours valides',
  gas: 'gaz',
  anchoring: 'par attestation ancrée',
  accreditation: 'par organisme accrédité, confirmé, clé enregistrée',
  revocation: 'par révocation',
  attacks: 'Attaques, et le contrôle qui les arrête',
  attackNames: {
    'changed-grade': 'une note changée',
    'key-of-another-issuer': 'la clé d’un autre émetteur',
    'accredited-for-something-else': 'un émetteur accrédité pour autre chose',
    'back-dated-after-withdrawal': 'antidatée, après un retrait de la veille',
    'annulled-body': 'un organisme à l’accréditation annulée',
    'never-anchored': 'une attestation jamais ancrée',
    'receipt-of-another': 'le reçu d’une autre',
    'status-of-another-issuer': 'le statut dans la liste d’un autre',
    'anchored-after-withdrawal': 'signée avant, ancrée après le retrait',
  },
  expected: 'attendu',
  seconds: 'Secondes',
  success: 'Tout est comme attendu.',
  failure: 'Inattendu :',
}

const en: DemoTexts = {
  stages: {
    read: 'reading',
    deploy: 'contracts',
    accredit: 'accrediting',
    issue: 'issuing',
    anchor: 'anchoring',
    verify: 'verifying',
    revoke: 'revoking',
    attack: 'attacks',
  },
  title: 'Livret, demonstration',
  data: 'Source: public registers (RNCP, RS, ROME, training bodies).',
  extract: 'Source: a small extract written by hand, with made-up bodies and certifications.',
  fiction:
    'Fictional: holders, grades, hours, and the courses drawn for bodies without a published habilitation.',
  bodies: (real) => `bodies accredited, ${real} of them by published habilitations`,
  issued: 'certificates issued',
  anchored: (batches) => `anchored, in ${batches} batches`,
  valid: 'verified as valid',
  revoked: 'revoked, and seen to be',
  kept: 'of a body that lost its accreditation since: still valid',
  gas: 'gas',
  anchoring: 'for each certificate anchored',
  accreditation: 'for each body accredited, confirmed, its key registered',
  revocation: 'for each revocation',
  attacks: 'Attacks, and the check that stops each',
  attackNames: {
    'changed-grade': 'a changed grade',
    'key-of-another-issuer': 'another issuer’s key',
    'accredited-for-something-else': 'an issuer accredited for something else',
    'back-dated-after-withdrawal': 'back-dated, after yesterday’s withdrawal',
    'annulled-body': 'a body whose accreditation is annulled',
    'never-anchored': 'a certificate never anchored',
    'receipt-of-another': 'the receipt of another one',
    'status-of-another-issuer': 'a status in another issuer’s list',
    'anchored-after-withdrawal': 'signed before, anchored after the withdrawal',
  },
  expected: 'expected',
  seconds: 'Seconds',
  success: 'Everything is as expected.',
  failure: 'Unexpected:',
}

export const texts: Readonly<Record<DemoLanguage, DemoTexts>> = { fr, en }

import type { CheckName, CheckStatus, Verdict } from '../../model/report.ts'

/** A language in which reports are written. */
export type Language = 'fr' | 'en'

interface Labels {
  readonly checks: Readonly<Record<CheckName, string>>
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly issuer: string
  readonly unknownCode: string
}

/** The words of a report beside its sentences. */
export const labels: Readonly<Record<Language, Labels>> = {
  en: {
    checks: {
      decode: 'Readable',
      format: 'Format',
      signature: 'Signature',
      validity: 'Validity',
      anchor: 'Date',
      'issuer-key': 'Issuer’s key',
      accreditation: 'Accreditation',
      status: 'Status',
      holder: 'Holder',
      schema: 'Content',
    },
    verdicts: {
      valid: 'VALID: no question that was asked speaks against this credential.',
      invalid: 'INVALID: do not rely on this credential.',
      undecided: 'UNDECIDED: what is known now does not suffice for an answer.',
    },
    issuer: 'Issuer: {issuer}',
    unknownCode: 'This answer comes from a newer version ({code}).',
  },
  fr: {
    checks: {
      decode: 'Lisibilité',
      format: 'Format',
      signature: 'Signature',
      validity: 'Validité',
      anchor: 'Date',
      'issuer-key': 'Clé de l’émetteur',
      accreditation: 'Habilitation',
      status: 'Statut',
      holder: 'Titulaire',
      schema: 'Contenu',
    },
    verdicts: {
      valid: 'VALABLE : aucune des questions posées ne parle contre cette attestation.',
      invalid: 'NON VALABLE : ne vous fiez pas à cette attestation.',
      undecided: 'INDÉTERMINÉ : ce que l’on sait maintenant ne suffit pas pour répondre.',
    },
    issuer: 'Émetteur : {issuer}',
    unknownCode: 'Cette réponse vient d’une version plus récente ({code}).',
  },
}

/** How a status is marked at the beginning of a line. */
export const marks: Readonly<Record<CheckStatus, string>> = {
  passed: '✓',
  failed: '✗',
  undecided: '?',
  skipped: '–',
}

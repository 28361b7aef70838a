/**
 * How the files of the daily export of France compétences are laid out.
 *
 * @module
 */
import * as z from 'zod'
import {
  BlockCode,
  blankOr,
  CertificationCode,
  EqfLevel,
  flag,
  FrenchDate,
  RomeCode,
  SqlText,
  Text,
} from './cells.ts'
import type { Block, Certification, Certifier, Habilitation, TradeOf } from './certification.ts'
import { layout } from './read-table.ts'
import { Siret } from './siret.ts'

/** `NIV3`; what has no level says so by an empty cell, or by `REPRISE`. */
const Level = z.preprocess(
  (cell) => (typeof cell === 'string' ? cell.replace(/^NIV(?=\d)|^REPRISE$/, '') : cell),
  blankOr(EqfLevel),
)

/** `Standard`: one row for each certification. */
export const sheet = layout({
  columns: {
    Numero_Fiche: CertificationCode,
    Intitule: SqlText,
    Abrege_Libelle: blankOr(Text),
    Nomenclature_Europe_Niveau: Level,
    Date_Fin_Enregistrement: blankOr(FrenchDate),
    Actif: flag('ACTIVE', 'INACTIVE'),
  },
  row: (cells): Certification => ({
    code: cells.Numero_Fiche,
    title: cells.Intitule,
    kind: cells.Abrege_Libelle,
    level: cells.Nomenclature_Europe_Niveau,
    registeredUntil: cells.Date_Fin_Enregistrement,
    isActive: cells.Actif,
  }),
  key: ({ code }) => code,
})

/** `Partenaires`: who may train, or train and examine. */
export const habilitation = layout({
  columns: {
    Numero_Fiche: CertificationCode,
    Nom_Partenaire: Text,
    Siret_Partenaire: Siret,
    Habilitation_Partenaire: Text,
  },
  row: (cells): Habilitation => ({
    certification: cells.Numero_Fiche,
    name: cells.Nom_Partenaire,
    siret: cells.Siret_Partenaire,
    kind: cells.Habilitation_Partenaire,
  }),
  key: ({ certification, siret }) => `${certification} ${siret}`,
})

/** `Certificateurs`: who owns a certification. */
export const certifier = layout({
  columns: { Numero_Fiche: CertificationCode, Nom_Certificateur: Text, Siret_Certificateur: Siret },
  row: (cells): Certifier => ({
    certification: cells.Numero_Fiche,
    name: cells.Nom_Certificateur,
    siret: cells.Siret_Certificateur,
  }),
  key: ({ certification, siret }) => `${certification} ${siret}`,
})

/** `Blocs_De_Competences`: what can be had alone. */
export const block = layout({
  columns: {
    Numero_Fiche: CertificationCode,
    Bloc_Competences_Code: BlockCode,
    Bloc_Competences_Libelle: SqlText,
  },
  row: (cells): Block => ({
    certification: cells.Numero_Fiche,
    code: cells.Bloc_Competences_Code,
    title: cells.Bloc_Competences_Libelle,
  }),
  key: ({ code }) => code,
})

/** `Rome`: which trades a certification leads to. */
export const tradeOf = layout({
  columns: {
    Numero_Fiche: CertificationCode,
    Codes_Rome_Code: RomeCode,
    Codes_Rome_Libelle: SqlText,
  },
  row: (cells): TradeOf => ({
    certification: cells.Numero_Fiche,
    rome: cells.Codes_Rome_Code,
    label: cells.Codes_Rome_Libelle,
  }),
  key: ({ certification, rome }) => `${certification} ${rome}`,
})

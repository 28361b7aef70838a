/**
 * Reads training bodies from an extract of the UAI–SIRET register: legal entities, no persons.
 *
 * @module
 */
import * as z from 'zod'
import { blankOr, flag, listOf, Text } from './cells.ts'
import { readTable, type Table } from './read-table.ts'
import { Siret } from './siret.ts'

/** What a body does: train, answer for training, both, or nobody knows. */
const natures = {
  formateur: 'trains',
  responsable: 'answers',
  responsable_formateur: 'both',
  inconnue: 'unknown',
} as const

/** One establishment of a training body. */
export interface Organisation {
  siret: Siret
  /** Its legal entity: the first nine digits of the SIRET. */
  siren: string
  /** Number of a school in the register of national education. */
  uai: string | undefined
  activity: (typeof natures)[keyof typeof natures]
  /** Certified for quality (Qualiopi); `undefined` if the register does not say. */
  isQualiopi: boolean | undefined
  /** Only what the register calls `actif`; a body that it says nothing about is not. */
  isOpen: boolean
  city: string | undefined
  department: string | undefined
  region: string | undefined
  relations: readonly Relation[]
}

/** How a body stands to another: `responsable->formateur`, or a company that it trains for. */
interface Relation {
  kind: string
  siret: Siret
}

const Relation = z
  .templateLiteral([z.string(), ':', z.string()], 'expected kind:SIRET')
  .transform((text) => {
    const at = text.lastIndexOf(':')
    return { kind: text.slice(0, at), siret: text.slice(at + 1) }
  })
  .pipe(z.object({ kind: Text, siret: Siret }))

/** Reads the bodies at `path` (`organismes_formation*.csv`, or `.csv.gz`). */
export function readOrganisations(path: string): Promise<Table<Organisation>> {
  return readTable(path, {
    columns: {
      siret: Siret,
      siren: z.string().regex(/^\d{9}$/, 'expected nine digits'),
      uai: blankOr(z.string().regex(/^\d{7}[A-Z]$/, 'expected seven digits and a letter')),
      nature: z.enum(['formateur', 'responsable', 'responsable_formateur', 'inconnue']),
      qualiopi: blankOr(flag('true', 'false')),
      etat_administratif: blankOr(flag('actif', 'fermé')),
      localite: blankOr(Text),
      departement: blankOr(Text),
      region: blankOr(Text),
      relations: listOf(Relation),
    },
    row: (cells): Organisation => ({
      siret: cells.siret,
      siren: cells.siren,
      uai: cells.uai,
      activity: natures[cells.nature],
      isQualiopi: cells.qualiopi,
      isOpen: cells.etat_administratif === true,
      city: cells.localite,
      department: cells.departement,
      region: cells.region,
      relations: cells.relations,
    }),
    key: ({ siret }) => siret,
    check: ({ siret, siren }) =>
      siret.startsWith(siren)
        ? undefined
        : { column: 'siren', rule: 'expected the first nine digits of the SIRET' },
  })
}

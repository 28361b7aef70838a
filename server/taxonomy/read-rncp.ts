/**
 * Reads the national registers of certifications (RNCP and RS): the catalogue as one file, and the daily
 * export of France compétences as a folder of files.
 *
 * @module
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type * as z from 'zod'
import { RegistryError } from '#sdk'
import { blankOr, CertificationCode, EqfLevel, flag, IsoDate, Text } from './cells.ts'
import { readTable, type Layout, type RowProblem, type Table } from './read-table.ts'
import type { Block, Certification, Certifier, Habilitation, TradeOf } from './certification.ts'
import { block, certifier, habilitation, sheet, tradeOf } from './rncp-export.ts'

/** Reads the catalogue (`rncp_catalogue_kit_*.csv`, or `.csv.gz`). */
export function readRncpCatalogue(path: string): Promise<Table<Certification>> {
  return readTable(path, {
    columns: {
      numero_fiche: CertificationCode,
      niveau_eqf: blankOr(EqfLevel),
      abrege: blankOr(Text),
      intitule: Text,
      date_echeance: blankOr(IsoDate),
      etat: flag('ACTIVE', 'INACTIVE'),
    },
    row: (cells): Certification => ({
      code: cells.numero_fiche,
      title: cells.intitule,
      kind: cells.abrege,
      level: cells.niveau_eqf,
      registeredUntil: cells.date_echeance,
      isActive: cells.etat,
    }),
    key: ({ code }) => code,
  })
}

/** Everything that Livret reads of one day's export. */
export interface RncpExport {
  certifications: readonly Certification[]
  habilitations: readonly Habilitation[]
  certifiers: readonly Certifier[]
  blocks: readonly Block[]
  trades: readonly TradeOf[]
  problems: readonly RowProblem[]
}

/**
 * Reads the export in `folder`; of several days, the last. Certifications that run no longer are read,
 * too, as inactive; a row about one that has no sheet is a problem.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if one of the five files is absent.
 */
export async function readRncpExport(folder: string): Promise<RncpExport> {
  const names = (await readdir(folder)).toSorted()
  const sheets = await readPart('Standard', sheet)
  const known = new Set(sheets.rows.map(({ code }) => code))
  const habilitations = await readAbout('Partenaires', habilitation)
  const certifiers = await readAbout('Certificateurs', certifier)
  const blocks = await readAbout('Blocs_De_Competences', block)
  const trades = await readAbout('Rome', tradeOf)
  const parts = [sheets, habilitations, certifiers, blocks, trades]
  return {
    certifications: sheets.rows,
    habilitations: habilitations.rows,
    certifiers: certifiers.rows,
    blocks: blocks.rows,
    trades: trades.rows,
    problems: parts.flatMap(({ problems }) => problems),
  }

  function readAbout<S extends z.ZodRawShape, T extends { certification: string }>(
    part: string,
    layout: Layout<S, T>,
  ) {
    const check = ({ certification }: T) =>
      known.has(certification)
        ? undefined
        : { column: 'Numero_Fiche', rule: `there is no sheet ${certification}` }
    return readPart(part, { ...layout, check })
  }

  function readPart<S extends z.ZodRawShape, T>(part: string, layout: Layout<S, T>) {
    const prefix = `export_fiches_CSV_${part}_`
    const name = names.findLast((each) => each.startsWith(prefix))
    if (name === undefined) {
      throw new RegistryError('INPUT_INVALID', { input: folder, problems: [`no file ${prefix}*`] })
    }
    return readTable(join(folder, name), { delimiter: ';', ...layout })
  }
}

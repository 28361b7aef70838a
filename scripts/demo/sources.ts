/**
 * Where the demo's certifications, trades and training bodies come from: the open data of ../shared/data
 * through the importers, or a few lines written by hand.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Certification, Certifier, Habilitation } from '../../server/taxonomy/certification.ts'
import { readOrganisations, type Organisation } from '../../server/taxonomy/read-organisations.ts'
import { readRncpCatalogue, readRncpExport } from '../../server/taxonomy/read-rncp.ts'
import { readRome4, type Rome4Trade } from '../../server/taxonomy/read-rome.ts'
import type { RowProblem } from '../../server/taxonomy/read-table.ts'
import { extract } from './extract.ts'

export interface Sources {
  /** Whether it is the hand-written extract, in which certifications and bodies are made up. */
  isExtract: boolean
  /** Of 31 January 2025. */
  catalogue: readonly Certification[]
  /** Sheets of the export of 22 February 2024, and who owns and teaches them. */
  certifications: readonly Certification[]
  certifiers: readonly Certifier[]
  habilitations: readonly Habilitation[]
  organisations: readonly Organisation[]
  trades: readonly Rome4Trade[]
  problems: readonly RowProblem[]
}

/** Reads the open data under `folder`; without such a folder, takes the extract. */
export async function readSources(folder: string): Promise<Sources> {
  if (!existsSync(folder)) return extract
  const [catalogue, day, organisations, trades] = await Promise.all([
    readRncpCatalogue(join(folder, 'rncp/rncp_catalogue_kit_2025-01-31.csv.gz')),
    readRncpExport(join(folder, 'rncp/export_sample_2024-02-22')),
    readOrganisations(join(folder, 'orgs/organismes_formation_sample.csv.gz')),
    readRome4(join(folder, 'rome/rome_v460_codes.csv')),
  ])
  return {
    isExtract: false,
    catalogue: catalogue.rows,
    certifications: day.certifications,
    certifiers: day.certifiers,
    habilitations: day.habilitations,
    organisations: organisations.rows,
    trades: trades.rows,
    problems: [catalogue, day, organisations, trades].flatMap(({ problems }) => problems),
  }
}

/**
 * Reads the ROME, the register of trades of France Travail: version 3.47 (trades and the skills that they
 * ask for) and version 4 (finer trades and the names that they go by).
 *
 * @module
 */
import { join } from 'node:path'
import * as z from 'zod'
import { blankOr, flag, OgrCode, RomeCode, Text } from './cells.ts'
import { readTable, type RowProblem, type Table } from './read-table.ts'

/** A trade as version 3 knows it. */
interface RomeTrade {
  code: string
  label: string
  domain: string
}

const kinds = { '1': 'knowledge', '2': 'skill', '5': 'workplace' } as const
const roles = {
  '5': 'workplace',
  '6': 'core',
  '7': 'core',
  '9': 'specific',
  '10': 'specific',
} as const

/** What a trade asks for. The same item may be listed once as core and once as specific. */
interface RomeItem {
  code: string
  label: string
  kind: (typeof kinds)[keyof typeof kinds]
  role: (typeof roles)[keyof typeof roles]
}

/** That a trade asks for an item. */
interface RomeLink {
  trade: string
  item: string
}

export interface Rome3 {
  trades: readonly RomeTrade[]
  items: readonly RomeItem[]
  links: readonly RomeLink[]
  problems: readonly RowProblem[]
}

/** Reads version 3.47 from the folder of its three files; a link to what does not exist is a problem. */
export async function readRome3(folder: string): Promise<Rome3> {
  const trades = await readTrades(join(folder, 'rome_v347_metiers.csv'))
  const items = await readItems(join(folder, 'rome_v347_items.csv.gz'))
  const tradeCodes = new Set(trades.rows.map(({ code }) => code))
  const itemCodes = new Set(items.rows.map(({ code }) => code))
  const links = await readTable(join(folder, 'rome_v347_metier_item.csv.gz'), {
    columns: { code_rome: RomeCode, code_ogr: OgrCode },
    row: (cells): RomeLink => ({ trade: cells.code_rome, item: cells.code_ogr }),
    key: ({ trade, item }) => `${trade} ${item}`,
    check: ({ trade, item }) => {
      if (!tradeCodes.has(trade)) return { column: 'code_rome', rule: `there is no trade ${trade}` }
      if (!itemCodes.has(item)) return { column: 'code_ogr', rule: `there is no item ${item}` }
      return undefined
    },
  })
  return {
    trades: trades.rows,
    items: items.rows,
    links: links.rows,
    problems: [...trades.problems, ...items.problems, ...links.problems],
  }
}

function readTrades(path: string): Promise<Table<RomeTrade>> {
  return readTable(path, {
    columns: { code_rome: RomeCode, libelle: Text, libelle_domaine: Text },
    row: (cells) => ({
      code: cells.code_rome,
      label: cells.libelle,
      domain: cells.libelle_domaine,
    }),
    key: ({ code }) => code,
  })
}

function readItems(path: string): Promise<Table<RomeItem>> {
  return readTable(path, {
    columns: {
      code_ogr: OgrCode,
      libelle: Text,
      type_referentiel: z.enum(['1', '2', '5'], 'expected 1, 2 or 5'),
      rubrique: z.enum(['5', '6', '7', '9', '10'], 'expected 5, 6, 7, 9 or 10'),
    },
    row: (cells) => ({
      code: cells.code_ogr,
      label: cells.libelle,
      kind: kinds[cells.type_referentiel],
      role: roles[cells.rubrique],
    }),
    key: ({ code, kind, role }) => `${code} ${kind} ${role}`,
  })
}

/** A trade of version 4. */
export interface Rome4Trade {
  code: string
  label: string
  /** The trade of which it is a part; itself if it is none. */
  parent: string
  /** Whether the law says who may do it; `undefined` if the register does not say. */
  isRegulated: boolean | undefined
}

/** Reads the codes of version 4 (`rome_v460_codes.csv`). */
export function readRome4(path: string): Promise<Table<Rome4Trade>> {
  return readTable(path, {
    columns: {
      code_rome: RomeCode,
      libelle_rome: Text,
      emploi_reglemente: blankOr(flag('O', 'N')),
      code_rome_parent: RomeCode,
    },
    row: (cells) => ({
      code: cells.code_rome,
      label: cells.libelle_rome,
      parent: cells.code_rome_parent,
      isRegulated: cells.emploi_reglemente,
    }),
    key: ({ code }) => code,
  })
}

/**
 * Reads a CSV file, gzipped or not, row by row through schemas. What cannot be read is told, with its
 * line and the rule that it breaks; nothing is dropped in silence.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse, type CsvError } from 'csv-parse/sync'
import * as z from 'zod'
import { RegistryError } from '#sdk'

/** Why a row is not among the rows. */
export interface RowProblem {
  file: string
  /** Counted from 1, the header included; the last line of a row that goes over several. */
  line: number
  /** Name in the header; `''` if the row as such is the problem. */
  column: string
  rule: string
}

export interface Table<T> {
  /** In the order of the file. */
  rows: readonly T[]
  problems: readonly RowProblem[]
}

/** How a file is laid out. Columns that it has beside these are left alone. */
export interface Layout<S extends z.ZodRawShape, T> {
  delimiter?: ',' | ';'
  /** What must stand in which column. Blanks around a cell are cut off first. */
  columns: S
  row(cells: z.output<z.ZodObject<S>>): T
  /** What no two rows may share. */
  key?(row: T): string
  /** The rule that a row breaks though each of its cells is right, and the column to blame. */
  check?(row: T): Complaint | undefined
}

/** Says how a file is laid out, so that the compiler ties its columns to its rows. */
export function layout<S extends z.ZodRawShape, T>(layout: Layout<S, T>): Layout<S, T> {
  return layout
}

/**
 * Reads `path`; with a name that ends in `.gz`, unpacks it.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if the file as such is not one: unreadable, not UTF-8, or
 *   without a column that the layout names.
 */
export async function readTable<S extends z.ZodRawShape, T>(
  path: string,
  layout: Layout<S, T>,
): Promise<Table<T>> {
  const file = basename(path)
  const { records, problems } = split(await readText(path), layout.delimiter ?? ',')
  const [header, ...body] = records
  const names = (header?.record ?? []).map((name) => name.trim())
  const missing = Object.keys(layout.columns).filter((name) => !names.includes(name))
  if (missing.length > 0) throw invalid(file, `no column ${missing.join(', ')}`)

  const rows: T[] = []
  const lineOf = new Map<string, number>()
  const schema = z.object(layout.columns)
  for (const { record, line } of body) {
    const result = judge(record, line)
    if ('row' in result) rows.push(result.row)
    else problems.push(...result.problems.map((problem) => ({ line, ...problem })))
  }
  return {
    rows,
    problems: problems.toSorted((a, b) => a.line - b.line).map((each) => ({ file, ...each })),
  }

  function judge(record: readonly string[], line: number): { row: T } | { problems: Complaint[] } {
    if (record.length !== names.length) {
      const rule = `expected ${names.length} cells, got ${record.length}`
      return { problems: [{ column: '', rule }] }
    }
    const cells = Object.fromEntries(names.map((name, i) => [name, record[i]?.trim()]))
    const parsed = schema.safeParse(cells)
    if (!parsed.success) return { problems: parsed.error.issues.map(complaintOf) }

    const row = layout.row(parsed.data)
    const broken = layout.check?.(row)
    if (broken !== undefined) return { problems: [broken] }
    const key = layout.key?.(row)
    if (key === undefined) return { row }
    const before = lineOf.get(key)
    if (before !== undefined) {
      return { problems: [{ column: '', rule: `${key} stands on line ${before} already` }] }
    }
    lineOf.set(key, line)
    return { row }
  }
}

type Complaint = Pick<RowProblem, 'column' | 'rule'>

interface Split {
  records: { record: readonly string[]; line: number }[]
  problems: (Complaint & { line: number })[]
}

/** Cuts text into records. Where quotes do not match, what could not be read is named. */
function split(text: string, delimiter: string): Split {
  const records: Split['records'] = []
  const problems: Split['problems'] = []
  parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record: readonly string[], { lines }) => {
      records.push({ record, line: lines })
      return null
    },
    on_skip: (error) => {
      problems.push(quoteProblem(error))
      return undefined
    },
  })
  return { records, problems }
}

function quoteProblem(error: CsvError | undefined): Split['problems'][number] {
  const line = typeof error?.['lines'] === 'number' ? error['lines'] : 0
  const rule =
    error?.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is opened and never closed: rows up to here could not be read'
      : 'a quote stands where none may be'
  return { line, column: '', rule }
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    const plain = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch (error) {
    throw invalid(basename(path), error instanceof Error ? error.message : String(error))
  }
}

function complaintOf({ path, message }: z.core.$ZodIssue): Complaint {
  return { column: String(path[0] ?? ''), rule: message }
}

function invalid(file: string, problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: file, problems: [problem] })
}

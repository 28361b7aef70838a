/**
 * `livret verify --jsonl`: one credential a line in, one report a line out, in bounded memory.
 *
 * @module
 */
import {
  readJson,
  verifyMany,
  worstVerdict,
  type Report,
  type Verdict,
  type Verifier,
} from '../index.ts'
import type { Io } from './command.ts'
import { linesOf } from './lines.ts'
import { openVerifier, type VerifierValues } from './open-verifier.ts'
import { verifyInWorkers, type LineReport } from './worker-pool.ts'

/** What is to be verified, and how. */
export interface LinesTask {
  readonly files: readonly string[]
  /** Threads beside this one; 0: none. */
  readonly workers: number
  readonly values: VerifierValues
}

/**
 * Verifies every line of every file, and writes `{"file", "line", …report}` for each, in their order.
 *
 * @returns The worst verdict; `undecided` if there was no line.
 */
export async function verifyLines({ files, workers, values }: LinesTask, io: Io): Promise<Verdict> {
  const verifier = await openVerifier(values, io)
  const verdicts = new Set<Verdict>()
  const places: { file: string; line: number }[] = []

  /** All lines; where each stands is kept until its report comes. */
  async function* allLines(): AsyncGenerator<string> {
    for (const file of files) {
      let line = 0
      for await (const text of linesOf(file, io)) {
        places.push({ file, line: ++line })
        yield text
      }
    }
  }

  const reports =
    workers === 0
      ? reportsOn(verifier, allLines())
      : verifyInWorkers(allLines(), workers, { values, env: { ...io.env } })
  for await (const { verdict, json } of reports) {
    verdicts.add(verdict)
    io.out(`${JSON.stringify(places.shift()).slice(0, -1)},${json.slice(1)}`)
    await io.drained?.()
  }
  return worstVerdict([...verdicts])
}

async function* reportsOn(
  verifier: Pick<Verifier, 'verifyCredential'>,
  lines: AsyncIterable<string>,
): AsyncGenerator<LineReport> {
  const verify = (line: string) => verifyLine(verifier, line)
  for await (const report of verifyMany(verify, lines)) yield lineReport(report)
}

/** What is written about one line. */
export function lineReport(report: Report): LineReport {
  return { verdict: report.verdict, json: JSON.stringify(report) }
}

/** Verifies one line: a credential, the JSON string of one, or the JSON `{"credential","receipt"}`. */
export function verifyLine(
  { verifyCredential }: Pick<Verifier, 'verifyCredential'>,
  line: string,
): Promise<Report> {
  const { value } = line.startsWith('"') ? readJson(line.trim()) : {}
  return verifyCredential(typeof value === 'string' ? value : line)
}

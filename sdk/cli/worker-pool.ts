/**
 * Verifying in several threads: each has a verifier of its own.
 *
 * @module
 */
import { Worker } from 'node:worker_threads'
import type { Verdict } from '../index.ts'
import type { VerifierValues } from './open-verifier.ts'

/** Lines that travel to a thread together: a message takes longer than a verification. */
const batchSize = 64
/** Batches that are under way to each thread, so that none waits for the next. */
const batchesAhead = 2

/** What a thread is told once: options and environment of the command line. */
export interface WorkerSetup {
  readonly values: VerifierValues
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What was found about one line, its report as JSON. */
export interface LineReport {
  readonly verdict: Verdict
  readonly json: string
}

/** What a thread answers to a batch: the reports, or why it has none. */
export type WorkerAnswer = readonly LineReport[] | { readonly problem: string }

/**
 * Verifies lines in `count` threads.
 *
 * @returns One report for each line, in their order. Rejects if a thread gives up.
 */
export async function* verifyInWorkers(
  lines: AsyncIterable<string>,
  count: number,
  setup: WorkerSetup,
): AsyncGenerator<LineReport, void, void> {
  const lanes = Array.from({ length: count }, () => openLane(setup))
  try {
    const waiting: Promise<readonly LineReport[]>[] = []
    let turn = 0
    for await (const batch of batchesOf(lines)) {
      const lane = lanes[turn++ % count]
      if (lane !== undefined) waiting.push(lane.verify(batch))
      const first = waiting.length < batchesAhead * count ? undefined : waiting.shift()
      if (first !== undefined) yield* await first
    }
    for (const each of waiting) yield* await each
  } finally {
    await Promise.all(lanes.map(({ end }) => end()))
  }
}

function openLane(setup: WorkerSetup) {
  // As source in this tree, as JavaScript in the package.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const module = new URL(`./verify-worker.${extension}`, import.meta.url)
  const worker = new Worker(module, { workerData: setup })
  const asked: ((answer: WorkerAnswer) => void)[] = []
  let broken: WorkerAnswer | undefined
  worker.on('message', (answer: WorkerAnswer) => asked.shift()?.(answer))
  worker.on('error', (error) => {
    broken = { problem: error instanceof Error ? error.message : 'a thread broke down' }
    for (const tell of asked.splice(0)) tell(broken)
  })

  async function verify(batch: readonly string[]): Promise<readonly LineReport[]> {
    const answer =
      broken ??
      (await new Promise<WorkerAnswer>((resolve) => {
        asked.push(resolve)
        worker.postMessage(batch)
      }))
    if ('problem' in answer) throw new Error(answer.problem)
    return answer
  }

  return { verify, end: () => worker.terminate() }
}

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let batch: string[] = []
  for await (const line of lines) {
    batch.push(line)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

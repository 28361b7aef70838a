/**
 * One thread of `livret verify --jsonl --workers`: verifies batches of lines.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openVerifier } from './open-verifier.ts'
import { lineReport, verifyLine } from './verify-lines.ts'
import type { WorkerAnswer, WorkerSetup } from './worker-pool.ts'

const { values, env }: WorkerSetup = workerData
const opening = openVerifier(values, { env, now: Date.now })
opening.catch(() => undefined) // Whoever sends a batch is told.

parentPort?.on('message', (lines: readonly string[]) => {
  void answerTo(lines).then((answer) => parentPort?.postMessage(answer))
})

async function answerTo(lines: readonly string[]): Promise<WorkerAnswer> {
  try {
    const verifier = await opening
    const reports = await Promise.all(lines.map((line) => verifyLine(verifier, line)))
    return reports.map(lineReport)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unknown error' }
  }
}

/**
 * One thread of `livret verify --jsonl --workers`: verifies batches of lines.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openVerifier } from './open-verifier.ts'
import { lineReport, verifyLine } from './verify-lines.ts'
import type { WorkerAnswer, WorkerSetup } from './worker-pool.ts'

const setup: unknown = workerData
if (!isSetup(setup)) throw new Error('started without options')
const { values, env } = setup
const opening = openVerifier(values, { env, now: Date.now })
opening.catch(() => undefined) // Whoever sends a batch is told.

parentPort?.on('message', (lines: readonly string[]) => {
  void answerTo(lines).then((answer) => parentPort?.postMessage(answer))
})

function isSetup(value: unknown): value is WorkerSetup {
  return typeof value === 'object' && value !== null && 'values' in value && 'env' in value
}

async function answerTo(lines: readonly string[]): Promise<WorkerAnswer> {
  try {
    const verifier = await opening
    const reports = await Promise.all(lines.map((line) => verifyLine(verifier, line)))
    return reports.map(lineReport)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unknown error' }
  }
}

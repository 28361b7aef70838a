/**
 * Streams of credentials, each in a process of its own, so that nothing else counts: a million through
 * `verifyMany` on one thread, for its memory; and lines through one and two worker threads, for the gain.
 *
 * @module
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { AnchoredCredential, ChainPin } from '#sdk'
import { atMost, type BenchCheck, type Measurement } from '../report.ts'

/** Credentials on one thread; some thousand distinct ones, again and again. */
const million = 1_000_000
/** How often the lines go to the threads: enough that starting them does not count much. */
const rounds = 20

/** V8 lets garbage pile up to 48 MB by default, because it may; with this, memory shows what is held. */
const smallNursery = '--max-semi-space-size=1'

const Answer = z.object({ perSecond: z.number(), megabytes: z.number() })

/** What the streams took. */
export interface StreamReport {
  results: readonly Measurement[]
  checks: readonly BenchCheck[]
}

/**
 * Measures with the chain still there: each process asks it once.
 *
 * @param limit - Signatures a second, as the other measurements have it.
 */
export async function measureStreams(
  anchored: readonly AnchoredCredential[],
  pin: ChainPin,
  limit: number,
): Promise<StreamReport> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-bench-'))
  const file = (name: string) => join(folder, name)
  // The chain lives in the demo's time, the process in ours.
  const policy = { version: 1, chains: [pin], maxStatusAgeSeconds: 10 ** 9 }
  try {
    await writeFile(file('policy.json'), JSON.stringify(policy))
    const lines = anchored.map((each) => `${JSON.stringify(each)}\n`).join('')
    await writeFile(file('some.jsonl'), lines)
    const alone = await runProcess([folder, String(million)])
    const byThreads = async (workers: number) => {
      const seconds = await secondsOfLines(file('some.jsonl'), file('policy.json'), workers)
      return { perSecond: (rounds * anchored.length) / seconds }
    }
    const [one, two] = [await byThreads(1), await byThreads(2)]
    const row = (name: string, { perSecond }: { perSecond: number }) => ({
      name: `ES256: ${name}`,
      opsPerSecond: Math.round(perSecond),
      ratioToLimit: Number((perSecond / limit).toPrecision(4)),
    })
    const gain = (two.perSecond / one.perSecond).toPrecision(3)
    return {
      results: [
        row('verifyMany, a million', alone),
        row('livret verify --jsonl, one worker', one),
        row(`livret verify --jsonl, two workers: ${gain} times one`, two),
      ],
      checks: [atMost('a million credentials on one thread: MB resident', 150, alone.megabytes)],
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runProcess(args: readonly string[]): Promise<z.infer<typeof Answer>> {
  const script = fileURLToPath(new URL('./stream-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [smallNursery, script, ...args])
  return Answer.parse(JSON.parse(stdout))
}

/** How long `livret verify --jsonl` takes for a file, several times over; it must find all of it valid. */
async function secondsOfLines(file: string, policy: string, workers: number): Promise<number> {
  const main = fileURLToPath(new URL('../../../sdk/cli/main.ts', import.meta.url))
  const files = Array.from({ length: rounds }, () => file)
  const options = ['--jsonl', '--workers', String(workers), '--policy', policy]
  const start = performance.now()
  const command = spawn(process.execPath, [main, 'verify', ...options, ...files], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(command, 'exit')
  const { exitCode } = command
  if (exitCode !== 0) throw new Error(`bench: livret verify exits with ${String(exitCode)}`)
  return (performance.now() - start) / 1000
}

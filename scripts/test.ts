/**
 * `npm test`: the Solidity tests, then vitest, then one line over both.
 *
 * Arguments go to vitest and leave the Solidity tests out: `npm test -- sdk/anchor -t root`.
 *
 * @module
 */
import { tasks } from 'hardhat'
import { parseCLI, startVitest } from 'vitest/node'
import { z } from 'zod'
import { closingLine, countTests, type Counts } from '../test/support/closing-line.ts'

const SolidityRun = z.object({
  suiteResults: z.array(
    z.object({
      testResults: z.array(z.object({ status: z.enum(['Success', 'Failure', 'Skipped']) })),
    }),
  ),
})

/** What Hardhat's task answers. It has a `summary`, too, which is all zeros unless asked for. */
const SolidityResult = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), value: SolidityRun }),
  z.object({ success: z.literal(false), error: SolidityRun }),
])

const args = process.argv.slice(2)
const runs = args.length === 0 ? [runSolidity, runVitest] : [runVitest]
const counts: Counts[] = []
for (const run of runs) counts.push(await run().catch(asFailure))

const total = counts.reduce((a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
}))
console.log(`\n${closingLine(total)}`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

/** More patient with fuzzing where `CI` is set. No test at all is a failure, too. */
async function runSolidity(): Promise<Counts> {
  const testProfile = process.env['CI'] === undefined ? 'default' : 'ci'
  const answer: unknown = await tasks.getTask(['test', 'solidity']).run({ testProfile })
  const result = SolidityResult.parse(answer)
  const { suiteResults } = result.success ? result.value : result.error
  const statuses = suiteResults.flatMap((suite) => suite.testResults.map((test) => test.status))
  const count = (status: string) => statuses.filter((each) => each === status).length
  const counts = {
    passed: count('Success'),
    failed: count('Failure'),
    skipped: count('Skipped'),
  }
  return atLeastOneFailure(counts, !result.success || counts.passed === 0)
}

async function runVitest(): Promise<Counts> {
  const { filter, options } = parseCLI(['vitest', 'run', ...args])
  const { state } = await startVitest(filter, { ...options, reporters: ['default'] })
  const counts = countTests(state.getTestModules(), state.getUnhandledErrors())
  // Vitest tells by the exit code alone that it could not start, or that it found no test.
  return atLeastOneFailure(counts, process.exitCode !== undefined && process.exitCode !== 0)
}

function asFailure(error: unknown): Counts {
  console.error(error)
  return { passed: 0, failed: 1, skipped: 0 }
}

function atLeastOneFailure(counts: Counts, hasFailed: boolean): Counts {
  return hasFailed ? { ...counts, failed: Math.max(counts.failed, 1) } : counts
}

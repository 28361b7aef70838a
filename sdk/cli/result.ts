/**
 * `livret result`: what came of a request.
 *
 * @module
 */
import * as z from 'zod/mini'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { callServer, readAnswer, serverUsage } from './server.ts'

export const usage = `Usage: livret result STATE [--code CODE] [--json]

Says what came of a request: whether it was answered, by whom, and the verdict over each credential.

  --code CODE  the response_code that the holder's browser came back with, if it was to come back
  --json       everything: what was presented, and the reports check by check

${serverUsage}

Exit code: 0 valid, 1 invalid or declined, 2 undecided, not answered yet or no answer, 64 usage.`

const options = { code: { type: 'string' }, json: { type: 'boolean' } } as const

const Report = z.looseObject({
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  checks: z.array(z.looseObject({ status: z.string(), code: z.string() })),
})
const Result = z.looseObject({
  state: z.enum(['open', 'answered', 'declined']),
  error: z.optional(z.string()),
  result: z.optional(
    z.looseObject({
      verdict: Report.shape.verdict,
      presentations: z.array(
        z.looseObject({
          query: z.string(),
          holder: z.optional(z.string()),
          report: z.looseObject({ credentials: z.array(Report) }),
        }),
      ),
    }),
  ),
})

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [state, ...more] = positionals
  if (state === undefined || more.length > 0) throw new UsageError('one STATE is needed')
  const query = values.code === undefined ? '' : `?response_code=${encodeURIComponent(values.code)}`
  const answer = await callServer(io, `/requests/${encodeURIComponent(state)}${query}`)
  const { state: reached, error, result } = readAnswer(Result, answer)
  if (values.json === true) io.out(JSON.stringify(answer.body))
  else
    io.out(
      reached === 'declined' ? `declined: ${error ?? 'unknown'}` : (result?.verdict ?? reached),
    )
  if (values.json !== true) {
    for (const { query: id, holder = 'nobody', report } of result?.presentations ?? []) {
      for (const { verdict, checks } of report.credentials) {
        const why = checks.filter(({ status }) => status === verdictStatus[verdict])
        io.out([id, holder, verdict, ...why.map(({ code }) => code)].join('\t'))
      }
    }
  }
  if (reached === 'declined') return exitCodes.invalid
  return result === undefined ? exitCodes.undecided : exitCodes[result.verdict]
}

/** The checks that a verdict is due to; none explains a good one. */
const verdictStatus = { valid: 'none', invalid: 'failed', undecided: 'undecided' } as const

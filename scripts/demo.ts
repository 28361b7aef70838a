/**
 * `npm run demo [-- --json] [--lang fr|en] [--issued N]`: plays Livret from the first accreditation to the
 * last attack, on a temporary chain of its own that travels in time. Exits with 1 if anything comes out
 * otherwise than it must, with 64 if it is called wrongly.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startChain } from './demo/chain.ts'
import { judgeDemo, summarise } from './demo/judge-demo.ts'
import { createProgress } from './demo/progress.ts'
import { createRandom } from './demo/random.ts'
import { fewest, runDemo } from './demo/run-demo.ts'
import { showResult } from './demo/show-result.ts'
import { readSources } from './demo/sources.ts'
import { createStopwatch } from './demo/stopwatch.ts'
import { languages, texts } from './demo/texts.ts'
import { beginning } from './demo/timeline.ts'
import { createWorld } from './demo/world.ts'

const usage = `Usage: npm run demo -- [--json] [--lang ${languages.join('|')}] [--issued ${fewest}…1000000]`

const Options = z.object({
  json: z.boolean(),
  lang: z.enum(languages),
  issued: z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.int().min(fewest).max(1_000_000)),
})

/** Where the open data lies beside this repository; see its README for what it must hold. */
const data = fileURLToPath(new URL('../../shared/data', import.meta.url))
const seed = 20_240_304

const options = readOptions()
if (options === undefined) {
  console.error(usage)
  process.exit(64)
}
const { json, lang, issued } = options
const watch = createStopwatch()
const random = createRandom(seed)
const progress = createProgress(process.stderr, texts[lang].stages)
const sources = await watch.time('read', () => readSources(data))
for (const { file, line, column, rule } of sources.problems) {
  console.error(`${file}:${line} ${column}: ${rule}`)
}
const world = createWorld(sources, random)

const chain = await startChain(beginning)
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interruption.abort()
    void chain.stop().finally(() => process.exit(1))
  })
}
try {
  const result = await runDemo({ chain, world, issued, random, progress, watch })
  progress.finish()
  const summary = summarise(result, watch)
  const unexpected = judgeDemo(result, summary, issued)
  if (json) {
    for (const problem of unexpected) console.error(problem)
    console.log(JSON.stringify(summary))
  } else {
    const { isExtract } = sources
    console.log(showResult({ result, summary, world, unexpected, isExtract }, lang))
  }
  if (unexpected.length > 0) process.exitCode = 1
} catch (error) {
  if (!interruption.signal.aborted) throw error // Else it is our own stop that it ran into.
} finally {
  await chain.stop()
}

function readOptions(): z.infer<typeof Options> | undefined {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'fr' },
        issued: { type: 'string', default: '5000' },
      },
    })
    return Options.safeParse(values).data
  } catch {
    return undefined
  }
}

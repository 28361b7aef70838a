/**
 * `stream-process.ts FOLDER COUNT`: verifies COUNT credentials out of FOLDER/some.jsonl, again and again,
 * under FOLDER/policy.json, and prints how many a second and how many MB it took at most.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AnchoredCredential, createVerifier, parsePolicy } from '#sdk'

const [folder = '.', count = '1'] = process.argv.slice(2)
const verifier = createVerifier({
  policy: parsePolicy(await readFile(join(folder, 'policy.json'), 'utf8')),
})
const lines = (await readFile(join(folder, 'some.jsonl'), 'utf8')).trim().split('\n')
const some = lines.map((line) => AnchoredCredential.parse(JSON.parse(line)))

function* again(): Generator<AnchoredCredential> {
  for (let i = 0; i < Number(count); i++) {
    const each = some[i % some.length]
    if (each !== undefined) yield each
  }
}

const start = performance.now()
let [verified, peak] = [0, 0]
for await (const { verdict } of verifier.verifyMany(again())) {
  if (verdict !== 'valid') throw new Error('bench: not valid')
  // Not maxRSS, which a process has from the one that started it.
  if (verified++ % 1_000 === 0) peak = Math.max(peak, process.memoryUsage.rss())
}
const seconds = (performance.now() - start) / 1000
const perSecond = Math.round(Number(count) / seconds)
console.log(JSON.stringify({ perSecond, megabytes: peak / 2 ** 20 }))

/**
 * `npm run conformance -- FOLDER…`: runs public W3C test suites, checked out and installed in folders
 * of their own, against a server that is started for it. One line a suite; exit code 1 if any of them
 * passes fewer tests than it should.
 *
 * @module
 */
import { startSite } from './conformance/start-site.ts'
import { suiteIn } from './conformance/suites.ts'

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('npm run conformance -- FOLDER…    folders of W3C test suites, installed')
  process.exit(64)
}
const suites = await Promise.all(folders.map(suiteIn))
const site = await startSite()
let isGood = true
try {
  for (const suite of suites) {
    const { name, expected } = suite
    const { passed, failed, skipped } = await suite.run(site)
    const isEnough = passed >= expected.passed && failed.length <= expected.failed
    isGood &&= isEnough
    const counts = `${passed} passed, ${failed.length} failed, ${skipped} skipped`
    console.log(`${isEnough ? 'ok  ' : 'MISS'} ${name}: ${counts} (expected ${expected.passed})`)
    for (const title of failed) console.log(`       - ${title}`)
  }
} finally {
  await site.stop()
}
process.exit(isGood ? 0 : 1)

/**
 * The line that closes a test run and that CI reads: `12 passed, 0 failed, 1 skipped`.
 *
 * @module
 */
import type { Reporter, TestModule } from 'vitest/node'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** Prints the closing line of a run of vitest alone; `npm test` prints one over all its tests. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    console.log(closingLine(countTests(modules, unhandled)))
  }
}

/** Counts tests by outcome. What failed outside of a test (a hook, an import) is a failure, too. */
export function countTests(modules: readonly TestModule[], unhandled: readonly unknown[]): Counts {
  const states = modules.flatMap(statesIn)
  const count = (state: string) => states.filter((each) => each === state).length
  const broken = modules.filter((each) => !each.ok() && !statesIn(each).includes('failed')).length
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + broken + unhandled.length,
    skipped: count('skipped'),
  }
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}

function statesIn(module: TestModule): string[] {
  return [...module.children.allTests()].map((test) => test.result().state)
}

import { crashPoints, type Victim } from './points.ts'
import type { CrashCase } from './run-case.ts'

/** Where more than the server itself is at stake. */
const others: Readonly<Record<string, readonly Victim[]>> = {
  'credential written, not committed': ['database'],
  'credential committed, not acknowledged': ['everything'],
  'batch filled, not committed': ['database'],
  'batch being committed': ['everything'],
  'transaction written down': ['node', 'everything'],
  'transaction being written down': ['database'],
  'transaction handed over': ['node', 'everything'],
  'block mined, not saved': ['node', 'everything'],
  'anchor about to be marked': ['database'],
  'anchor marked': ['everything'],
}

/** Every marked point with the server as the victim, and the worst of them with what stands behind it. */
export const crashCases: readonly CrashCase[] = crashPoints.flatMap((point) =>
  (['server', ...(others[point.name] ?? [])] as const).map((victim) => ({ point, victim })),
)

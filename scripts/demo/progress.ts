import type { Stage } from './stopwatch.ts'

/** Shows people how far a long run is; says nothing to anybody else. */
export interface Progress {
  /** So much of a stage is done. */
  show(stage: Stage, done: number, total: number): void
  /** Wipes the bar away. */
  finish(): void
}

interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const width = 28

/** A bar on a terminal; in a log, nothing. */
export function createProgress(screen: Screen, labels: Readonly<Record<Stage, string>>): Progress {
  if (screen.isTTY !== true) return silent
  let shown = ''
  return {
    show(stage, done, total) {
      const filled = Math.floor((done / Math.max(total, 1)) * width)
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
      const line = `  ${bar} ${labels[stage]} ${done}/${total}`
      if (line !== shown) screen.write(`\r\u001B[2K${line}`)
      shown = line
    },
    finish() {
      screen.write('\r\u001B[2K')
    },
  }
}

/** A bar that nobody sees. */
export const silent: Progress = { show: () => undefined, finish: () => undefined }

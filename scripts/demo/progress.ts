/** Shows people how far a long run is; says nothing to anybody else. */
export interface Progress {
  /** So much of the stage called `label` is done. */
  show(label: string, done: number, total: number): void
  /** Leaves a line about a stage that is over, and makes room for the next. */
  finish(line: string): void
}

interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const width = 28

/** A bar on a terminal; in a log, the finished lines alone. */
export function createProgress(screen: Screen): Progress {
  const isTerminal = screen.isTTY === true
  let shown = ''
  return {
    show(label, done, total) {
      const filled = total === 0 ? width : Math.floor((done / total) * width)
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
      const line = `  ${bar} ${label} ${done}/${total}`
      if (!isTerminal || line === shown) return
      shown = line
      screen.write(`\r\u001B[2K${line}`)
    },
    finish(line) {
      screen.write(isTerminal ? `\r\u001B[2K${line}\n` : `${line}\n`)
    },
  }
}

/** A bar that nobody sees. */
export const silent: Progress = { show: () => undefined, finish: () => undefined }

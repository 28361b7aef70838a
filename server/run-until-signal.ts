/** One Ctrl-C arrives twice where npm started us: from the terminal, and from npm, which passes it on. */
const echoMilliseconds = 500

/**
 * Runs something that has to be stopped in order until this process is told to end: by SIGTERM, by
 * Ctrl-C, or by the end of the npm that started it. Told again, it ends at once; the next start cleans up.
 */
export async function runUntilSignal<T extends { stop(): Promise<void> }>(
  start: () => Promise<T>,
  onRunning: (running: T) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const told = Promise.race([firstSignal(), endOfNpm()])
  const running = await start()
  try {
    await Promise.race([told, onRunning(running).then(() => told)])
  } finally {
    await running.stop()
  }
  process.exit(0)
}

function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const note = () => {
      const now = performance.now()
      first ??= now
      if (now - first > echoMilliseconds) process.exit(1)
      resolve()
    }
    process.on('SIGTERM', note)
    process.on('SIGINT', note)
  })
}

/** A killed npm passes nothing on; without it nobody would ever tell this process to end. */
function endOfNpm(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    if (process.env['npm_lifecycle_event'] === undefined) return
    const look = () => {
      if (process.ppid !== parent) resolve()
    }
    setInterval(look, 500).unref()
  })
}

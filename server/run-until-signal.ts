/**
 * Runs something that has to be stopped in order until this process is told to end: by SIGTERM, or by
 * Ctrl-C. Told twice, it ends at once; the next start cleans up.
 */
export async function runUntilSignal<T extends { stop(): Promise<void> }>(
  start: () => Promise<T>,
  onRunning: (running: T) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const signalled = firstSignal()
  const running = await start()
  try {
    await Promise.race([signalled, onRunning(running).then(() => signalled)])
  } finally {
    await running.stop()
  }
  process.exit(0)
}

function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    const note = () => {
      count++
      if (count > 1) process.exit(1)
      resolve()
    }
    process.on('SIGTERM', note)
    process.on('SIGINT', note)
  })
}

/** Closes what was opened, with all the processes in it, also when this one is told to end. */
export function closeOnSignal(stand: { close: () => Promise<void> }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stand.close().finally(() => process.exit(1))
    })
  }
}

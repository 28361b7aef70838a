/**
 * Lets concurrent writes share a commit: while one group is being written, what comes in gathers for
 * the next. A write alone waits for nobody.
 *
 * @param write Writes a whole group, or nothing; answers false if some member cannot be written with
 *   the others. Then each is written alone, in order, so that only the culprit fails.
 * @param limit How many items a group holds before further callers go to the next one.
 */
export function groupCommit<T>(
  write: (items: readonly T[], isAlone: boolean) => Promise<boolean>,
  limit = 2_000,
): (items: readonly T[]) => Promise<void> {
  interface Waiting {
    items: readonly T[]
    done: () => void
    failed: (reason: unknown) => void
  }
  let waiting: Waiting[] = []
  let isWriting = false

  return (items) =>
    new Promise((done, failed) => {
      waiting.push({ items, done, failed })
      if (!isWriting) void writeAll()
    })

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const group = nextGroup()
      try {
        const items = group.flatMap((member) => member.items)
        if (group.length > 1 && (await write(items, false))) {
          for (const { done } of group) done()
          continue
        }
        for (const member of group) await writeAlone(member)
      } catch (reason) {
        for (const { failed } of group) failed(reason)
      }
    }
    isWriting = false
  }

  async function writeAlone({ items, done, failed }: Waiting): Promise<void> {
    await write(items, true).then(done, failed)
  }

  function nextGroup(): Waiting[] {
    let count = 0
    const end = waiting.findIndex(({ items }) => (count += items.length) > limit)
    const size = end === -1 ? waiting.length : Math.max(end, 1)
    const group = waiting.slice(0, size)
    waiting = waiting.slice(size)
    return group
  }
}

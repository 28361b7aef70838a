/** Chance that comes out the same every time: the demo can be told from one run to the next. */
export interface Random {
  /** A whole number from 0, below `count`. */
  below(count: number): number
  /** One of `values`, of which there is at least one. */
  pick<T>(values: readonly T[]): T
  /** `values` in another order. */
  shuffle<T>(values: readonly T[]): readonly T[]
}

/** Chance that starts from `seed`: mulberry32, good enough for everything but secrets. */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    pick<T>(values: readonly T[]) {
      const value = values[below(values.length)]
      if (value === undefined) throw new Error('demo: nothing to pick from')
      return value
    },
    shuffle: (values) =>
      values
        .map((value) => ({ value, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ value }) => value),
  }
}

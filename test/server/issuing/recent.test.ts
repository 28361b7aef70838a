import { describe, expect, test } from 'vitest'
import { recently } from '../../../server/issuing/recent.ts'

const at = (seconds: number) => new Date(seconds * 1000)

/** Counts how often it was asked. */
function counter() {
  let count = 0
  return { ask: () => Promise.resolve(++count), owner: {} }
}

describe('recently', () => {
  test('gives an answer again until its time is over, and not at that second', async () => {
    const { ask, owner } = counter()
    const remember = recently<number>(10)
    expect(await remember(owner, 'a', at(0), ask)).toBe(1)
    expect(await remember(owner, 'a', at(9.999), ask)).toBe(1)
    expect(await remember(owner, 'a', at(10), ask)).toBe(2)
  })

  test('keeps keys and owners apart', async () => {
    const { ask, owner } = counter()
    const remember = recently<number>(10)
    await remember(owner, 'a', at(0), ask)
    expect(await remember(owner, 'b', at(0), ask)).toBe(2)
    expect(await remember({}, 'a', at(0), ask)).toBe(3)
  })

  test('asks once for equal questions at the same time', async () => {
    const { ask, owner } = counter()
    const remember = recently<number>(10)
    const answers = [remember(owner, 'a', at(0), ask), remember(owner, 'a', at(0), ask)]
    expect(await Promise.all(answers)).toEqual([1, 1])
  })

  test('forgets failures', async () => {
    const { ask, owner } = counter()
    const remember = recently<number>(10)
    const fail = () => Promise.reject(new Error('down'))
    await expect(remember(owner, 'a', at(0), fail)).rejects.toThrow('down')
    expect(await remember(owner, 'a', at(0), ask)).toBe(1)
  })

  test('never keeps more than its capacity', async () => {
    const { ask, owner } = counter()
    const remember = recently<number>(10, 2)
    for (const key of ['a', 'b', 'c']) await remember(owner, key, at(0), ask)
    expect(await remember(owner, 'a', at(0), ask)).toBe(4)
  })
})

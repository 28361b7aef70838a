import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { inOrder } from '../../../sdk/lib/in-order.ts'
import { memo } from '../../../sdk/lib/memo.ts'
import { createPromiseCache } from '../../../sdk/lib/promise-cache.ts'
import { unslice } from '../../../sdk/lib/unslice.ts'

describe('memo', () => {
  test('computes once, and anew when it has forgotten', () => {
    let computed = 0
    const length = memo(2, (text: string) => {
      computed++
      return text.length
    })
    expect([length('a'), length('bb'), length('a')]).toEqual([1, 2, 1])
    expect(computed).toBe(2)
    expect([length('ccc'), length('a')]).toEqual([3, 1])
    expect(computed).toBe(4)
  })

  test('holds its questions, and not the long texts that they are parts of', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const heap = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    const length = memo(1_000, (text: string) => text.length)
    const before = heap()
    for (let i = 0; i < 100; i++) {
      const token = Buffer.from(`${String(i).padStart(100)}.${'A'.repeat(1_000_000)}`).toString()
      length(token.slice(0, 100))
    }
    expect(heap() - before).toBeLessThan(50_000_000)
    expect(length('a')).toBe(1)
  })
})

describe('unslice', () => {
  test.each(['', 'short', 'é'.repeat(40), '😀'.repeat(20), 'a'.repeat(13)])('keeps %s', (text) => {
    expect(unslice(text)).toBe(text)
    expect(unslice(`before ${text} behind`.slice(7, 7 + text.length))).toBe(text)
  })
})

describe('createPromiseCache', () => {
  test('asks once, and again what failed', async () => {
    const cache = createPromiseCache<string>()
    const found = cache.get('a', () => Promise.resolve('yes'))
    expect(cache.get('a', () => Promise.resolve('no'))).toBe(found)
    await expect(cache.get('b', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    expect(await cache.get('b', () => Promise.resolve('there'))).toBe('there')
  })

  test('keeps no more than its limit', async () => {
    const cache = createPromiseCache<number>(2)
    const answers = ['a', 'b', 'c', 'a'].map((question, i) =>
      cache.get(question, () => Promise.resolve(i)),
    )
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3])
  })
})

describe('inOrder', () => {
  const later = <T>(value: T) =>
    new Promise<T>((resolve) =>
      setTimeout(() => {
        resolve(value)
      }, 5),
    )
  const fail = (reason: string) => () => Promise.reject(new Error(reason))

  test('gives all answers', async () => {
    expect(await inOrder([later(1), Promise.resolve('two'), 3])).toEqual([1, 'two', 3])
  })

  test('throws what the first in order threw, not the first in time', async () => {
    const slow = later(0).then(fail('first'))
    await expect(inOrder([later(1), slow, fail('second')()])).rejects.toThrow('first')
  })
})

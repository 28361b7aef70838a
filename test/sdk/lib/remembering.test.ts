import { describe, expect, test } from 'vitest'
import { inOrder } from '../../../sdk/lib/in-order.ts'
import { memo } from '../../../sdk/lib/memo.ts'
import { createPromiseCache } from '../../../sdk/lib/promise-cache.ts'

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

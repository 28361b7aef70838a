import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { listOf } from '../../../sdk/model/list-of.ts'

const numbers = listOf(z.number(), 3)

test.each([[[]], [[1]], [[1, 2, 3]]])('listOf reads %j', (list) => {
  expect(numbers.parse(list)).toEqual(list)
})

test.each<[string, unknown]>([
  ['one item too many', [1, 2, 3, 4]],
  ['another item', ['1']],
  ['what is no list', { length: 1, 0: 1 }],
  ['nothing', undefined],
])('listOf refuses %s', (_, value) => {
  expect(numbers.safeParse(value).success).toBe(false)
})

test('listOf does not look at the items of a list that is too long', () => {
  let looks = 0
  const looking = z.custom<number>(() => {
    looks += 1
    return false
  })
  const { error } = listOf(looking).safeParse(Array(1_001).fill(1))
  expect(error?.issues).toHaveLength(1)
  expect(looks).toBe(0)
})

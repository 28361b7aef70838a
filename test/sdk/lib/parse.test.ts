import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { parse } from '../../../sdk/lib/parse.ts'

const Course = z.strictObject({
  title: z.string().check(z.minLength(1)),
  hours: z.number().check(z.positive(), z.maximum(100)),
  level: z.enum(['A', 'B']),
  url: z.url(),
  code: z.string().check(z.regex(/^\d+$/, 'expected digits')),
})
const course = { title: 'Welding', hours: 8, level: 'A', url: 'https://a.example', code: '7' }

test.each<[string, object, string]>([
  ['a missing member', { title: undefined }, 'title: missing'],
  ['a member of another type', { title: 7 }, 'title: expected string'],
  ['an empty text', { title: '' }, 'title: expected something'],
  ['too little', { hours: 0 }, 'hours: expected more than 0'],
  ['too much', { hours: 101 }, 'hours: expected at most 100'],
  ['a value that is not one of those', { level: 'C' }, 'level: expected A or B'],
  ['another format', { url: 'x' }, 'url: expected url'],
  ['what the schema itself has words for', { code: 'x' }, 'code: expected digits'],
  ['a member that nobody asked for', { grade: 1 }, 'course: unknown: grade'],
  [
    'members that nobody asked for',
    Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`a${'x'.repeat(50)}${i}`, 1])),
    `course: unknown: ${Array<string>(5)
      .fill(`a${'x'.repeat(39)}`)
      .join(', ')}, …`,
  ],
])('parse says what is wrong with %s', (_, change, problem) => {
  expect(() => parse(Course, { ...course, ...change }, 'course')).toThrow(
    expect.objectContaining({ facts: { input: 'course', problems: [problem] } }),
  )
})

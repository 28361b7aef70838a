import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { layout, readTable } from '../../../server/taxonomy/read-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'livret-table-'))
const courses = layout({
  columns: {
    code: z.string().regex(/^[A-Z]\d$/, 'expected a letter and a digit'),
    hours: z.coerce.number('expected a number'),
  },
  row: ({ code, hours }) => ({ code, hours }),
  key: ({ code }) => code,
  check: ({ hours }) => (hours > 0 ? undefined : { column: 'hours', rule: 'expected some' }),
})

const read = (content: string | Uint8Array, name = 'courses.csv') => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return readTable(path, courses)
}

describe('readTable', () => {
  test('reads rows in order, of any column order, without the columns it was not asked for', async () => {
    const { rows, problems } = await read('hours,room,code\n16,"B, 2",A1\n8,C,A2\n')
    expect(rows).toEqual([
      { code: 'A1', hours: 16 },
      { code: 'A2', hours: 8 },
    ])
    expect(problems).toEqual([])
  })

  test('takes a byte order mark, CR LF, quotes, blanks around cells and empty lines', async () => {
    const { rows } = await read('\uFEFF"code","hours"\r\n\r\n"\tA1"," 16 "\r\n')
    expect(rows).toEqual([{ code: 'A1', hours: 16 }])
  })

  test('unpacks what ends in .gz', async () => {
    const { rows } = await read(gzipSync('code,hours\nA1,16\n'), 'courses.csv.gz')
    expect(rows).toEqual([{ code: 'A1', hours: 16 }])
  })

  test.each([
    ['a cell that is wrong', 'a1,16', 'code', 'expected a letter and a digit'],
    ['a cell too many', 'A2,16,C', '', 'expected 2 cells, got 3'],
    ['a cell too few', 'A2', '', 'expected 2 cells, got 1'],
    ['a row that breaks a rule as a whole', 'A2,0', 'hours', 'expected some'],
    ['a key that stands there already', 'A1,16', '', 'A1 stands on line 2 already'],
    ['a quote inside a cell', 'A2,1"6', '', 'a quote stands where none may be'],
  ])('tells line and rule of %s and goes on', async (_, line, column, rule) => {
    const { rows, problems } = await read(`code,hours\nA1,16\n${line}\nA3,24\n`)
    expect(problems).toEqual([{ file: 'courses.csv', line: 3, column, rule }])
    expect(rows.map(({ code }) => code)).toEqual(['A1', 'A3'])
  })

  test('tells every cell that is wrong, not the first alone', async () => {
    const { problems } = await read('code,hours\na1,many\n')
    expect(problems.map(({ column }) => column)).toEqual(['code', 'hours'])
  })

  test('tells that a quote is never closed, and that rows were lost to it', async () => {
    const { rows, problems } = await read('code,hours\nA1,16\n"A2,16\nA3,16\n')
    expect(rows).toHaveLength(1)
    expect(problems).toEqual([
      expect.objectContaining({ line: 4, rule: expect.stringContaining('never closed') as string }),
    ])
  })

  test.each([
    ['lacks a column', 'code\nA1\n', 'courses.csv', 'no column hours'],
    ['is empty', '', 'courses.csv', 'no column code, hours'],
    ['is not UTF-8', Uint8Array.of(0xe9, 0x0a), 'courses.csv', 'encoded data was not valid'],
    ['is not gzip, though it says so', 'code,hours\n', 'plain.csv.gz', 'incorrect header check'],
  ])('refuses a file that %s', async (_, content, name, problem) => {
    await expect(read(content, name)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      facts: { input: name, problems: [expect.stringContaining(problem)] },
    })
  })

  test('refuses a file that is not there', async () => {
    const absent = readTable(join(folder, 'absent.csv'), courses)
    await expect(absent).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

import { expect, test } from 'vitest'
import { livret } from '../../support/terminal.ts'

test('livret canonicalize writes the canonical form and nothing else', async () => {
  const stdin = '{ "b": [1e21, 0.10], "a": "\\u00e9" }\n'
  expect(await livret(['canonicalize'], { stdin })).toEqual({
    code: 0,
    out: '{"a":"é","b":[1e+21,0.1]}',
    err: '',
  })
})

test.each(['{"a":1,"a":2}', '{', '"\\ud800"'])('livret canonicalize refuses %s', async (stdin) => {
  expect(await livret(['canonicalize'], { stdin })).toMatchObject({ code: 1, out: '' })
})

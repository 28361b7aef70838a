import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { rawToDer } from '../../../scripts/bench/verify/der.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('node:crypto takes 500 signatures of a JWT as rawToDer writes them', () => {
  for (let i = 0; i < 500; i++) {
    const data = Buffer.from(`message ${i}`)
    const raw = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    expect(verify('sha256', data, publicKey, rawToDer(raw))).toBe(true)
  }
})

test.each([
  ['small numbers', [1], [2], '3006020101020102'],
  ['a first bit that would be a sign', [0x80], [0xff], '300802020080020200ff'],
  ['zero', [0], [0], '3006020100020100'],
])('cuts leading zeros off %s', (_, r, s, der) => {
  const filled = (end: number[]) => Buffer.concat([Buffer.alloc(32 - end.length), Buffer.from(end)])
  expect(rawToDer(Buffer.concat([filled(r), filled(s)])).toString('hex')).toBe(der)
})

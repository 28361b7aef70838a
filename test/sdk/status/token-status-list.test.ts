import { existsSync, readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  decodeTokenStatusList,
  expandStatuses,
  isStatusSet,
  signTokenStatusList,
  type TokenStatuses,
} from '../../../sdk/status/token-status-list.ts'
import { entryMask } from '../../../sdk/status/bitstring.ts'
import { Hash } from '../../../sdk/model/primitives.ts'
import { forge, newParty } from '../../support/issuer.ts'

interface Vectors {
  small: { bits: TokenStatuses['bits']; hex_zlib: string; statuses: number[] }[]
  long: { bits: TokenStatuses['bits']; lst: string; statuses: Record<string, number> }[]
}
const file = new URL('../../../../shared/data/vectors/token_status_list.json', import.meta.url)
const vectors = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
  : { small: [], long: [] }

describe.skipIf(vectors.long.length === 0)('the vectors of the draft', () => {
  test.each(vectors.small)(
    'with $bits bits, byte by byte',
    async ({ bits, hex_zlib, statuses }) => {
      const lst = Buffer.from(hex_zlib, 'hex').toString('base64url')
      const statusOf = await expandStatuses({ bits, lst })
      expect(statuses.map((_, index) => statusOf(index))).toEqual(statuses)
    },
  )

  test.each(vectors.long)(
    'with $bits bits and a million entries',
    async ({ bits, lst, statuses }) => {
      const statusOf = await expandStatuses({ bits, lst })
      const read = Object.keys(statuses).map((index) => [index, statusOf(Number(index))])
      expect(Object.fromEntries(read)).toEqual(statuses)
      expect(statusOf(5)).toBe(bits === 8 && '5' in statuses ? statuses['5'] : 0)
    },
  )
})

const issuer = newParty()
const url = 'https://region.example/issuers/mer/token-status/7'
const block = { chainId: 31_337, number: 9, hash: Hash.parse(`0x${'ab'.repeat(32)}`), timestamp: 1 }
const times = { signedAt: 1_768_435_200, expiresAt: 1_768_438_800, ttl: 300 }
const made = (revoked: [number, bigint][], suspended: [number, bigint][]) =>
  signTokenStatusList(
    { url, issuer: issuer.did, revoked, suspended, blocks: [block], ...times },
    issuer.signer,
  )

describe('signTokenStatusList', () => {
  test('says what both maps on chain say, revoked before suspended', async () => {
    const list = decodeTokenStatusList(
      await made(
        [
          [0, entryMask(0) | entryMask(5)],
          [511, entryMask(131_071)],
        ],
        [[0, entryMask(5) | entryMask(6)]],
      ),
    )
    expect(list).toMatchObject({
      issuer: issuer.did,
      kid: issuer.signer.kid,
      url,
      signedAt: times.signedAt,
      expiresAt: times.expiresAt,
    })
    expect(list.blocks).toEqual([{ chainId: 31_337, number: 9, hash: block.hash }])
    const statusOf = await expandStatuses(list.status)
    expect([0, 1, 5, 6, 131_071].map(statusOf)).toEqual([1, 0, 1, 2, 1])
    expect(() => statusOf(131_072)).toThrow()
  })

  test('writes the header and claims of the draft', async () => {
    const [header = '', payload = ''] = (await made([], [])).split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      typ: 'statuslist+jwt',
    })
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      sub: url,
      iat: times.signedAt,
      exp: times.expiresAt,
      ttl: 300,
      status_list: { bits: 2 },
    })
  })
})

test.each([
  [0, false, false],
  [1, true, false],
  [2, false, true],
  [3, true, true],
  [15, true, true],
])('status %i: revoked %s, suspended %s', (status, revoked, suspended) => {
  expect(isStatusSet(status, 'revocation')).toBe(revoked)
  expect(isStatusSet(status, 'suspension')).toBe(suspended)
})

describe('a list is refused', () => {
  const lst = deflateSync(new Uint8Array(8)).toString('base64url')
  const good = { sub: url, iat: 1, status_list: { bits: 1, lst } }
  test.each<[string, object, object]>([
    ['of another type', {}, { typ: 'vc+jwt' }],
    ['without sub', { sub: undefined }, {}],
    ['without iat', { iat: undefined }, {}],
    ['of three bits', { status_list: { bits: 3, lst } }, {}],
    ['without a list', { status_list: { bits: 1 } }, {}],
    ['with a ttl of nothing', { ttl: 0 }, {}],
    ['of another than its key', { iss: 'did:example:other' }, {}],
    ['signed by none', {}, { alg: 'none' }],
  ])('%s', async (_, claims, header) => {
    const text = await forge(
      { alg: 'ES256', typ: 'statuslist+jwt', kid: issuer.signer.kid, ...header },
      { ...good, ...claims },
      issuer.signer,
    )
    expect(() => decodeTokenStatusList(text)).toThrow(
      expect.objectContaining({ code: 'TOKEN_INVALID' }),
    )
  })

  test.each([
    ['not zlib', Buffer.from('abc').toString('base64url')],
    ['not base64url', '+/='],
    ['too long', deflateSync(new Uint8Array(2 ** 21 + 1)).toString('base64url')],
  ])('that is %s', async (_, bad) => {
    await expect(expandStatuses({ bits: 1, lst: bad })).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    })
  })
})

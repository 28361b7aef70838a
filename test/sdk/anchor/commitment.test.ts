import { createHash, createHmac } from 'node:crypto'
import { AbiCoder, id, keccak256 } from 'ethers'
import { describe, expect, test } from 'vitest'
import { commitmentOf, credentialDigest, leafOf, leavesOf } from '../../../sdk/anchor/commitment.ts'
import { leafTag } from '../../../sdk/anchor/constants.ts'
import { packHashes } from '../../../sdk/anchor/pack.ts'
import { toHex } from '../../../sdk/lib/bytes.ts'
import { Format } from '../../../sdk/model/format.ts'
import { Hash } from '../../../sdk/model/primitives.ts'

const jws = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'
const salt = Hash.parse('0x' + '5a'.repeat(32))
const sha256 = (text: string) => createHash('sha256').update(text).digest()

const refusal = (code: string) =>
  expect.objectContaining({
    code: 'TOKEN_INVALID',
    facts: expect.objectContaining({ code }) as unknown,
  }) as Error

describe('credentialDigest', () => {
  test.each(['vc+jwt', 'jwt_vc_json'] as const)('of %s is SHA-256 of the compact JWS', (format) => {
    expect(credentialDigest(format, jws)).toEqual(sha256(jws))
  })

  test.each([jws, `${jws}~`, `${jws}~ZGlz~`, `${jws}~ZGlz~kb.j.wt`])(
    'of the SD-JWT %s leaves out what follows the first ~',
    (text) => {
      expect(credentialDigest('dc+sd-jwt', text)).toEqual(sha256(jws))
    },
  )

  test('refuses a token that is not ASCII', () => {
    expect(() => credentialDigest('vc+jwt', 'é')).toThrow(refusal('MALFORMED'))
  })

  test('refuses ldp_vc, whose text is not what was signed', () => {
    expect(() => credentialDigest('ldp_vc', '{}')).toThrow(refusal('FORMAT_UNKNOWN'))
  })
})

describe('commitmentOf', () => {
  test.each(Format.options)('of %s is the HMAC of domain, format and digest', (format) => {
    const digest = sha256(jws)
    const message = Buffer.concat([Buffer.from(`livret:commitment:v1\0${format}\0`), digest])
    const expected = createHmac('sha256', Buffer.from(salt.slice(2), 'hex'))
      .update(message)
      .digest('hex')
    expect(commitmentOf(salt, format, digest)).toBe(`0x${expected}`)
  })

  test('differs for each format of the same text', () => {
    const all = Format.options.map((format) => commitmentOf(salt, format, sha256(jws)))
    expect(new Set(all).size).toBe(Format.options.length)
  })
})

describe('leafOf', () => {
  test('is what Solidity makes of abi.encode(tag, commitment), hashed twice', () => {
    const tuple = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'bytes32'],
      [id('livret:leaf:v1'), salt],
    )
    expect(leafOf(salt)).toBe(keccak256(keccak256(tuple)))
  })

  test('is tagged with the hash of its own name', () => {
    expect(`0x${toHex(leafTag)}`).toBe(id('livret:leaf:v1'))
  })
})

describe('leavesOf', () => {
  test('gives the leaf of each commitment, in the same order', () => {
    const commitments = [salt, leafOf(salt), salt]
    const leaves = packHashes(commitments.map(leafOf))
    expect(leavesOf(commitments)).toEqual(leaves)
    expect(leavesOf(packHashes(commitments))).toEqual(leaves)
  })
})

import { describe, expect, test } from 'vitest'
import { buildBatchTree, openBatchTree, padLeaves } from '../../../sdk/anchor/batch-tree.ts'
import { commitmentOf, credentialDigest, leafOf } from '../../../sdk/anchor/commitment.ts'
import {
  commitmentRoot,
  makeReceipt,
  receiptRoot,
  rootFromProof,
} from '../../../sdk/anchor/receipt.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'
import { Receipt } from '../../../sdk/model/receipt.ts'

const format = 'vc+jwt'
const texts = Array.from({ length: 11 }, (_, i) => `eyJhbGciOiJFUzI1NiJ9.${String(i)}.c2ln`)
const salts = texts.map((_, i) => Hash.parse('0x' + i.toString(16).padStart(64, '0')))
const [text = '', other = ''] = texts
const salt = Hash.parse('0x' + '0'.repeat(64))
const leaves = texts.map((each, i) =>
  leafOf(commitmentOf(salts[i] ?? salt, format, credentialDigest(format, each))),
)
const tree = buildBatchTree(padLeaves(leaves, (length) => new Uint8Array(length).fill(9)))
const anchors = [
  {
    chainId: 31337,
    registry: Address.parse('0x' + '1'.repeat(40)),
    operator: Address.parse('0x' + '2'.repeat(40)),
  },
]
const invalid = expect.objectContaining({ code: 'INPUT_INVALID' }) as Error

describe('makeReceipt', () => {
  test('gives what the schema describes, and leads to the root', () => {
    const receipt = makeReceipt({ format, text, salt, tree, anchors })
    expect(Receipt.parse(receipt)).toEqual(receipt)
    expect(receipt.proof).toHaveLength(4)
    expect(receiptRoot(receipt, text)).toBe(tree.root)
  })

  test('carries the key of the issuer', () => {
    const issuerKey = { kty: 'OKP', crv: 'Ed25519', x: 'AA' } as const
    expect(makeReceipt({ format, text, salt, tree, anchors, issuerKey }).issuerKey).toEqual(
      issuerKey,
    )
  })

  test.each([
    ['a credential that is not in the batch', { text: 'a.b.c' }],
    ['another salt', { salt: salts[1] ?? salt }],
    ['another format', { format: 'jwt_vc_json' } as const],
    ['no anchor', { anchors: [] }],
  ])('refuses %s', (_, change) => {
    expect(() => makeReceipt({ format, text, salt, tree, anchors, ...change })).toThrow(invalid)
  })

  test('refuses a stored tree that was damaged', () => {
    const bytes = Uint8Array.from(tree.bytes)
    bytes[1] = (bytes[1] ?? 0) ^ 1
    expect(() => makeReceipt({ format, text, salt, tree: openBatchTree(bytes), anchors })).toThrow(
      invalid,
    )
  })
})

describe('receiptRoot', () => {
  const receipt = makeReceipt({ format, text, salt, tree, anchors })

  test.each([
    ['another credential', receipt, other],
    ['one character more', receipt, `${text}A`],
    ['another salt', { ...receipt, salt: salts[1] ?? salt }, text],
    ['a shorter proof', { ...receipt, proof: receipt.proof.slice(1) }, text],
    ['another order of the proof', { ...receipt, proof: receipt.proof.toReversed() }, text],
  ])('is another root for %s', (_, changed, credential) => {
    expect(receiptRoot(changed, credential)).not.toBe(tree.root)
  })
})

describe('commitmentRoot', () => {
  test('is the root from the leaf of the commitment', () => {
    const { proof } = makeReceipt({ format, text, salt, tree, anchors })
    expect(commitmentRoot(salt, proof)).toBe(rootFromProof(leafOf(salt), proof))
  })
})

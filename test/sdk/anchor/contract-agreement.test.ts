import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBatchTree, padLeaves, type BatchTree } from '../../../sdk/anchor/batch-tree.ts'
import { leafOf } from '../../../sdk/anchor/commitment.ts'
import { randomBytes } from '../../../sdk/crypto/node.ts'
import { Hash } from '../../../sdk/model/primitives.ts'
import { startChain, type Registries } from '../../support/chain.ts'

const leaves = Array.from({ length: 11 }, (_, i) =>
  leafOf(Hash.parse('0x' + createHash('sha256').update(String(i)).digest('hex'))),
)

let anchors: Registries['anchors']
let operator: string
let tree: BatchTree
beforeAll(async () => {
  const chain = await startChain()
  const { authority } = chain.accounts
  const registries = chain.as(authority)
  operator = authority.address
  anchors = registries.anchors
  tree = buildBatchTree(padLeaves(leaves, randomBytes))
  await registries.accreditations.accredit(operator, 2, [], 2n ** 40n - 1n, [])
  await anchors.anchor(tree.root, tree.leafCount, [{ accreditor: operator, number: 0, depth: 0 }])
})

describe('isIncluded of the AnchorRegistry', () => {
  test('accepts the proof of each leaf of an anchored batch, decoys too', async () => {
    expect(tree.leafCount).toBe(16)
    for (let i = 0; i < tree.leafCount; i++) {
      expect(await anchors.isIncluded(operator, tree.root, tree.leaf(i), tree.proof(i))).toBe(true)
    }
  })

  test('refuses the proof of another leaf', async () => {
    const proof = tree.proof(1)
    expect(await anchors.isIncluded(operator, tree.root, tree.leaf(0), proof)).toBe(false)
  })
})

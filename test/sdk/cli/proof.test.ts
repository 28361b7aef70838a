import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBatchTree, padLeaves } from '../../../sdk/anchor/batch-tree.ts'
import { makeReceipt, receiptLeaf } from '../../../sdk/anchor/receipt.ts'
import { randomBytes } from '../../../sdk/crypto/node.ts'
import { discloseOnly } from '../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'
import { wholeSdJwt } from '../../support/sd-jwt.ts'
import { livret } from '../../support/terminal.ts'

const salt = Hash.parse(`0x${'5a'.repeat(32)}`)
const registry = Address.parse(`0x${'11'.repeat(20)}`)

let folder: string
let anchored: { credential: string; receipt: ReturnType<typeof makeReceipt> }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-proof-'))
  const { text } = await wholeSdJwt()
  const format = 'dc+sd-jwt'
  const tree = buildBatchTree(padLeaves([receiptLeaf({ format, salt }, text)], randomBytes))
  const anchors = [{ chainId: 31_337, registry, operator: registry }]
  anchored = { credential: text, receipt: makeReceipt({ format, text, salt, tree, anchors }) }
})
afterAll(() => rm(folder, { recursive: true }))

test('livret proof prints what OpenZeppelin accepts', async () => {
  const { code, out } = await livret(['proof', '--json'], { stdin: JSON.stringify(anchored) })
  expect(code).toBe(0)
  const { root, proof, leaf } = JSON.parse(out) as { root: string; proof: string[]; leaf: string }
  expect(SimpleMerkleTree.verify(root, leaf, proof)).toBe(true)
  expect(root).toBe(anchored.receipt.root)
})

test('livret proof takes the receipt from a file of its own, and a copy that discloses less', async () => {
  const file = join(folder, 'receipt.json')
  await writeFile(file, JSON.stringify(anchored.receipt))
  const stdin = discloseOnly(anchored.credential, [])
  const { code, out } = await livret(['proof', '-', '--receipt', file], { stdin })
  expect(code).toBe(0)
  expect(out.split('\n').at(-1)).toBe(`root  ${anchored.receipt.root}`)
})

test('livret proof refuses the receipt of another', async () => {
  const { text: credential } = await wholeSdJwt()
  const stdin = JSON.stringify({ ...anchored, credential })
  expect(await livret(['proof', '--json'], { stdin })).toMatchObject({ code: 1, out: '' })
})

test('livret proof without a receipt is wrong usage', async () => {
  expect((await livret(['proof'], { stdin: anchored.credential })).code).toBe(64)
})

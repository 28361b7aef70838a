import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readHeader } from '../../../sdk/bundle/header.ts'
import { headerOfBlock, readRawHeader } from '../../../sdk/bundle/header-of-block.ts'
import { decodeRlp, encodeRlp, type RlpItem } from '../../../sdk/bundle/rlp.ts'
import { keccak256 } from '../../../sdk/anchor/keccak.ts'
import { createRpc } from '../../../sdk/chain/rpc.ts'
import { fromHex, toHash, toHex } from '../../../sdk/lib/bytes.ts'
import type { Hash } from '../../../sdk/model/primitives.ts'

const anvil = fileURLToPath(new URL('../../../node_modules/.bin/anvil', import.meta.url))
const sample = '../shared/data/vectors/eth_getProof_hardhat3.json'

/** The first block after genesis under the rules of a fork. */
async function blockOf(fork: string): Promise<{ hash: Hash; number: string; timestamp: string }> {
  const args = [anvil, '--port', '0', '--hardfork', fork, '--accounts', '1']
  const node = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    for await (const line of createInterface(node.stdout)) {
      const address = /Listening on (\S+)/.exec(line)?.[1]
      if (address === undefined) continue
      const request = createRpc(`http://${address}`)
      await request('evm_mine', [])
      return (await request('eth_getBlockByNumber', ['0x1', false])) as Awaited<
        ReturnType<typeof blockOf>
      >
    }
    throw new Error('anvil ended before it was listening')
  } finally {
    node.kill('SIGTERM')
    if (node.exitCode === null) await once(node, 'exit')
  }
}

describe('the header of a block', () => {
  test.each([
    ['london', 16],
    ['paris', 16],
    ['shanghai', 17],
    ['cancun', 20],
    ['prague', 21],
  ])('of %s has its hash, with %i fields', async (fork, count) => {
    const block = await blockOf(fork)
    const header = headerOfBlock(block, block.hash)!
    expect(decodeRlp(header)).toHaveLength(count)
    expect(readHeader(header)).toMatchObject({
      hash: block.hash,
      number: Number(block.number),
      timestamp: Number(block.timestamp),
    })
  })

  test.skipIf(!existsSync(sample))('of a node of Hardhat has its hash', () => {
    const { block, headerRlp } = JSON.parse(readFileSync(sample, 'utf8')) as {
      block: { hash: Hash }
      headerRlp: string
    }
    expect(headerOfBlock(block, block.hash)).toEqual(fromHex(headerRlp))
  })

  test('of a fork to come is read beyond what it adds, and fetched raw', async () => {
    const block = await blockOf('prague')
    const known = decodeRlp(headerOfBlock(block, block.hash)!) as readonly RlpItem[]
    const later = encodeRlp([...known, new Uint8Array(32).fill(1), Uint8Array.of(7)])
    const hash = toHash(keccak256(later))
    expect(readHeader(later)).toMatchObject({ hash, number: 1 })

    const answers: Record<string, unknown> = {
      eth_getBlockByHash: { ...block, hash, later: '0x07' },
      debug_getRawHeader: `0x${toHex(later)}`,
    }
    const endpoint = { url: 'node', request: (method: string) => Promise.resolve(answers[method]) }
    expect(await readRawHeader(endpoint, hash)).toEqual(later)
    answers['debug_getRawHeader'] = '0x'
    await expect(readRawHeader(endpoint, hash)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })

  test.each([
    ['a string', Uint8Array.of(1)],
    ['fifteen fields', Array.from({ length: 15 }, () => new Uint8Array(32))],
    ['a state root of 31 bytes', fields({ 3: new Uint8Array(31) })],
    ['a number with a leading zero', fields({ 8: Uint8Array.of(0, 1) })],
    ['a time beyond all clocks', fields({ 11: new Uint8Array(7).fill(1) })],
  ])('is not %s', (_, item) => {
    expect(() => readHeader(encodeRlp(item))).toThrow(RangeError)
  })
})

function fields(change: Record<number, Uint8Array>): RlpItem {
  return Array.from(
    { length: 16 },
    (_, i) => change[i] ?? (i === 3 ? new Uint8Array(32) : Uint8Array.of(1)),
  )
}

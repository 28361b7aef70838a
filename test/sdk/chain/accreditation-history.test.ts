import { AbiCoder, id, zeroPadValue } from 'ethers'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAccreditationHistory } from '../../../sdk/chain/accreditation-history.ts'
import { localEndpoint } from '../../../sdk/chain/endpoints.ts'
import type { RpcRequest } from '../../../sdk/chain/rpc.ts'
import type { ChainPin } from '../../../sdk/model/policy.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'

const subject = Address.parse('0x' + '5a'.repeat(20))
const accreditor = Address.parse('0x' + '6b'.repeat(20))
const scope = Hash.parse('0x' + '2e'.repeat(32))
const blockAt = (number: number) => ({
  chainId: 1,
  number,
  hash: Hash.parse('0x' + number.toString(16).padStart(64, '0')),
  timestamp: 1000 + number,
})
const pin = {
  chainId: 1,
  creationBlock: { number: 1000, hash: scope },
  accreditationRegistry: { address: accreditor, codeHash: scope },
} as ChainPin

interface Filter {
  fromBlock: string
  toBlock: string
}

/** Blocks that hold an event; the node refuses questions that span more than `widest` blocks. */
let events: readonly number[]
let widest: number
let known: (block: string) => boolean
let spans: [number, number][]
beforeEach(() => {
  events = []
  widest = Infinity
  known = () => true
  spans = []
})

const request: RpcRequest = (method, params) => {
  if (method === 'eth_getBlockByHash') {
    const [hash] = params as [string]
    const block = { number: '0x1', hash, timestamp: '0x1' }
    return Promise.resolve(known(hash) ? block : null)
  }
  const [{ fromBlock, toBlock }] = params as [Filter]
  const [from, to] = [Number(fromBlock), Number(toBlock)]
  spans.push([from, to])
  if (to - from + 1 > widest) return Promise.reject(new Error('too many blocks'))
  return Promise.resolve(events.filter((block) => from <= block && block <= to).map(logAt))
}
const logAt = (number: number) => ({
  topics: [
    id('Accredited(address,bytes32,address,uint8,uint32,uint40)'),
    zeroPadValue(subject, 32),
    scope,
    zeroPadValue(accreditor, 32),
  ],
  data: AbiCoder.defaultAbiCoder().encode(['uint8', 'uint32', 'uint40'], [1, number, 9]),
})
const node = localEndpoint('test', request)
const history = () => createAccreditationHistory(pin, (question) => question(node))
const numbers = async (made: ReturnType<typeof history>, block: number) =>
  (await made.namesOf(subject, blockAt(block))).map(({ number }) => number)

describe('namesOf', () => {
  test('names records as their events do', async () => {
    events = [1234]
    expect(await history().namesOf(subject, blockAt(2000))).toEqual([
      { subject, right: 'accredit', scope, accreditor, number: 1234 },
    ])
  })

  test('searches from the creation of the registry on, in one question if it may', async () => {
    await numbers(history(), 2_000_000)
    expect(spans).toEqual([[1000, 2_000_000]])
  })

  test('searches in smaller steps where the node wants it, and leaves no block out', async () => {
    widest = 10_000
    events = [1000, 10_999, 11_000, 77_777, 99_999, 100_000]
    expect(await numbers(history(), 100_000)).toEqual(events)
    const answered = spans.filter(([from, to]) => to - from < widest).toSorted(([a], [b]) => a - b)
    for (const [i, [from]] of answered.entries()) {
      expect(from).toBe(i === 0 ? 1000 : (answered[i - 1]?.[1] ?? 0) + 1)
    }
    expect(answered.at(-1)?.[1]).toBe(100_000)
  })

  test('gives up on a node that refuses small steps, too', async () => {
    widest = 0
    await expect(numbers(history(), 100_000)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
    expect(spans.length).toBeLessThan(12)
  })

  test('does not search again where it has searched', async () => {
    const made = history()
    events = [1500, 2500]
    expect(await numbers(made, 2000)).toEqual([1500])
    expect(await numbers(made, 3000)).toEqual([1500, 2500])
    expect(await numbers(made, 2999)).toEqual([1500, 2500])
    expect(spans).toEqual([
      [1000, 2000],
      [2001, 3000],
    ])
  })

  test('searches everything again once told to forget', async () => {
    const made = history()
    await numbers(made, 2000)
    made.forget()
    await numbers(made, 2000)
    expect(spans).toHaveLength(2)
  })

  test('does not believe a node that lacks the block', async () => {
    known = (hash) => hash !== blockAt(2000).hash
    await expect(numbers(history(), 2000)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })
})

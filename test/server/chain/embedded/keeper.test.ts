import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRpc, type RpcRequest } from '#sdk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runAnvil, type Anvil } from '../../../../server/chain/embedded/anvil.ts'
import { startKeeper, type Keeper } from '../../../../server/chain/embedded/keeper.ts'
import { sealedKeys } from '../../../../server/keys/keys.ts'

/** A clock that goes twenty times as fast, and further when it is told to. */
const start = Date.parse('2026-03-01T09:00:00Z')
const began = Date.now()
let seconds = 0
const now = () => new Date(start + (Date.now() - began) * 20 + seconds * 1000)

let folder: string
let node: Anvil
let keeper: Keeper
/** What the keeper asked of the node, of what matters here. */
let asked: string[] = []

beforeEach(async () => {
  asked = []
  folder = await mkdtemp(join(tmpdir(), 'livret-keeper-'))
  node = await runAnvil(folder, Math.floor(now().getTime() / 1000))
  const rpc = createRpc(node.url)
  const request: RpcRequest = (method, params) => {
    if (method === 'evm_mine' || method === 'anvil_dumpState') asked.push(method)
    return rpc(method, params)
  }
  keeper = startKeeper({ request, folder, now, heartbeatSeconds: 10_000, onFailure: fail })
  await keeper.settle()
})
afterEach(async () => {
  await keeper.stop()
  await node.stop()
  await rm(folder, { recursive: true, force: true })
})

const fail = (error: unknown) =>
  Promise.reject(error instanceof Error ? error : new Error('failed'))

const request = (method: string, params: readonly unknown[] = []) =>
  createRpc(node.url)(method, params)
const blockNumber = async () => Number(await request('eth_blockNumber'))

async function send(nonce = 0) {
  const account = await sealedKeys(new Uint8Array(32).fill(7)).account(await accountKey)
  await request('anvil_setBalance', [account.address, '0xde0b6b3a7640000'])
  const { raw } = await account.signTransaction({
    chainId: 2_019_031,
    to: account.address,
    data: '0x',
    nonce,
    gasLimit: 21_000n,
    maxFeePerGas: 10n ** 10n,
    maxPriorityFeePerGas: 1n,
  })
  await request('eth_sendRawTransaction', [raw])
}
const accountKey = Promise.resolve(sealedKeys(new Uint8Array(32).fill(7)).makeAccount())

describe('the keeper', () => {
  test('saves every block before it mines the next one', async () => {
    for (let i = 0; i < 3; i++) {
      seconds += 10
      await send(i)
      await keeper.settle()
    }
    const mined = asked.filter((method) => method === 'evm_mine')
    expect(mined.length).toBeGreaterThanOrEqual(6)
    for (const [i, method] of asked.entries()) {
      if (method === 'evm_mine') expect(asked.slice(i + 1)[0]).toBe('anvil_dumpState')
    }
  })

  test('mines a transaction, and one block on top of it that makes it final', async () => {
    seconds += 10
    const before = await blockNumber()
    await send()
    await keeper.settle()
    expect(await blockNumber()).toBe(before + 2)
    await keeper.settle()
    expect(await blockNumber()).toBe(before + 2)
    const state = await readFile(join(folder, 'state.json'), 'utf8')
    expect(JSON.parse(state)).toMatchObject({ best_block_number: before + 2 })
  })

  test('mines nothing while nothing happens, but keeps the final block young', async () => {
    await send()
    await keeper.settle()
    const before = await blockNumber()
    seconds += 9_000
    await keeper.settle()
    expect(await blockNumber()).toBe(before)
    seconds += 1_000
    await keeper.settle()
    const final = (await request('eth_getBlockByNumber', [
      `0x${((await blockNumber()) - 1).toString(16)}`,
      false,
    ])) as { timestamp: string }
    expect(now().getTime() / 1000 - Number(final.timestamp)).toBeLessThan(10_000)
  })

  test('does not mine on and on for a transaction that cannot be mined', async () => {
    seconds += 10
    await send(0)
    await keeper.settle()
    seconds += 10
    await send(1)
    // A base fee above what it offers.
    await request('anvil_setNextBlockBaseFeePerGas', ['0x174876e800'])
    await keeper.settle()
    const before = await blockNumber()
    await keeper.settle()
    await keeper.settle()
    expect(await blockNumber()).toBe(before)
  })
})

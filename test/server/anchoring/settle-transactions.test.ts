import { Transaction } from 'ethers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createChain } from '../../../server/chain/chain.ts'
import { openDesk, type Desk } from '../../support/desk.ts'
import { inPool } from '../../support/in-pool.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const open = () => desk.store.transactions.open(desk.pin.chainId)
const stateOf = async (batch: number) => (await desk.anchorOf(batch))?.state

/** A batch whose root waits in the node's pool. */
async function sentBatch() {
  const { batch } = await desk.batch(await desk.readyIssuer())
  await desk.reconcile()
  const [transaction] = await open()
  expect(await inPool(desk.request)).toEqual([transaction!.hash])
  return { batch, transaction: transaction! }
}

describe('a chain that cannot be had', () => {
  test('leaves roots unsent; they go out when it is back', async () => {
    const issuer = await desk.readyIssuer()
    const dump = (await desk.request('anvil_dumpState', [])) as string
    const { batch } = await desk.batch(issuer)
    await desk.killNode()
    await expect(desk.reconcile()).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
    expect(await stateOf(batch)).toBe('unsent')

    await desk.startNode()
    await desk.request('anvil_loadState', [dump])
    await desk.mine()
    expect(await desk.settle()).toBe('settled')
    expect(await stateOf(batch)).toBe('final')
  })

  test('is left alone, with an alarm, if it was reset', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    await desk.killNode()
    await desk.startNode()
    await desk.mine(9)
    await expect(desk.reconcile()).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
    expect(desk.alarms.map(({ event }) => event)).toEqual(['chain is not the one it was'])
    expect(await stateOf(batch)).toBe('unsent')
    expect(await open()).toEqual([])
  })

  test('is left alone if its node serves another chain id', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    desk.useChain(createChain({ ...desk.pin, chainId: 11_155_111 }))
    await expect(desk.reconcile()).rejects.toMatchObject({
      code: 'CHAIN_MISMATCH',
      facts: { what: 'chain id' },
    })
    expect(await stateOf(batch)).toBe('unsent')
    expect(await inPool(desk.request)).toEqual([])
  })

  test('is left alone if this store knows it with other registries', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    const block = (await desk.request('eth_getBlockByNumber', ['0x2', false])) as { hash: string }
    const other = { number: 2, hash: block.hash as Desk['pin']['creationBlock']['hash'] }
    desk.useChain(createChain({ ...desk.pin, creationBlock: other }))
    await expect(desk.reconcile()).rejects.toMatchObject({ code: 'CHAIN_CHANGED' })
    expect(desk.alarms.map(({ event }) => event)).toEqual(['chain is not the one it was'])
    expect(await stateOf(batch)).toBe('unsent')
  })
})

describe('a transaction', () => {
  test('that the node has dropped is sent again, the same bytes', async () => {
    const { batch, transaction } = await sentBatch()
    await desk.request('anvil_dropTransaction', [transaction.hash])
    expect(await inPool(desk.request)).toEqual([])
    await desk.reconcile()
    expect(await inPool(desk.request)).toEqual([transaction.hash])
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
  })

  test('that is stuck is replaced by one that pays a tenth more, at the same nonce', async () => {
    const { batch, transaction } = await sentBatch()
    desk.wait(desk.chain.limits.stuckSeconds)
    await desk.reconcile()
    const [old, young, ...rest] = await open()
    expect(rest).toEqual([])
    expect(old!.hash).toBe(transaction.hash)
    expect(young!.nonce).toBe(transaction.nonce)
    const [before, after] = [Transaction.from(old!.raw), Transaction.from(young!.raw)]
    expect(after.maxFeePerGas! * 10n).toBeGreaterThanOrEqual(before.maxFeePerGas! * 11n)
    expect(after.maxPriorityFeePerGas! * 10n).toBeGreaterThanOrEqual(
      before.maxPriorityFeePerGas! * 11n,
    )
    expect([after.to, after.data]).toEqual([before.to, before.data])
    expect(await inPool(desk.request)).toEqual([young!.hash])

    await desk.reconcile()
    expect(await open()).toHaveLength(2)
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
    expect(await open()).toEqual([])
  })

  test('that was replaced may still be the one that is mined', async () => {
    const { batch, transaction } = await sentBatch()
    desk.wait(desk.chain.limits.stuckSeconds)
    await desk.reconcile()
    const [, young] = await open()
    await desk.request('anvil_dropTransaction', [young!.hash])
    await desk.request('eth_sendRawTransaction', [transaction.raw])
    expect(await desk.settle()).toBe('settled')
    expect(await stateOf(batch)).toBe('final')
    expect(desk.alarms).toEqual([])
  })

  test('is not replaced beyond the highest fee', async () => {
    const { transaction } = await sentBatch()
    const { maxFeePerGas } = Transaction.from(transaction.raw)
    desk.useChain(createChain(desk.pin, { limits: { maxFeePerGas: maxFeePerGas! } }))
    desk.wait(desk.chain.limits.stuckSeconds)
    await desk.reconcile()
    expect(await open()).toHaveLength(1)
    expect(desk.alarms.map(({ event }) => event)).toEqual(['transaction stuck at the highest fee'])
  })

  test('whose nonce another one took is given up, and its call sent anew', async () => {
    const { batch, transaction } = await sentBatch()
    await desk.request('anvil_dropTransaction', [transaction.hash])
    await desk.send(desk.operator, desk.authority.address, '0x')
    await desk.reconcile()
    const [anew] = await open()
    expect(anew).toMatchObject({ nonce: transaction.nonce + 1, state: 'prepared' })
    expect(desk.alarms.map(({ event }) => event)).toEqual(['transaction superseded'])
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
  })

  test('that failed is alarmed, and what it was for is looked at afresh', async () => {
    const { batch } = await sentBatch()
    // A higher fee: it comes first in the block.
    await desk.withdraw(desk.operator.address, 'anchor', '', { isMined: false })
    expect(await desk.settle()).toBe('blocked')
    expect(desk.alarms.map(({ event }) => event)).toEqual([
      'transaction failed',
      'operator may not anchor',
    ])
    expect(await stateOf(batch)).toBe('unsent')
    await desk.accredit(desk.operator.address, 'anchor', '')
    expect(await desk.settle()).toBe('settled')
    expect(await stateOf(batch)).toBe('final')
  })

  test('of an account without funds stays written down until it has some', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    await desk.fund(desk.operator.address, 1n)
    expect(await desk.reconcile()).not.toBe('settled')
    expect(await inPool(desk.request)).toEqual([])
    expect(desk.alarms.map(({ event }) => event)).toContain('transaction refused')
    await desk.fund(desk.operator.address)
    expect(await desk.settle()).toBe('settled')
    expect(await stateOf(batch)).toBe('final')
  })
})

describe('a block that vanishes', () => {
  test('puts its roots back to unsent, and they are anchored again', async () => {
    const { batch, transaction } = await sentBatch()
    await desk.mine()
    await desk.reconcile()
    expect(await stateOf(batch)).toBe('anchored')

    await desk.request('anvil_reorg', [1, []])
    await desk.reconcile()
    expect(await stateOf(batch)).toBe('unsent')
    expect(await open()).toMatchObject([{ state: 'prepared', hash: transaction.hash }])
    expect(await inPool(desk.request)).toEqual([transaction.hash])
    expect(await desk.settle()).toBe('settled')
    expect(await stateOf(batch)).toBe('final')
    expect(desk.alarms).toEqual([])
  })
})

import { Hash } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChain } from '../../../server/chain/chain.ts'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'

let desk: Desk
let issuer: DeskIssuer
beforeAll(async () => {
  desk = await openDesk()
  issuer = await desk.readyIssuer()
})
afterAll(() => desk.close())

/** Signed, not sent. */
async function signed(nonce: number, maxFeePerGas = 100_000_000_000n) {
  return desk.authority.signTransaction({
    chainId: desk.pin.chainId,
    to: desk.operator.address,
    data: '0x',
    nonce,
    gasLimit: 21_000n,
    maxFeePerGas,
    maxPriorityFeePerGas: 1n,
  })
}

describe('a chain client', () => {
  test('never offers more than the cap', async () => {
    const usual = await desk.chain.client.fees()
    expect(usual.maxFeePerGas).toBeGreaterThan(usual.maxPriorityFeePerGas)
    const { client } = createChain(desk.pin, { limits: { maxFeePerGas: 7n } })
    expect(await client.fees()).toEqual({ maxFeePerGas: 7n, maxPriorityFeePerGas: 7n })
  })

  test('counts the nonces of mined transactions alone', async () => {
    const { client } = desk.chain
    const nonce = await client.nonceOf(desk.authority.address)
    const { raw, hash } = await signed(nonce)
    await client.broadcast(raw)
    expect(await client.nonceOf(desk.authority.address)).toBe(nonce)
    expect(await client.receiptOf(hash)).toBeUndefined()
    await desk.mine()
    expect(await client.nonceOf(desk.authority.address)).toBe(nonce + 1)
    const receipt = await client.receiptOf(hash)
    expect(receipt).toMatchObject({ succeeded: true })
    expect(await client.blockHashOf(receipt!.blockNumber)).toBe(receipt!.blockHash)
  })

  test('takes it for done to send what is known, waiting or mined', async () => {
    const { client } = desk.chain
    const { raw } = await signed(await client.nonceOf(desk.authority.address))
    await client.broadcast(raw)
    await client.broadcast(raw)
    await desk.mine()
    await client.broadcast(raw)
  })

  test('passes on what the node refuses, with its reason', async () => {
    const { client } = desk.chain
    const { raw } = await signed(await client.nonceOf(desk.authority.address), 1n)
    const poor = await issuer.account.signTransaction({
      chainId: desk.pin.chainId,
      to: desk.operator.address,
      data: '0x',
      nonce: await client.nonceOf(issuer.account.address),
      gasLimit: 30_000_000n,
      maxFeePerGas: 10n ** 15n,
      maxPriorityFeePerGas: 1n,
    })
    await expect(client.broadcast(poor.raw)).rejects.toMatchObject({ code: 'TRANSACTION_REFUSED' })
    await expect(client.broadcast('0x02')).rejects.toMatchObject({ code: 'TRANSACTION_REFUSED' })
    const call = { from: desk.operator.address, to: desk.pin.statusRegistry.address } as const
    await expect(client.estimateGas({ ...call, data: '0x12345678' })).rejects.toMatchObject({
      code: 'TRANSACTION_REFUSED',
    })
    expect(raw).toMatch(/^0x02/)
  })

  test('knows no block and no receipt that is not there', async () => {
    const nowhere = Hash.parse(`0x${'ab'.repeat(32)}`)
    expect(await desk.chain.client.blockHashOf(1_000_000)).toBeUndefined()
    expect(await desk.chain.client.receiptOf(nowhere)).toBeUndefined()
  })

  test('reads the status changes of some blocks, in order', async () => {
    const { client } = desk.chain
    const { block: before } = await desk.chain.latest.view()
    const revoked = await desk.changeStatus(issuer, 'revoke', { list: 3, index: 257 })
    const suspended = await desk.changeStatus(issuer, 'suspend', { list: 3, index: 2 })
    const reinstated = await desk.changeStatus(issuer, 'reinstate', { list: 3, index: 2 }, 1)
    const { issuerId } = issuer
    const [first, ...others] = [
      { kind: 'revoked', word: 1, mask: 1n << 254n, transaction: revoked },
      { kind: 'suspended', word: 0, mask: 1n << 253n, transaction: suspended },
      { kind: 'reinstated', word: 0, mask: 1n << 253n, transaction: reinstated },
    ].map((event) => ({ ...event, issuerId, list: 3 }))
    const { number } = before
    expect(await client.statusEvents(number + 1, number + 3)).toEqual([first, ...others])
    expect(await client.statusEvents(number + 1, number + 1)).toEqual([first])
    expect(await client.statusEvents(number + 2, number + 1)).toEqual([])
    expect(await client.suspensionsOf(issuerId, 3)).toBe(2n)
  })

  test('asks for the changes of many blocks in parts, if the node wants it so', async () => {
    const asked: [number, number][] = []
    const limited = createChain(desk.pin, {
      request: (method, params) => {
        if (method === 'eth_getLogs') {
          const [{ fromBlock, toBlock }] = params as [{ fromBlock: string; toBlock: string }]
          asked.push([Number(fromBlock), Number(toBlock)])
          if (Number(toBlock) - Number(fromBlock) >= 4) throw new Error('block range too large')
        }
        return desk.request(method, params)
      },
    })
    const { block } = await desk.chain.latest.view()
    const events = await limited.client.statusEvents(1, block.number)
    expect(events).toEqual(await desk.chain.client.statusEvents(1, block.number))
    expect(events).not.toEqual([])
    expect(asked.length).toBeGreaterThan(3)
  })

  test('says that a chain is away, and that an answer makes no sense', async () => {
    const away = createChain({ ...desk.pin, rpc: ['http://127.0.0.1:9'] })
    await expect(away.client.fees()).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
    const mad = createChain(desk.pin, { request: () => Promise.resolve('nonsense') })
    const nonce = mad.client.nonceOf(desk.authority.address)
    await expect(nonce).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })
})

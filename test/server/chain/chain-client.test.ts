import { Hash, readBlock } from '#sdk'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createChain } from '../../../server/chain/chain.ts'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'
import { serveRpc } from '../../support/rpc-server.ts'

let desk: Desk
let issuer: DeskIssuer
beforeAll(async () => {
  desk = await openDesk()
  issuer = await desk.readyIssuer()
})
afterAll(() => desk.close())

type Request = (method: string, params?: readonly unknown[]) => Promise<unknown>

async function blockAt(number: number) {
  const node = { url: 'desk', request: desk.request }
  return (await readBlock(node, desk.pin.chainId, number))!
}

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
    const [next, last] = [await blockAt(number + 1), await blockAt(number + 3)]
    expect(await client.statusEvents(number + 1, last)).toEqual([first, ...others])
    expect(await client.statusEvents(number + 1, next)).toEqual([first])
    expect(await client.statusEvents(number + 2, next)).toEqual([])
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
    const events = await limited.client.statusEvents(1, block)
    expect(events).toEqual(await desk.chain.client.statusEvents(1, block))
    expect(events).not.toEqual([])
    expect(asked.length).toBeGreaterThan(3)
  })

  test('says that a chain is away, and that an answer makes no sense', async () => {
    const away = createChain({ ...desk.pin, rpc: ['http://127.0.0.1:9'] })
    await expect(away.client.fees()).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
    const mad = createChain(desk.pin, {
      request: (method, params) =>
        method === 'eth_getTransactionCount'
          ? Promise.resolve('nonsense')
          : desk.request(method, params),
    })
    const nonce = mad.client.nonceOf(desk.authority.address)
    await expect(nonce).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })
})

describe('several nodes of one chain', () => {
  const servers: Awaited<ReturnType<typeof serveRpc>>[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()))
  })

  /** The chain through a node that answers as `change` says, and through the real one after it. */
  async function behind(change: (real: Request) => Request) {
    const server = await serveRpc({
      request: change((method, params = []) => desk.request(method, params)),
    })
    servers.push(server)
    const { client } = createChain({ ...desk.pin, rpc: [server.url, ...desk.pin.rpc] })
    const alone = createChain({ ...desk.pin, rpc: [server.url] }).client
    return { client, alone }
  }

  /** Has stopped at a block, and says nothing of that. */
  async function lagging() {
    const { number } = (await desk.chain.latest.view()).block
    const old = `0x${number.toString(16)}`
    return behind((real) => async (method, params = []) => {
      if (method === 'eth_getLogs') return []
      if (method === 'eth_getTransactionReceipt') return null
      if (method === 'eth_getTransactionCount') return real(method, [params[0], old])
      const block = await real(method, params)
      const isNewer =
        method === 'eth_getBlockByHash' && Number((block as Block | null)?.number) > number
      return isNewer ? null : block
    })
  }
  interface Block {
    number: string
  }

  test('answer for each other: one that is away costs nothing but time', async () => {
    const rpc = ['http://127.0.0.1:9', ...desk.pin.rpc]
    const { client } = createChain({ ...desk.pin, rpc })
    const nonce = await client.nonceOf(desk.authority.address)
    const { raw } = await signed(nonce)
    await client.broadcast(raw)
    await desk.mine()
    expect(await client.nonceOf(desk.authority.address)).toBe(nonce + 1)
  })

  test('are not believed where they lag behind the final block', async () => {
    const { client, alone } = await lagging()
    const { block: before } = await desk.chain.latest.view()
    const nonce = await desk.chain.client.nonceOf(issuer.account.address)
    const hash = await desk.changeStatus(issuer, 'revoke', { list: 9, index: 3 })
    const { block } = await desk.chain.latest.view()

    const asked = [
      alone.statusEvents(before.number + 1, block),
      alone.receiptOf(hash, block),
      alone.nonceOf(issuer.account.address, block),
    ]
    for (const each of asked)
      await expect(each).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
    expect(await client.statusEvents(before.number + 1, block)).toHaveLength(1)
    expect(await client.receiptOf(hash, block)).toMatchObject({ succeeded: true })
    expect(await client.nonceOf(issuer.account.address, block)).toBe(nonce + 1)
  })

  test('are not written to where they serve another chain', async () => {
    const sent: string[] = []
    const { client } = await behind((real) => async (method, params = []) => {
      if (method === 'eth_sendRawTransaction') sent.push(method)
      return method === 'eth_chainId' ? '0x1' : real(method, params)
    })
    const { raw } = await signed(0)
    for (const asked of [client.broadcast(raw), client.fees()]) {
      await expect(asked).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
    }
    expect(sent).toEqual([])
  })

  test('are not written to when they were reset after they had been checked', async () => {
    let isReset = false
    const sent: string[] = []
    const { client } = await behind((real) => async (method, params = []) => {
      if (method === 'eth_sendRawTransaction') sent.push(method)
      const isCreation = params[0] === `0x${desk.pin.creationBlock.number.toString(16)}`
      return isReset && isCreation ? null : real(method, params)
    })
    await client.fees()
    isReset = true
    const { raw } = await signed(0)
    await expect(client.broadcast(raw)).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
    expect(sent).toEqual([])
  })
})

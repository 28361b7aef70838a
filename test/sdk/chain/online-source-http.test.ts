import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'
import type { ChainPin } from '../../../sdk/model/policy.ts'
import { startAnvil, type TestNode } from '../../support/anvil.ts'
import { pinOf } from '../../support/pin.ts'

const deadUrl = 'http://127.0.0.1:1'
const issuerId = Hash.parse('0x' + '1d'.repeat(32))
const root = Hash.parse('0x' + '3f'.repeat(32))

let node: TestNode
let authority: Address
let pin: ChainPin
beforeAll(async () => {
  node = await startAnvil()
  authority = Address.parse(node.authority.toLowerCase())
  pin = await pinOf(node, { rpc: [node.url] })
})
afterAll(() => node.stop())

let requests = 0
beforeEach(() => {
  requests = 0
})
const countingFetch: typeof fetch = (input, init) => {
  requests++
  return fetch(input, init)
}

describe('over HTTP', () => {
  test('a chain is read as it is in this process', async () => {
    const accredit = node.contracts.accreditations.getFunction('accredit')
    await (await accredit.send(authority, 2, [], 2n ** 40n - 1n, [])).wait()
    const view = await createOnlineSource(pin).view()
    expect(await view.accreditationsOf(authority)).toMatchObject([
      {
        subject: authority,
        right: 'anchor',
        accreditor: authority,
        validFrom: view.block.timestamp,
      },
    ])
    expect(await view.anchorOf(authority, root)).toBeUndefined()
  })

  test('all questions of one turn are one HTTP request', async () => {
    const view = await createOnlineSource(pin, { fetch: countingFetch }).view()
    requests = 0
    await Promise.all([
      view.anchorOf(authority, root),
      view.issuerOf(issuerId),
      view.keyOf(issuerId, root),
      view.accreditationsOf(Address.parse('0x' + '0'.repeat(40))),
      ...Array.from({ length: 50 }, (_, word) => view.statusOf(issuerId, 7n, word)),
    ])
    expect(requests).toBe(1)
  })

  test('the second view of a source is one HTTP request', async () => {
    const source = createOnlineSource(pin, { fetch: countingFetch })
    await source.view()
    requests = 0
    await source.view()
    expect(requests).toBe(1)
  })

  test('a dead node is CHAIN_UNREACHABLE', async () => {
    await expect(createOnlineSource({ ...pin, rpc: [deadUrl] }).view()).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
      facts: { url: deadUrl },
    })
  })

  test('no endpoint at all is CHAIN_UNREACHABLE', async () => {
    await expect(createOnlineSource({ ...pin, rpc: [] }).view()).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
    })
  })

  test('the next endpoint answers for a dead one', async () => {
    const view = await createOnlineSource({ ...pin, rpc: [deadUrl, node.url] }).view()
    expect(await view.issuerOf(issuerId)).toBeUndefined()
  })

  test('a node that is dead when a question comes is CHAIN_UNREACHABLE', async () => {
    let isDead = false
    const dying: typeof fetch = (input, init) => fetch(isDead ? deadUrl : input, init)
    const view = await createOnlineSource(pin, { fetch: dying }).view()
    isDead = true
    await expect(view.issuerOf(issuerId)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })

  test('an endpoint of another chain is CHAIN_MISMATCH, also as the second one', async () => {
    const other = await startAnvil(31_340)
    try {
      const mismatch = { code: 'CHAIN_MISMATCH', facts: { url: other.url, what: 'chain id' } }
      const first = createOnlineSource({ ...pin, rpc: [other.url] })
      await expect(first.view()).rejects.toMatchObject(mismatch)
      const second = createOnlineSource({ ...pin, rpc: [deadUrl, other.url] })
      await expect(second.view()).rejects.toMatchObject(mismatch)
    } finally {
      await other.stop()
    }
  })

  test('an endpoint that lacks the block of the view does not answer for it', async () => {
    const twin = await startAnvil()
    try {
      let isTwin = false
      const swapping: typeof fetch = (input, init) => fetch(isTwin ? twin.url : input, init)
      const view = await createOnlineSource(pin, { fetch: swapping }).view()
      isTwin = true
      await expect(view.issuerOf(issuerId)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
      await expect(view.accreditationsOf(authority)).rejects.toMatchObject({
        code: 'CHAIN_UNREACHABLE',
      })
    } finally {
      await twin.stop()
    }
  })
})

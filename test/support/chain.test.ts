import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startChain, type TestChain } from './chain.ts'

let chain: TestChain
beforeAll(async () => {
  chain = await startChain()
})
afterAll(() => chain.stop())

describe('startChain', () => {
  test('deploys registries that know each other and the authority', async () => {
    const { accreditations, anchors, statuses } = chain.as(chain.accounts.stranger)
    expect(await accreditations.authority()).toBe(chain.accounts.authority.address)
    expect(await anchors.accreditations()).toBe(chain.addresses.accreditations)
    expect(await statuses.accreditations()).toBe(chain.addresses.accreditations)
  })

  test('answers JSON-RPC', async () => {
    expect(await chain.request('eth_chainId')).toBe(`0x${chain.chainId.toString(16)}`)
  })

  test('travels in time', async () => {
    const before = await chain.time()
    await chain.travel(3600)
    expect(await chain.time()).toBeGreaterThanOrEqual(before + 3600)
  })

  test('has accounts that act in their own name', async () => {
    const { operator } = chain.accounts
    const root = `0x${'11'.repeat(32)}`
    await chain
      .as(chain.accounts.authority)
      .accreditations.accredit(operator, 2, [], 2n ** 40n - 1n, [])
    const path = [[chain.accounts.authority, 0, 0]]
    await chain.as(operator).anchors.anchor(root, 8, path)

    const anchor: unknown = await chain.as(operator).anchors.anchorOf(operator, root)
    expect(anchor).toEqual([BigInt(await chain.time()), 8n])
    await expect(chain.as(chain.accounts.stranger).anchors.anchor(root, 8, path)).rejects.toThrow(
      'AnchorRegistryNotAccredited',
    )
  })
})

import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Scope } from '#sdk'
import { startChain, type Chain } from '../../../scripts/demo/chain.ts'
import { deployRegistries, type Registries } from '../../../scripts/demo/registries.ts'

const time = 1_709_535_600
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('livret-demo-'))
const before = new Set(folders())

let chain: Chain
let registries: Registries
beforeAll(async () => {
  chain = await startChain(time)
  registries = await deployRegistries(chain, await chain.account('authority'))
})
afterAll(() => chain.stop())

const timestampOf = async (block: number) => {
  const found = await chain.request('eth_getBlockByNumber', [`0x${block.toString(16)}`, false])
  return Number((found as { timestamp: string }).timestamp)
}
const grantOf = async (name: string) => ({
  subject: await chain.account(name),
  right: 'attest' as const,
  scope: Scope.parse('TrainingCertificate'),
  accreditor: registries.pin.authority,
})

describe("the demo's chain", () => {
  test('mines at the second that it says, and goes where it is sent', async () => {
    chain.travelTo(time + 86_400)
    const expected = chain.now()
    const [mined] = await chain.send([registries.accredit(await grantOf('a'), time * 2, [])])
    expect(expected).toBe(time + 86_400)
    expect(await timestampOf(mined!.blockNumber)).toBe(expected)
    expect(chain.now()).toBe(expected + 1)
  })

  test('goes nowhere back', () => {
    expect(() => {
      chain.travelTo(chain.now() - 1)
    }).toThrow('forward')
  })

  test('gives the same account for the same name', async () => {
    expect(await chain.account('college')).toBe(await chain.account('college'))
    expect(await chain.account('college')).not.toBe(await chain.account('academy'))
  })

  test('does not hide that a contract refused a call', async () => {
    const from = await chain.account('stranger')
    const stolen = { ...(await grantOf('a')), accreditor: from }
    await expect(chain.send([registries.accredit(stolen, time * 2, [])])).rejects.toThrow('refused')
  })

  test('leaves nothing behind', async () => {
    const other = await startChain(time)
    const own = folders().filter((name) => !before.has(name))
    await other.stop()
    expect(own.length).toBeGreaterThan(0)
    await expect(fetch(other.url)).rejects.toThrow()
    expect(own.filter((name) => existsSync(`${tmpdir()}/${name}`))).not.toEqual(own)
  })
})

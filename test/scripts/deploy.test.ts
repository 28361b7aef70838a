import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainPin, createOnlineSource } from '#sdk'
import { Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnvil, type TestNode } from '../support/anvil.ts'
import { runScript } from '../support/server-process.ts'

let folder: string
let node: TestNode
const payer = Wallet.createRandom()
const authority = Wallet.createRandom()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-deploy-'))
  await writeFile(join(folder, 'key'), payer.privateKey, { mode: 0o600 })
  node = await startAnvil(31_340)
  await node.request('anvil_setBalance', [payer.address, '0xde0b6b3a7640000'])
})
afterAll(async () => {
  await node.stop()
  await rm(folder, { recursive: true, force: true })
})

async function deploy(change: Record<string, string> = {}) {
  const options = {
    ...{ rpc: node.url, authority: authority.address, key: join(folder, 'key') },
    ...{ name: 'test', finality: '0', journal: join(folder, 'journal') },
    ...change,
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const { exited, output } = runScript('scripts/deploy.ts', args, {})
  const [code] = await exited
  return { code, output: output() }
}

describe('deploying', () => {
  test('prints a pin under which the chain is known, once and again', async () => {
    const first = await deploy()
    expect(first).toMatchObject({ code: 0 })
    const pin = ChainPin.parse(JSON.parse(first.output.slice(first.output.indexOf('{'))))
    expect(pin).toMatchObject({ name: 'test', authority: authority.address.toLowerCase() })
    const view = await createOnlineSource(pin).view()
    expect(view.block.number).toBeGreaterThanOrEqual(pin.creationBlock.number)

    const nonce = await node.request('eth_getTransactionCount', [payer.address, 'latest'])
    expect(nonce).toBe('0x3')
    const second = await deploy()
    expect(JSON.parse(second.output.slice(second.output.indexOf('{')))).toEqual(pin)
    expect(await node.request('eth_getTransactionCount', [payer.address, 'latest'])).toBe(nonce)
  })

  test('refuses a key that others may read, and options that make no sense', async () => {
    await chmod(join(folder, 'key'), 0o644)
    const open = await deploy()
    expect(open).toMatchObject({ code: 64 })
    expect(open.output).toContain('chmod 600')
    await chmod(join(folder, 'key'), 0o600)
    expect(await deploy({ authority: 'nobody' })).toMatchObject({ code: 64 })
    expect(await deploy({ finality: 'soon' })).toMatchObject({ code: 64 })
  })
})

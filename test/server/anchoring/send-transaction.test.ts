import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { breakLocks } from '../../support/database.ts'
import { openDesk, type Desk } from '../../support/desk.ts'
import { inPool } from '../../support/in-pool.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const open = () => desk.store.transactions.open(desk.pin.chainId)
const stateOf = async (batch: number) => (await desk.anchorOf(batch))?.state

/** A process that reconciles, and dies at a marked point. */
async function crash(point: string): Promise<void> {
  const preload = fileURLToPath(new URL('../../../scripts/kill9/crash-at.ts', import.meta.url))
  const script = fileURLToPath(new URL('../../support/reconcile-once.ts', import.meta.url))
  const file = join(desk.folder, 'crash.json')
  await writeFile(file, JSON.stringify({ point, victim: 'server', dataDir: desk.folder }))
  const child = spawn(process.execPath, ['--import', preload, script], {
    env: { ...process.env, LIVRET_CRASH_FILE: file },
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.end(JSON.stringify({ url: desk.url, pin: desk.pin }))
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

describe('a server killed while sending', () => {
  test('sends the very bytes that it had written down, once', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    const nonce = await desk.operatorNonce()
    await crash('transaction about to go out')
    const [written] = await open()
    expect(written).toMatchObject({ state: 'prepared', nonce })
    expect(await inPool(desk.request)).toEqual([])

    await desk.reconcile()
    expect(await inPool(desk.request)).toEqual([written!.hash])
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
    expect(await desk.operatorNonce()).toBe(nonce + 1)
  })

  test('does not send again what had gone out', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    const nonce = await desk.operatorNonce()
    await crash('transaction handed over')
    await desk.mine()
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
    expect(await desk.operatorNonce()).toBe(nonce + 1)
  })
})

describe('two processes on one database', () => {
  test('anchor a batch once', async () => {
    const other = await desk.another()
    const issuer = await desk.readyIssuer()
    const nonce = await desk.operatorNonce()
    const { batch } = await desk.batch(issuer)
    const found = await Promise.all([desk.reconcile(), desk.reconcile(other)])
    expect(found.sort()).toEqual(['elsewhere', 'in-flight'])
    await desk.mine()
    await Promise.all([desk.reconcile(other), desk.reconcile()])
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
    expect(await desk.operatorNonce()).toBe(nonce + 1)
  })

  test('of which one loses its lock: it sends nothing more', async () => {
    const { batch } = await desk.batch(await desk.readyIssuer())
    const { chain } = desk
    const loseLock = async () => {
      await breakLocks(desk.url)
      await sleep(100)
    }
    desk.useChain({
      ...chain,
      client: {
        ...chain.client,
        estimateGas: (call) => loseLock().then(() => chain.client.estimateGas(call)),
      },
    })
    await expect(desk.reconcile()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
    expect(await open()).toEqual([])
    expect(await inPool(desk.request)).toEqual([])

    desk.useChain(chain)
    await desk.settle()
    expect(await stateOf(batch)).toBe('final')
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config, Context } from '../../../server/context.ts'
import { openJobs } from '../../../server/jobs/jobs.ts'
import { startWork } from '../../../server/jobs/start-work.ts'
import { openDesk, type Desk } from '../../support/desk.ts'
import { someCredential } from '../../support/store.ts'

let desk: Desk
let stops: (() => Promise<void>)[] = []
beforeEach(async () => {
  desk = await openDesk({ limits: { pollSeconds: 1 } })
})
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
  await desk.close()
})

/** The background of one server process. */
async function startServer(batchSeconds = 60) {
  const jobs = await openJobs(desk.url, desk.log)
  const { store, keys, log, now, chain } = desk
  const config = { batchSeconds, batchSize: 1_000 } as Config
  const context = { store, keys, log, now, config, chains: [chain], jobs } as unknown as Context
  const stopWork = await startWork(context, jobs)
  stops.push(() => {
    stopWork()
    return jobs.stop()
  })
  return jobs
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await isSo()); i++) {
    await desk.mine()
    await sleep(50)
  }
  expect(await isSo()).toBe(true)
}

async function credentialWaits() {
  const issuer = await desk.readyIssuer()
  const credential = { ...someCredential(issuer.id, 1), key: issuer.key }
  const scopes = credential.scopes.slice(0, 1)
  await desk.store.credentials.add([{ ...credential, scopes }])
  return credential.locator
}
const batchOf = async (locator: string) => (await desk.store.credentials.byLocator(locator))?.batch

describe('the background', () => {
  test('closes a due batch and anchors it, without anybody asking', async () => {
    const locator = await credentialWaits()
    await startServer(1)
    await until(async () => {
      const batch = await batchOf(locator)
      return batch !== undefined && (await desk.anchorOf(batch))?.state === 'final'
    })
  })

  test('closes a batch that is asked for before it is due', async () => {
    const locator = await credentialWaits()
    const jobs = await startServer()
    await sleep(1_200)
    expect(await batchOf(locator)).toBeUndefined()
    await jobs.closeBatchSoon()
    await until(async () => (await batchOf(locator)) !== undefined)
  })

  test('of two processes anchors a batch once', async () => {
    const locator = await credentialWaits()
    const nonce = await desk.operatorNonce()
    const servers = [await startServer(1), await startServer(1)]
    await Promise.all(servers.map((jobs) => jobs.closeBatchSoon()))
    await until(async () => {
      const batch = await batchOf(locator)
      return batch !== undefined && (await desk.anchorOf(batch))?.state === 'final'
    })
    expect(await desk.operatorNonce()).toBe(nonce + 1)
  })

  test('takes up again what the chain was not there for', async () => {
    const issuer = await desk.readyIssuer()
    const dump = (await desk.request('anvil_dumpState', [])) as string
    const { batch } = await desk.batch(issuer)
    await desk.killNode()
    const jobs = await startServer()
    await jobs.reconcileSoon(desk.pin.chainId)
    await sleep(500)
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'unsent' })
    await desk.startNode()
    await desk.request('anvil_loadState', [dump])
    await until(async () => (await desk.anchorOf(batch))?.state === 'final')
  })
})

import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../support/desk.ts'
import {
  freePort,
  runScript,
  startProcess,
  until,
  type ServerProcess,
} from '../support/server-process.ts'
import { someCredential } from '../support/store.ts'

let desk: Desk
let servers: ServerProcess[] = []
let mining = true
beforeEach(async () => {
  desk = await openDesk()
  const chains = [{ pin: desk.pin, pollSeconds: 1, stuckSeconds: 60, maxFeePerGasGwei: 100 }]
  await writeFile(join(desk.folder, 'chains.json'), JSON.stringify(chains))
  mining = true
})
afterEach(async () => {
  mining = false
  await Promise.all(servers.map((server) => server.stop('SIGKILL')))
  servers = []
  await desk.close()
})

const environment = () => ({
  LIVRET_DATA_DIR: desk.folder,
  LIVRET_CHAINS: join(desk.folder, 'chains.json'),
  DATABASE_URL: desk.url,
  LIVRET_TOKEN: 'the-token-of-all-the-tests',
  LIVRET_KEY: '07'.repeat(32),
  LIVRET_BATCH_SECONDS: '1',
  LIVRET_DEV: '1',
})

async function startServer(): Promise<ServerProcess> {
  const server = await startProcess('server/main.ts', await freePort(), environment())
  servers.push(server)
  return server
}

/** A block every now and then, as on any chain. */
async function mineOn(): Promise<void> {
  while (mining) {
    await desk.mine().catch(() => undefined)
    await sleep(200)
  }
}

async function credentialWaits(index: number) {
  const issuer = await desk.readyIssuer()
  const credential = { ...someCredential(issuer.id, index), key: issuer.key }
  await desk.store.credentials.add([{ ...credential, scopes: credential.scopes.slice(0, 1) }])
  return credential.locator
}

const isFinal = async (locator: string) => {
  const batch = (await desk.store.credentials.byLocator(locator))?.batch
  return batch !== undefined && (await desk.anchorOf(batch))?.state === 'final'
}

describe('servers on one database', () => {
  test('anchor every batch once, and go on when one of them is killed', async () => {
    const first = await credentialWaits(1)
    const nonce = await desk.operatorNonce()
    const [doomed] = await Promise.all([startServer(), startServer()])
    const mined = mineOn()
    await until(async () => (await isFinal(first)) || undefined)
    expect(await desk.operatorNonce()).toBe(nonce + 1)

    await doomed.kill()
    const second = await credentialWaits(2)
    await until(async () => (await isFinal(second)) || undefined)
    mining = false
    await mined
  })
})

describe('a server', () => {
  test('answers while its chain is down, and says that it is not ready', async () => {
    const server = await startServer()
    await desk.killNode()
    const ready = await until(async () => {
      const response = await fetch(`${server.url}/readyz`)
      return response.status === 503 ? response.text() : undefined
    })
    expect(ready).toContain('chain desk: it does not answer')
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect(await server.stop()).toBe(0)
  })

  test('says that its chain is not the one it was, and counts the alarm', async () => {
    const server = await startServer()
    await desk.killNode()
    await desk.startNode()
    await desk.mine(9)
    const ready = await until(async () => {
      const text = await (await fetch(`${server.url}/readyz`)).text()
      return text.includes('not the one it was') ? text : undefined
    })
    expect(ready).toContain('chain desk')
    const metrics = await until(async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      return text.includes('livret_alarms_total{') ? text : undefined
    })
    expect(metrics).toContain('livret_alarms_total{event="chain is not the one it was"}')
  })

  test('does not start on a port that is taken, and says so', async () => {
    const other = createServer().listen(0)
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const env = { ...environment(), PORT: String(port) }
    const { exited, output } = runScript('scripts/start.ts', [], env)
    expect((await exited)[0]).toBe(1)
    expect(output()).toContain(`PORT: ${String(port)} cannot be had`)
    other.close()
  })
})

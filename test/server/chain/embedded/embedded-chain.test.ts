import { spawn } from 'node:child_process'
import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ChainPin, createRpc, Hash } from '#sdk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  startEmbeddedChain,
  type EmbeddedChain,
} from '../../../../server/chain/embedded/embedded-chain.ts'
import { processIdentity } from '../../../../server/chain/embedded/process-identity.ts'
import { sealedKeys } from '../../../../server/keys/keys.ts'
import { silent } from '../../../support/store.ts'

const keys = sealedKeys(new Uint8Array(32).fill(7))
let dataDir: string
let running: EmbeddedChain | undefined
let aheadSeconds = 0

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'livret-chain-'))
  aheadSeconds = 0
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  await rm(dataDir, { recursive: true, force: true })
})

/** Twenty times as fast as the clock on the wall, so that blocks need not wait for their second. */
const began = Date.now()
const now = () => new Date(began + (Date.now() - began) * 20 + aheadSeconds * 1000)

async function start(): Promise<EmbeddedChain> {
  running = await startEmbeddedChain({ dataDir, keys, now, log: silent })
  return running
}

async function stop(): Promise<void> {
  await running?.stop()
  running = undefined
}

const requestTo = ({ chain }: EmbeddedChain) => createRpc(chain.pin.rpc[0]!)

interface Block {
  number: string
  hash: string
  timestamp: string
}

/** Number, hash and time of every block up to the newest final one. */
async function finalBlocks(embedded: EmbeddedChain) {
  const request = requestTo(embedded)
  const { block } = await embedded.chain.final.view()
  return Promise.all(
    Array.from({ length: block.number + 1 }, async (_, number) => {
      const found = await request('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
      const { hash, timestamp } = found as Block
      return { number, hash, time: Number(timestamp) }
    }),
  )
}

/** Sends something and has it mined. */
async function transact({ chain, authority }: EmbeddedChain) {
  const nonce = await chain.client.nonceOf(authority.address)
  const { raw, hash } = await authority.signTransaction({
    chainId: chain.pin.chainId,
    to: authority.address,
    data: '0x',
    nonce,
    gasLimit: 21_000n,
    ...(await chain.client.fees()),
  })
  await chain.client.broadcast(raw)
  await chain.settle()
  return hash
}

const nodeFile = async () =>
  JSON.parse(await readFile(join(dataDir, 'chain', 'anvil.json'), 'utf8')) as { pid: number }

async function killNode(): Promise<void> {
  const { pid } = await nodeFile()
  process.kill(pid, 'SIGKILL')
  while ((await processIdentity(pid)) !== undefined) await sleep(5)
}

/** Lets a server process start the chain, and be killed. */
async function abandon(): Promise<ChainPin> {
  const script = fileURLToPath(new URL('../../../support/abandon-chain.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  return ChainPin.parse(JSON.parse(await text(child.stdout)))
}

describe('the embedded chain', () => {
  test('has the registries, under the demo authority, and is final at once', async () => {
    const { chain, authority } = await start()
    const { pin } = chain
    expect(pin.authority).toBe(authority.address)
    const view = await chain.final.view()
    expect(view.block.number).toBeGreaterThanOrEqual(pin.creationBlock.number)
    expect(await view.issuerOf(Hash.parse(`0x${'11'.repeat(32)}`))).toBeUndefined()
  })

  test('is the same one after every restart: pin, blocks, times, port', async () => {
    const first = await start()
    await transact(first)
    const { pin } = first.chain
    const before = await finalBlocks(first)
    for (let i = 0; i < 4; i++) {
      await stop()
      aheadSeconds += 10
      const again = await start()
      expect(again.chain.pin).toEqual(pin)
      expect((await finalBlocks(again)).slice(0, before.length)).toEqual(before)
    }
  })

  test('can be read at its newest final block after a restart', async () => {
    await transact(await start())
    await stop()
    const { chain } = await start()
    const view = await chain.final.view()
    expect(await view.issuerOf(Hash.parse(`0x${'11'.repeat(32)}`))).toBeUndefined()
  })

  test('keeps what was final through kill -9 of its node, and goes on by itself', async () => {
    const embedded = await start()
    const hash = await transact(embedded)
    const before = await finalBlocks(embedded)
    await killNode()
    const receipt = await retry(() => embedded.chain.client.receiptOf(hash))
    expect(receipt).toMatchObject({ succeeded: true })
    await embedded.chain.settle()
    expect((await finalBlocks(embedded)).slice(0, before.length)).toEqual(before)
    await transact(embedded)
  })

  test('loses nothing final wherever kill -9 hits it', async () => {
    const embedded = await start()
    for (const delay of [0, 2, 5, 10, 20, 50]) {
      const before = await finalBlocks(embedded)
      const transaction = transact(embedded).catch(() => undefined)
      await sleep(delay)
      const seen = await finalBlocks(embedded).catch(() => before)
      await killNode()
      await transaction
      await retry(() => embedded.chain.settle())
      expect((await finalBlocks(embedded)).slice(0, seen.length)).toEqual(seen)
    }
  })

  test('never lets the times of blocks run back, though the clock is set back', async () => {
    const embedded = await start()
    aheadSeconds = 5_000
    await transact(embedded)
    aheadSeconds = 0
    await transact(embedded)
    await killNode()
    await retry(() => embedded.chain.settle())
    await transact(embedded)
    const times = (await finalBlocks(embedded)).map(({ time }) => time)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  })

  test('mines what others send to its node', async () => {
    const { chain, authority } = await start()
    const { raw, hash } = await authority.signTransaction({
      chainId: chain.pin.chainId,
      to: authority.address,
      data: '0x',
      nonce: await chain.client.nonceOf(authority.address),
      gasLimit: 21_000n,
      ...(await chain.client.fees()),
    })
    await chain.client.broadcast(raw)
    const receipt = await retry(async () => {
      const found = await chain.client.receiptOf(hash)
      if (found === undefined) throw new Error('not yet')
      return found
    })
    await retry(async () => {
      const { block } = await chain.final.view()
      expect(block.number).toBeGreaterThanOrEqual(receipt.blockNumber)
    })
  })

  test('takes over the node that a killed server has left', async () => {
    const pin = await abandon()
    const { pid } = await nodeFile()
    const { chain } = await start()
    expect(chain.pin).toEqual(pin)
    expect((await nodeFile()).pid).toBe(pid)
  })

  test('ends a left-over node that does not answer, and starts another', async () => {
    const pin = await abandon()
    const { pid } = await nodeFile()
    process.kill(pid, 'SIGSTOP')
    const { chain } = await start()
    expect(chain.pin).toEqual(pin)
    expect((await nodeFile()).pid).not.toBe(pid)
    expect(await processIdentity(pid)).toBeUndefined()
  })

  test('is refused to a second server', async () => {
    await start()
    const claim = join(dataDir, 'chain', 'server.pid')
    const parent = await processIdentity(process.ppid)
    await writeFile(claim, parent!)
    const second = startEmbeddedChain({ dataDir, keys, now, log: silent })
    await expect(second).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' })
  })

  test('answers no web page', async () => {
    const { chain } = await start()
    const response = await fetch(chain.pin.rpc[0]!, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await attempt()
    } catch (error) {
      if (i === 100) throw error
      await sleep(50)
    }
  }
}

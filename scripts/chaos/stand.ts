/**
 * Two chains, three servers, one database, and an issuer that may issue on both chains.
 *
 * @module
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Address, Did, parse, Policy, Scope } from '#sdk'
import { z } from 'zod'
import { createChain } from '../../server/chain/chain.ts'
import type { AccountSigner } from '../../server/context.ts'
import { sealedKeys } from '../../server/keys/keys.ts'
import { openStore } from '../../server/store/store.ts'
import { openEnd, sponsorOn } from '../authority/sponsor.ts'
import { openClients } from '../kill9/clients.ts'
import { readLedger } from '../kill9/ledger.ts'
import { writeExample } from '../start/example-certificate.ts'
import { startChain, type ShakyChain } from './chain.ts'
import { startDatabase } from './database.ts'
import { startServers } from './servers.ts'

export type Stand = Awaited<ReturnType<typeof openStand>>

const token = 'the-token-of-all-the-chaos'
const key = new Uint8Array(32).fill(7)
const serverCount = 3
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const Created = z.object({ did: Did, account: Address })
const Described = z.object({ chains: z.array(z.object({ missing: z.array(z.string()) })) })

/** Starts it all, in a new folder. */
export async function openStand() {
  const dataDir = await mkdtemp(join(tmpdir(), 'livret-chaos-'))
  const keys = sealedKeys(key)
  const authority = await keys.account(await keys.makeAccount())
  const database = await startDatabase(join(dataDir, 'database'))
  const [first, second] = await Promise.all([
    startChain({ name: 'first', chainId: 2_019_101, confirmations: 32, authority }),
    startChain({ name: 'second', chainId: 2_019_102, confirmations: 4, authority }),
  ])
  const chains = [first, second] as const
  const pins = chains.map(({ pin }) => pin)
  const chainsFile = join(dataDir, 'chains.json')
  const limits = { stuckSeconds: 3, pollSeconds: 1, maxFeePerGasGwei: 2_000 }
  await writeFile(chainsFile, JSON.stringify(pins.map((pin) => ({ pin, ...limits }))))

  const store = await openStore(database.url, () => new Date(), silent)
  const operator = await keys.account(await store.operator.get(() => keys.makeAccount()))
  await store.close()
  for (const chain of chains) await chain.fund(operator.address)

  const servers = await startServers(serverCount, dataDir, {
    DATABASE_URL: database.url,
    LIVRET_CHAINS: chainsFile,
    LIVRET_KEY: Buffer.from(key).toString('hex'),
    LIVRET_TOKEN: token,
    LIVRET_BATCH_SECONDS: '1',
    LIVRET_DEV: '1',
  })
  const did = await prepareIssuer(servers.urls()[0] ?? '', chains, authority, operator.address)
  const { file } = await writeExample(join(dataDir, 'example.json'), did, new Date())
  const example = z.looseObject({}).parse(JSON.parse(await readFile(file, 'utf8')))
  const policy = { version: 1, chains: pins, maxStatusAgeSeconds: 86_400 }

  return {
    chains,
    database,
    servers,
    operator,
    issuer: did,
    clients: openClients(servers.urls, token, example),
    policy: () => Promise.resolve(parse(Policy, policy, 'policy')),
    ledger: () => readLedger(database.url, pins),
    problem: () => {
      const [down] = servers.down()
      if (down === undefined) return undefined
      return `server ${String(down)} ended by itself: ${servers.output(down).slice(-800)}`
    },
    close: async () => {
      await servers.stopAll()
      await Promise.all(chains.map((chain) => chain.stop()))
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Makes an issuer, and has the authority confirm and accredit it, and the operator, on every chain. */
async function prepareIssuer(
  url: string,
  chains: readonly ShakyChain[],
  authority: AccountSigner,
  operator: Address,
): Promise<Did> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const body = JSON.stringify({ slug: 'chaos', name: 'Organisme du chaos (fictif)' })
  const created = await fetch(`${url}/issuers`, { method: 'POST', headers, body })
  const { did, account } = Created.parse(await created.json())
  await Promise.all(
    chains.map(async ({ pin }) => {
      const sponsor = sponsorOn(createChain(pin), authority)
      const anchoring = { subject: operator, right: 'anchor', scope: Scope.parse('') } as const
      const scope = Scope.parse('TrainingCertificate')
      const attesting = { subject: account, right: 'attest', scope } as const
      await sponsor.accredit(anchoring, openEnd)
      await sponsor.accredit(attesting, openEnd)
      await sponsor.confirm(did, attesting)
    }),
  )
  for (let i = 0; i < 300; i++) {
    const described = Described.parse(await (await fetch(`${url}/issuers/chaos`)).json())
    if (described.chains.every(({ missing }) => missing.length === 0)) return did
    await sleep(200)
  }
  throw new Error('the issuer does not become ready')
}

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Scope, type Did } from '#sdk'
import { loadConfig } from '../../server/config.ts'
import { createIssuer } from '../../server/issuing/create-issuer.ts'
import { describeIssuer } from '../../server/issuing/describe-issuer.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/main.ts'
import { openEnd, sponsorOn } from '../authority/sponsor.ts'
import { buildContracts } from '../start/build-contracts.ts'

/** A server with one issuer that may issue anything. */
export interface Site {
  url: string
  token: string
  issuer: { did: Did; slug: string }
  stop(): Promise<void>
}

const slug = 'conformance'
const patienceMilliseconds = 60_000

/** Starts a server with a database and a chain of its own, in a folder that is removed again. */
export async function startSite(): Promise<Site> {
  await buildContracts()
  const folder = await mkdtemp(join(tmpdir(), 'livret-conformance-'))
  const environment = { LIVRET_DATA_DIR: folder, PORT: String(await freePort()), LIVRET_DEV: '1' }
  const config = await loadConfig(environment)
  const server = await startServer(config, createLog('error'))
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const { context, embedded } = server
  if (embedded === undefined) throw new Error('LIVRET_CHAINS is not for this')

  const { did, id } = await createIssuer(context, {
    slug,
    name: 'Conformance',
    algorithm: 'ES256',
  })
  const { account } = await context.store.issuers.keysOf(id)
  const anything = { subject: account.address, right: 'attest', scope: Scope.parse('') } as const
  const sponsor = sponsorOn(embedded.chain, embedded.authority)
  const operator = await context.store.operator.get(() => context.keys.makeAccount())
  const anchoring = { subject: operator.address, right: 'anchor', scope: Scope.parse('') } as const
  await sponsor.accredit(anchoring, openEnd)
  await sponsor.accredit(anything, openEnd)
  await sponsor.confirm(did, anything)
  await context.jobs.reconcileSoon(embedded.chain.pin.chainId)
  for (const started = Date.now(); Date.now() - started < patienceMilliseconds;) {
    const { chains } = await describeIssuer(context, slug)
    if (chains.every(({ missing }) => missing.length === 0)) break
    await sleep(200)
  }
  return { url: config.baseUrl, token: config.token, issuer: { did, slug }, stop }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

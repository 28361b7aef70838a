/**
 * The server: puts the implementations into the context, starts them in order, and stops them in the
 * opposite one.
 *
 * @module
 */
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import { join } from 'node:path'
import {
  createDidResolver,
  createStatusListFetcher,
  createVerifier,
  parse,
  Policy,
  RegistryError,
} from '#sdk'
import { createApp } from './app.ts'
import { readConfiguredChains } from './chain/configured-chains.ts'
import { startEmbeddedChain, type EmbeddedChain } from './chain/embedded/embedded-chain.ts'
import { writeDurably } from './chain/embedded/write-durably.ts'
import { loadConfig } from './config.ts'
import type { Config, Context, Log } from './context.ts'
import { ownDidsFirst } from './issuing/did-document.ts'
import { completeActions } from './issuing/issuer-actions.ts'
import { ownStatusListsFirst } from './issuing/own-status-lists.ts'
import { openJobs } from './jobs/jobs.ts'
import { startWork } from './jobs/start-work.ts'
import { sealedKeys } from './keys/keys.ts'
import { createLog } from './log.ts'
import { runUntilSignal } from './run-until-signal.ts'
import { startEmbeddedPostgres } from './store/embedded.ts'
import { openStore } from './store/store.ts'
import { developmentSignIn } from './wallet-flows/development-sign-in.ts'

/** A server that runs. */
export interface Server {
  context: Context
  /** The chain that this server runs itself, if no other is configured. */
  embedded: EmbeddedChain | undefined
  /** Finishes what was begun, and stops what was started. */
  stop(): Promise<void>
}

/** How long requests may take to finish once the server is to stop. */
const drainMilliseconds = 10_000

/**
 * Starts a server: database, chain, jobs, then HTTP. What was started is stopped again if something
 * fails on the way.
 */
export async function startServer(config: Config, log: Log): Promise<Server> {
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => {
        log.error('could not be stopped in order', { reason: String(error) })
      })
    }
  }
  try {
    return { ...(await start(config, log, closers)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(config: Config, log: Log, closers: (() => Promise<void>)[]) {
  const now = () => new Date()
  const keys = sealedKeys(config.key)
  const url = config.databaseUrl ?? (await startPostgres(config, closers))
  const store = await openStore(url, now, log)
  closers.push(() => store.close())
  const embedded =
    config.chainsFile === undefined
      ? await startEmbeddedChain({ dataDir: config.dataDir, keys, now, log })
      : undefined
  if (embedded !== undefined) closers.push(() => embedded.stop())
  const chains =
    embedded === undefined ? await readConfiguredChains(config.chainsFile ?? '') : [embedded.chain]
  const jobs = await openJobs(url, log)
  closers.push(() => jobs.stop())

  const policy = parse(Policy, { version: 1, chains: chains.map(({ pin }) => pin) }, 'policy')
  const web = { allowLoopbackHttp: config.dev }
  const own = { config, store, keys, chains, now }
  const verifier = createVerifier({
    policy,
    sources: chains.map(({ recent }) => recent),
    resolver: ownDidsFirst(own, createDidResolver({ ...web, ethr: policy.chains })),
    fetchStatusList: ownStatusListsFirst(own, createStatusListFetcher(web)),
  })
  const signIn = config.dev ? { signIn: developmentSignIn } : {}
  const context: Context = { ...own, log, jobs, verifier, ...signIn }
  if (embedded !== undefined) {
    const operator = await store.operator.get(() => keys.makeAccount())
    await embedded.fund(operator.address)
    const file = join(config.dataDir, 'policy.json')
    await writeDurably(file, `${JSON.stringify(policy, undefined, 2)}\n`)
  }
  await completeActions(context)
  const stopWork = await startWork(context, jobs)
  closers.push(() => {
    stopWork()
    return Promise.resolve()
  })
  closers.push(await listen(context))
  return { context, embedded }
}

async function startPostgres(
  { dataDir }: Config,
  closers: (() => Promise<void>)[],
): Promise<string> {
  const postgres = await startEmbeddedPostgres(dataDir)
  closers.push(() => postgres.stop())
  return postgres.url
}

/**
 * Accepts requests, from this machine only where that is what the public address says. What comes back
 * stops that: those that run are answered first.
 */
async function listen(context: Context): Promise<() => Promise<void>> {
  const { port, baseUrl } = context.config
  const http = createServer(createApp(context))
  const isLocal = ['localhost', '127.0.0.1'].includes(new URL(baseUrl).hostname)
  http.listen(port, isLocal ? '127.0.0.1' : undefined)
  await once(http, 'listening').catch((cause: unknown) => {
    const problems = [`PORT: ${String(port)} cannot be had (${String(cause)})`]
    throw new RegistryError('INPUT_INVALID', { input: 'environment', problems }, { cause })
  })
  return () => drain(http)
}

async function drain(http: HttpServer): Promise<void> {
  const closed = once(http, 'close')
  http.close()
  http.closeIdleConnections()
  const patience = setTimeout(() => {
    http.closeAllConnections()
  }, drainMilliseconds)
  await closed
  clearTimeout(patience)
}

if (import.meta.main) {
  const config = await loadConfig(process.env)
  await runUntilSignal(() => startServer(config, createLog('info')))
}

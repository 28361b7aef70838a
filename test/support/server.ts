/**
 * The whole server but for its background jobs: the real application on a free port, a database of its
 * own, a node of its own. Tests call it by `fetch`, and let batches close and chains settle themselves.
 *
 * @module
 */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import {
  createDidResolver,
  createVerifier,
  issuerIdOf,
  Policy,
  type Address,
  type Did,
  type SigningAlgorithm,
} from '#sdk'
import { closeBatches } from '../../server/anchoring/close-batch.ts'
import { createApp } from '../../server/app.ts'
import type { Config, Context } from '../../server/context.ts'
import { defaultRateLimits, type RateLimits } from '../../server/http/limit-rate.ts'
import { ownDidsFirst } from '../../server/issuing/did-document.ts'
import { developmentSignIn } from '../../server/wallet-flows/development-sign-in.ts'
import { openDesk } from './desk.ts'

export const token = 'the-token-of-all-the-tests'

export type TestServer = Awaited<ReturnType<typeof startServer>>

/** An issuer that the server has made. */
export interface TestIssuer {
  slug: string
  did: Did
  account: Address
}

/** Answers of the application, as tests look at them. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body, if it is JSON. */
  json: unknown
}

export async function startServer({
  limits = defaultRateLimits,
  trustedProxies = [],
}: { limits?: RateLimits; trustedProxies?: readonly string[] } = {}) {
  const desk = await openDesk({ confirmations: 0 })
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const config: Config = {
    port,
    baseUrl,
    dataDir: desk.folder,
    databaseUrl: desk.url,
    chainsFile: undefined,
    token,
    key: new Uint8Array(32).fill(7),
    batchSeconds: 60,
    batchSize: 65_536,
    trustedProxies,
    dev: true,
  }
  const policy = Policy.parse({
    version: 1,
    chains: [desk.pin],
    maxStatusAgeSeconds: 86_400,
  })
  const logged: { event: string; facts: unknown }[] = []
  const note = (event: string, facts?: unknown) => {
    logged.push({ event, facts })
  }
  const asked: string[] = []
  const { store, keys, now } = desk
  const context: Context = {
    signIn: developmentSignIn,
    config,
    now,
    log: { info: note, warn: note, error: note },
    store,
    keys,
    chains: [desk.chain],
    jobs: {
      reconcileSoon: (chainId) => {
        asked.push(`reconcile ${chainId}`)
        return Promise.resolve()
      },
      closeBatchSoon: () => Promise.resolve(),
    },
    verifier: createVerifier({
      policy,
      sources: [desk.chain.recent],
      resolver: ownDidsFirst({ store }, createDidResolver({ now: () => now().getTime() })),
      now: () => now().getTime(),
    }),
  }
  const listening = createApp(context, limits).listen(port)
  await once(listening, 'listening')

  /** Asks the application; with the token, unless `init` says otherwise. */
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`)
    const response = await fetch(`${baseUrl}${path}`, { ...init, headers })
    const text = await response.text()
    const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '')
    const json: unknown = isJson ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }
  const postText = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  const server = {
    desk,
    context,
    policy,
    baseUrl,
    logged,
    asked,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      postText(path, JSON.stringify(body), headers),
    postText,
    ask,

    /** An issuer that nobody has confirmed yet. */
    async newIssuer(slug: string, algorithm: SigningAlgorithm = 'ES256'): Promise<TestIssuer> {
      const { json } = await server.post('/issuers', {
        ...{ slug, name: 'Greta des Calanques', algorithm },
      })
      return json as TestIssuer
    },
    async confirm({ did, account }: TestIssuer): Promise<void> {
      await desk.confirm({
        issuerId: issuerIdOf(did),
        account: { address: account },
      } as Parameters<typeof desk.confirm>[0])
    },
    /** An issuer that may issue, as the final block shows. */
    async readyIssuer(
      slug: string,
      scope = 'TrainingCertificate',
      algorithm: SigningAlgorithm = 'ES256',
    ): Promise<TestIssuer> {
      const issuer = await server.newIssuer(slug, algorithm)
      await server.confirm(issuer)
      await desk.accredit(issuer.account, 'attest', scope)
      await desk.settle()
      await server.forget()
      return issuer
    },
    /** Lets what the server remembers of chains and issuers grow old. */
    forget: () => Promise.resolve(desk.wait(15)),

    /** Issues a credential; answers its text and locator. */
    async issue(credential: unknown, options?: object) {
      const { status, headers, text, json } = await server.post('/credentials/issue', {
        credential,
        ...(options && { options }),
      })
      if (status !== 201) throw new Error(`not issued: ${text}`)
      const { verifiableCredential } = json as { verifiableCredential: { id: string } }
      return {
        text: verifiableCredential.id.split(',')[1]!,
        locator: headers.get('location')!.split('/').at(-1)!,
        envelope: verifiableCredential,
      }
    },
    /** Closes the batch, anchors it, and brings everything else to the chain. */
    async settle(): Promise<void> {
      await closeBatches(context)
      await desk.settle()
      await server.forget()
    },
    async stop(): Promise<void> {
      listening.closeAllConnections()
      listening.close()
      await once(listening, 'close')
      await desk.close()
    },
  }
  return server
}

/** A plain certificate as a caller sends it: the server adds the rest. */
export function certificate(issuer: string, change: object = {}) {
  return {
    type: ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential'],
    name: 'Conduite de chariots, niveau 2',
    issuer,
    credentialSubject: {
      id: 'did:example:ada',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://greta.example/formations/chariot-2',
        type: ['Achievement'],
        name: 'Conduite de chariots, niveau 2',
        description: 'Conduire en sécurité un chariot élévateur.',
        criteria: { narrative: 'Avoir réussi l’épreuve pratique.' },
      },
    },
    ...change,
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/**
 * A wallet that we did not write: Credo (OpenWallet Foundation), over real HTTP. npm has no
 * `@credo-ts/node` for 0.6, so storage, keys and files are our own, in memory; and it resolves did:web
 * over TLS only, so that loopback needs a resolver.
 *
 * @module
 */
import { EventEmitter } from 'node:events'
import {
  Agent,
  CacheModule,
  ConsoleLogger,
  DidDocument,
  DidsModule,
  InjectionSymbols,
  InMemoryLruCache,
  JsonTransformer,
  JwkDidRegistrar,
  JwkDidResolver,
  Kms,
  LogLevel,
  W3cCredentialsModule,
  X509Module,
  type AgentDependencies,
  type DidResolutionResult,
  type DidResolver,
  type FileSystem,
} from '@credo-ts/core'
import { DependencyManager } from '@credo-ts/core'
import { OpenId4VcModule } from '@credo-ts/openid4vc'
import { MemoryKeys } from './key-management.ts'
import { MemoryStorage } from './storage.ts'

export async function startCredo({ trustedCertificates = [] as string[] } = {}) {
  const dependencies = new DependencyManager()
  dependencies.registerInstance(InjectionSymbols.StorageService, new MemoryStorage())
  const agent = new Agent(
    {
      config: {
        allowInsecureHttpUrls: true,
        autoUpdateStorageOnStartup: true,
        logger: new ConsoleLogger(LogLevel.off),
      },
      dependencies: agentDependencies,
      modules: {
        kms: new Kms.KeyManagementModule({ backends: [new MemoryKeys()] }),
        cache: new CacheModule({ cache: new InMemoryLruCache({ limit: 100 }) }),
        dids: new DidsModule({
          resolvers: [new JwkDidResolver(), new LoopbackDidWeb()],
          registrars: [new JwkDidRegistrar()],
        }),
        w3cCredentials: new W3cCredentialsModule(),
        x509: new X509Module({ trustedCertificates }),
        openid4vc: new OpenId4VcModule(),
      },
    },
    dependencies,
  )
  await agent.initialize()
  return agent
}

export type CredoAgent = Awaited<ReturnType<typeof startCredo>>

class LoopbackDidWeb implements DidResolver {
  readonly supportedMethods = ['web']
  readonly allowsCaching = false

  async resolve(_context: unknown, did: string): Promise<DidResolutionResult> {
    const [, , host = '', ...path] = did.split(':').map(decodeURIComponent)
    const response = await fetch(`http://${host}/${path.join('/')}/did.json`)
    const json = (await response.json()) as object
    return {
      didDocument: JsonTransformer.fromJSON(json, DidDocument),
      didDocumentMetadata: {},
      didResolutionMetadata: { contentType: 'application/did+json' },
    }
  }
}

class NoFiles implements FileSystem {
  readonly dataPath = ''
  readonly cachePath = ''
  readonly tempPath = ''
  exists = () => Promise.resolve(false)
  createDirectory = refuse
  copyFile = refuse
  write = refuse
  read = refuse
  delete = refuse
  downloadToFile = refuse
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('no files here'))
}

const agentDependencies: AgentDependencies = {
  FileSystem: NoFiles,
  EventEmitterClass: EventEmitter,
  fetch,
  WebSocketClass: WebSocket as unknown as AgentDependencies['WebSocketClass'],
}

import { randomBytes, randomUUID } from 'node:crypto'
import { Address, Did, generateKey, Hash, jwkThumbprint, Scope } from '#sdk'
import type { Issuer, Log, NewCredential, Store } from '../../server/context.ts'
import { openStore } from '../../server/store/store.ts'
import { createDatabase } from './database.ts'

/** Says nothing. */
export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** When everything in these tests happens. */
export const stoppedClock = () => new Date('2026-03-01T09:00:00Z')

/** A store in a database of its own; `another` is one of another process on the same database. */
export async function createStore(now = stoppedClock) {
  const database = await createDatabase()
  const open = () => openStore(database.url, now, silent)
  const store = await open()
  const others: Store[] = []
  return {
    store,
    url: database.url,
    another: async () => {
      const other = await open()
      others.push(other)
      return other
    },
    drop: async () => {
      await Promise.all([store, ...others].map((each) => each.close()))
      await database.drop()
    },
  }
}

export const randomHash = () => Hash.parse(`0x${randomBytes(32).toString('hex')}`)
export const randomAddress = () => Address.parse(`0x${randomBytes(20).toString('hex')}`)

/** Puts an issuer into the store, with keys that nobody can open. */
export async function addIssuer(store: Store, slug = randomBytes(6).toString('hex')) {
  const { publicJwk } = generateKey('ES256')
  const issuer: Omit<Issuer, 'createdAt'> = {
    id: randomUUID(),
    slug,
    did: Did.parse(`did:web:example.test:issuers:${slug}`),
    name: 'GRETA',
    profile: { type: ['Profile'] },
  }
  const sealed = randomBytes(60)
  const signing = {
    id: randomUUID(),
    sealed,
    algorithm: 'ES256',
    publicJwk,
    thumbprint: jwkThumbprint(publicJwk),
  } as const
  const account = { id: randomUUID(), sealed, address: randomAddress() }
  return { created: await store.issuers.create(issuer, { signing, account }, []), signing, account }
}

/** A credential that fits the tables; `list` and `index` must be free. */
export function someCredential(issuer: string, index: number): NewCredential {
  return {
    locator: randomBytes(32).toString('base64url'),
    issuer,
    credentialId: `urn:uuid:${randomUUID()}`,
    format: 'vc+jwt',
    text: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
    digest: randomBytes(32),
    salt: randomHash(),
    leaf: randomHash(),
    key: randomHash(),
    scopes: [Scope.parse('TrainingCertificate/RNCP34079'), Scope.parse('OpenBadge')],
    list: 1,
    index,
  }
}

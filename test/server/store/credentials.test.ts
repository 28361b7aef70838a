import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../server/context.ts'
import { addIssuer, createStore, someCredential } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
let issuer: string
beforeAll(async () => {
  world = await createStore()
  store = world.store
  issuer = (await addIssuer(store)).created.id
})
afterAll(() => world.drop())

let index = 0
const another = () => someCredential(issuer, index++)

describe('credentials.add', () => {
  test('keeps every member as it was', async () => {
    const credential = another()
    await store.credentials.add([credential])
    const stored = await store.credentials.byLocator(credential.locator)
    expect(stored).toEqual({
      ...credential,
      copy: 0,
      batch: undefined,
      lapsed: undefined,
      lapsedOn: [],
      createdAt: new Date('2026-03-01T09:00:00Z'),
    })
  })

  test('keeps those of a hundred concurrent callers', async () => {
    const credentials = Array.from({ length: 100 }, another)
    await Promise.all(credentials.map((credential) => store.credentials.add([credential])))
    for (const { locator } of credentials) {
      expect(await store.credentials.byLocator(locator)).toBeDefined()
    }
  })

  test('refuses an award that was issued in this format, and stores none of the call', async () => {
    const first = another()
    await store.credentials.add([first])
    const [fresh, second] = [another(), { ...another(), credentialId: first.credentialId }]
    await expect(store.credentials.add([fresh, second])).rejects.toThrow(
      expect.objectContaining({
        code: 'CREDENTIAL_EXISTS',
        facts: { credentialId: first.credentialId, format: 'vc+jwt' },
      }),
    )
    expect(await store.credentials.byLocator(fresh.locator)).toBeUndefined()
  })

  test('of two concurrent calls with one award stores the first, and all others', async () => {
    const one = another()
    const twin = { ...another(), credentialId: one.credentialId }
    const [before, between, after] = [another(), another(), another()]
    const calls = [before, one, between, twin, after].map((each) => store.credentials.add([each]))
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(await store.credentials.byCredentialId(one.credentialId)).toMatchObject([
      { locator: one.locator },
    ])
  })

  test('takes the same award in another format', async () => {
    const one = another()
    await store.credentials.add([one])
    await store.credentials.add([
      { ...another(), credentialId: one.credentialId, format: 'jwt_vc_json' },
    ])
    const formats = await store.credentials.byCredentialId(one.credentialId)
    expect(formats.map(({ format }) => format).toSorted()).toEqual(['jwt_vc_json', 'vc+jwt'])
  })

  test('refuses another format of an award that is revoked', async () => {
    const one = another()
    const { issuer: owner, credentialId } = one
    await store.credentials.add([one])
    const wish = { purpose: 'revocation', value: true, origin: 'api' } as const
    await store.statuses.requestForAward({ issuer: owner, credentialId }, wish, [])
    const other = { ...another(), credentialId, format: 'jwt_vc_json' } as const
    const outcomes = await Promise.allSettled(
      [another(), other, another()].map((each) => store.credentials.add([each])),
    )
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'AWARD_REVOKED', facts: { credentialId } } },
      { status: 'fulfilled' },
    ])
  })

  test('suspends another format of an award that is suspended', async () => {
    const one = another()
    const { credentialId } = one
    await store.credentials.add([one])
    const wish = { purpose: 'suspension', value: true, origin: 'api' } as const
    await store.statuses.requestForAward({ issuer, credentialId }, wish, [])
    const other = { ...another(), credentialId, format: 'jwt_vc_json' } as const
    await store.credentials.add([other])
    expect(await store.statuses.wanted(issuer, other)).toMatchObject({ suspension: true })
  })

  test('never leaves a format of a revoked award good, whoever is first', async () => {
    const wish = { purpose: 'revocation', value: true, origin: 'api' } as const
    for (let i = 0; i < 20; i++) {
      const one = another()
      const { credentialId } = one
      await store.credentials.add([one])
      const other = { ...another(), credentialId, format: 'jwt_vc_json' } as const
      await Promise.allSettled([
        store.statuses.requestForAward({ issuer, credentialId }, wish, []),
        store.credentials.add([other]),
      ])
      for (const each of await store.credentials.byCredentialId(credentialId)) {
        expect(await store.statuses.wanted(issuer, each)).toMatchObject({ revocation: true })
      }
    }
  })

  test('refuses a status entry that is taken, without calling it an award that exists', async () => {
    const one = another()
    await store.credentials.add([one])
    const error = await store.credentials
      .add([{ ...another(), index: one.index }])
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toHaveProperty('facts')
  })
})

describe('credentials', () => {
  test('are found by the digest of what was signed', async () => {
    const credential = another()
    await store.credentials.add([credential])
    const found = await store.credentials.byDigest(credential.digest)
    expect(found?.locator).toBe(credential.locator)
    expect(await store.credentials.byDigest(new Uint8Array(32))).toBeUndefined()
  })

  test('that nobody knows are not found', async () => {
    expect(await store.credentials.byLocator('nowhere')).toBeUndefined()
    expect(await store.credentials.byCredentialId(`urn:uuid:${randomUUID()}`)).toEqual([])
  })

  test('wait until they are in a batch, or have lapsed', async () => {
    const other = await createStore()
    const owner = (await addIssuer(other.store)).created.id
    const waiting = () => other.store.credentials.waiting()
    try {
      expect(await waiting()).toEqual({ count: 0, oldest: undefined })
      const [one, two] = [someCredential(owner, 1), someCredential(owner, 2)]
      await other.store.credentials.add([one, two])
      expect(await waiting()).toEqual({ count: 2, oldest: new Date('2026-03-01T09:00:00Z') })
      expect(await other.store.credentials.waitingStandings()).toHaveLength(2)

      await other.store.credentials.markLapsed([one.locator], 1, 'ACCREDITATION_WITHDRAWN')
      expect(await waiting()).toMatchObject({ count: 1 })
      expect(await other.store.credentials.byLocator(one.locator)).toMatchObject({
        lapsed: 'ACCREDITATION_WITHDRAWN',
      })
    } finally {
      await other.drop()
    }
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Hash } from '#sdk'
import type { NewCredential, Store } from '../../../server/context.ts'
import { breakAll } from '../../support/database.ts'
import { addIssuer, createStore, randomHash, someCredential } from '../../support/store.ts'

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
const add = async (count: number): Promise<NewCredential[]> => {
  const credentials = Array.from({ length: count }, () => someCredential(issuer, index++))
  await store.credentials.add(credentials)
  return credentials
}

/** As many credentials as `count`, made by the database itself. */
async function fillUp(count: number): Promise<void> {
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  await client.query(
    `insert into credentials (locator, issuer, credential_id, format, text, digest, salt, leaf, key,
       scopes, list, index, created_at)
     select 'full-' || i, $1, 'urn:full:' || i, 'vc+jwt', 'text', hash, hash, hash, hash,
       '{OpenBadge}', 1000, i, now()
     from generate_series(1, $2::int) i, lateral (select sha256(i::text::bytea) as hash) hashes`,
    [issuer, count],
  )
  await client.end()
}

/** Remembers the leaves that it was given; the tree itself is not looked at here. */
function builder() {
  const given: Hash[] = []
  const root = randomHash()
  const build = (leaves: readonly Hash[]) => {
    given.push(...leaves)
    return Promise.resolve({ root, leafCount: 8, tree: Uint8Array.of(1, 2, 3) })
  }
  return { given, build, root }
}

beforeEach(async () => {
  while ((await store.batches.close(65_536, [], builder().build)) !== undefined);
})

describe('batches.close', () => {
  test('answers undefined when no credential waits', async () => {
    expect(await store.batches.close(10, [31_337], builder().build)).toBeUndefined()
  })

  test('leaves all as it was when its connection breaks in between', async () => {
    await add(2)
    const { build } = builder()
    const broken = store.batches.close(10, [31_337], async (leaves) => {
      await breakAll(world.url)
      await sleep(100)
      return build(leaves)
    })
    await expect(broken).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
    expect(await store.credentials.waiting()).toMatchObject({ count: 2 })
  })

  test('moves all that wait into a batch with one unsent anchor for each chain', async () => {
    const credentials = await add(3)
    const { given, build, root } = builder()
    const batch = await store.batches.close(10, [1, 31_337], build)

    expect(given.toSorted()).toEqual(credentials.map(({ leaf }) => leaf).toSorted())
    expect(batch).toMatchObject({ root, leafCount: 8, tree: Buffer.of(1, 2, 3) })
    expect(await store.batches.byId(batch!.id)).toEqual(batch)
    expect(await store.anchors.of(batch!.id)).toEqual([
      { batch: batch!.id, chainId: 1, root, leafCount: 8, state: 'unsent', anchoredAt: undefined },
      expect.objectContaining({ chainId: 31_337, state: 'unsent' }),
    ])
    expect(await store.credentials.waiting()).toMatchObject({ count: 0 })
    expect(await store.credentials.byLocator(credentials[0]!.locator)).toMatchObject({
      batch: batch!.id,
    })
    const inBatch = await store.credentials.inBatch(batch!.id)
    expect(inBatch.map(({ locator }) => locator).toSorted()).toEqual(
      credentials.map(({ locator }) => locator).toSorted(),
    )
  })

  test('leaves what is beyond its size to the next batch', async () => {
    await add(5)
    const { given, build } = builder()
    await store.batches.close(2, [], build)
    expect(given).toHaveLength(2)
    expect(await store.credentials.waiting()).toMatchObject({ count: 3 })
  })

  test('never puts a credential in two batches, however many processes close them', async () => {
    const credentials = await add(60)
    const other = await world.another()
    const builders = Array.from({ length: 8 }, builder)
    await Promise.all(
      builders.map(({ build }, i) => (i % 2 === 0 ? store : other).batches.close(20, [], build)),
    )
    const leaves = builders.flatMap(({ given }) => given)
    expect(new Set(leaves).size).toBe(leaves.length)
    expect(leaves.toSorted()).toEqual(credentials.map(({ leaf }) => leaf).toSorted())
  })

  test('leaves the credentials waiting when the tree cannot be built', async () => {
    await add(2)
    const failing = () => Promise.reject(new Error('no memory'))
    await expect(store.batches.close(10, [], failing)).rejects.toThrow('no memory')
    expect(await store.credentials.waiting()).toMatchObject({ count: 2 })
  })
})

test('a full batch closes and lapses', async () => {
  const size = 65_536
  await fillUp(size)
  const full = builder()
  const batch = await store.batches.close(size, [], full.build)
  expect(full.given).toHaveLength(size)
  const inBatch = await store.credentials.inBatch(batch!.id)
  expect(inBatch).toHaveLength(size)

  const locators = inBatch.map(({ locator }) => locator)
  await store.credentials.markLapsed(locators, 1, 'key-retired')
  expect(await store.credentials.byLocator(locators.at(-1)!)).toMatchObject({
    lapsed: 'key-retired',
  })
}, 120_000)

describe('anchors', () => {
  const closed = async (chainIds: readonly number[]) => {
    await add(1)
    const batch = await store.batches.close(10, chainIds, builder().build)
    return batch!.id
  }

  test('are open until they are final', async () => {
    const batch = await closed([7])
    await store.anchors.set(batch, 7, 'anchored', 1_772_355_600)
    expect(await store.anchors.open(7)).toMatchObject([
      { batch, state: 'anchored', anchoredAt: 1_772_355_600 },
    ])
    await store.anchors.set(batch, 7, 'final')
    expect(await store.anchors.open(7)).toEqual([])
    expect((await store.chains.backlog(7)).roots).toEqual({ open: 0, since: undefined })
    expect(await store.anchors.of(batch)).toMatchObject([
      { state: 'final', anchoredAt: 1_772_355_600 },
    ])
  })

  test('forget their time when their block vanished', async () => {
    const batch = await closed([8])
    await store.anchors.set(batch, 8, 'anchored', 1_772_355_600)
    await store.anchors.set(batch, 8, 'unsent')
    expect(await store.anchors.of(batch)).toMatchObject([
      { state: 'unsent', anchoredAt: undefined },
    ])
  })

  test('are added to every batch that lacks one on a chain', async () => {
    const batch = await closed([])
    expect(await store.anchors.fill(9)).toBeGreaterThan(0)
    expect(await store.anchors.fill(9)).toBe(0)
    expect(await store.anchors.of(batch)).toMatchObject([{ chainId: 9, state: 'unsent' }])
  })
})

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FlowSecret } from '../../../server/context.ts'
import { createStore } from '../../support/store.ts'

let offset = 0
const now = () => new Date(Date.parse('2026-11-22T22:00:00Z') + offset)
const inSeconds = (seconds: number) => new Date(now().getTime() + seconds * 1000)

let stored: Awaited<ReturnType<typeof createStore>>
beforeAll(async () => {
  stored = await createStore(now)
})
afterAll(() => stored.drop())

async function openFlow(secrets: readonly Partial<FlowSecret>[] = [], seconds = 600) {
  const id = randomUUID()
  await stored.store.flows.open(
    { id, kind: 'issuance', data: { step: 1 }, expiresAt: inSeconds(seconds) },
    secrets.map((secret) => ({
      purpose: 'pre-authorized-code',
      text: `code of ${id}`,
      expiresAt: inSeconds(60),
      ...secret,
    })),
  )
  return { id, code: `code of ${id}` }
}

describe('flows', () => {
  test('are found by a secret of the right purpose, with what belongs to it', async () => {
    const { id, code } = await openFlow([{ detail: { a: 1 } }])
    const { flows } = stored.store
    expect(await flows.bySecret('pre-authorized-code', code)).toMatchObject({
      flow: { id, data: { step: 1 }, version: 0 },
      detail: { a: 1 },
    })
    expect(await flows.bySecret('access-token', code)).toBeUndefined()
  })

  test('are taken once, however many ask at a time', async () => {
    const { code } = await openFlow([{}])
    const { flows } = stored.store
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => flows.take('pre-authorized-code', code)),
    )
    expect(taken.filter((each) => each !== undefined)).toHaveLength(1)
    expect(await flows.bySecret('pre-authorized-code', code)).toBeUndefined()
  })

  test('are not found after a secret has expired', async () => {
    const { id, code } = await openFlow([{}])
    offset += 61_000
    expect(await stored.store.flows.take('pre-authorized-code', code)).toBeUndefined()
    expect(await stored.store.flows.byId(id)).toBeDefined()
  })

  test('are saved by the first of two who read them', async () => {
    const { id } = await openFlow()
    const { flows } = stored.store
    const read = (await flows.byId(id))!
    expect(await flows.save({ ...read, data: { step: 2 } })).toBe(true)
    expect(await flows.save({ ...read, data: { step: 3 } })).toBe(false)
    expect(await flows.byId(id)).toMatchObject({ data: { step: 2 }, version: 1 })
  })

  test('lose a secret that was guessed at too often', async () => {
    const { code } = await openFlow([{}])
    const { flows } = stored.store
    await flows.countFailure('pre-authorized-code', code, 2)
    expect(await flows.bySecret('pre-authorized-code', code)).toBeDefined()
    await flows.countFailure('pre-authorized-code', code, 2)
    expect(await flows.bySecret('pre-authorized-code', code)).toBeUndefined()
  })

  test('let a nonce be used once', async () => {
    const { flows } = stored.store
    expect(await flows.useOnce('nonce', 'n', inSeconds(60))).toBe(true)
    expect(await flows.useOnce('nonce', 'n', inSeconds(60))).toBe(false)
    expect(await flows.useOnce('dpop', 'n', inSeconds(60))).toBe(true)
  })

  test('are forgotten with their secrets once they are over', async () => {
    const { id } = await openFlow([{}], 30)
    offset += 31_000
    expect(await stored.store.flows.byId(id)).toBeUndefined()
    expect(await stored.store.flows.removeExpired()).toBeGreaterThan(0)
    expect(await count(`select count(*) from flow_secrets where flow = '${id}'`)).toBe(0)
  })

  test('keep no secret in plain text', async () => {
    const { code } = await openFlow([{}])
    const hidden = `select count(*) from flow_secrets where position('${code}' in flow_secrets::text) > 0`
    expect(await count(hidden)).toBe(0)
  })
})

async function count(query: string): Promise<number> {
  const client = new pg.Client({ connectionString: stored.url })
  await client.connect()
  const { rows } = await client.query<{ count: string }>(query)
  await client.end()
  return Number(rows[0]?.count)
}

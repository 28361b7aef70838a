import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../../server/store/store.ts'
import {
  addIssuer,
  createStore,
  silent,
  someCredential,
  stoppedClock,
} from '../../support/store.ts'

let desk: Awaited<ReturnType<typeof createStore>>
beforeEach(async () => {
  desk = await createStore()
})
afterEach(() => desk.drop())

/** Everything that a log could print of an error. */
function printed(error: unknown): string {
  const parts: string[] = []
  for (let each = error; each instanceof Error; each = each.cause) {
    parts.push(each.message, each.stack ?? '', JSON.stringify(each))
  }
  return parts.join('\n')
}

describe('a store whose database refuses', () => {
  test('names the reason, and nothing that was sent', async () => {
    const secret = 'a-locator-that-nobody-may-see\u0000'
    const error: unknown = await desk.store.credentials.byLocator(secret).catch((e: unknown) => e)
    expect(error).toMatchObject({ message: 'the database refused: SQLSTATE 22021' })
    expect(printed(error)).not.toContain('a-locator')
  })

  test('says the same of what it was to store', async () => {
    const { created } = await addIssuer(desk.store)
    const credential = { ...someCredential(created.id, 1), text: 'signed-for-ada\u0000' }
    const error: unknown = await desk.store.credentials.add([credential]).catch((e: unknown) => e)
    expect(error).toMatchObject({ message: 'the database refused: SQLSTATE 22021' })
    expect(printed(error)).not.toContain('ada')
    expect(printed(error)).not.toContain(credential.locator)
  })
})

describe('a store whose database is away', () => {
  test('says so by its code', async () => {
    const other = await openStore(desk.url, stoppedClock, silent)
    await other.close()
    await expect(other.credentials.byLocator('any')).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
    })
  })
})

describe('work under a lock', () => {
  test('keeps errors of its own', async () => {
    const fault = new Error('not the database')
    const work = () => Promise.reject(fault)
    await expect(desk.store.exclusively('work', work)).rejects.toBe(fault)
  })
})

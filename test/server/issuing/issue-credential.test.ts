import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential, readStatusEntries } from '#sdk'
import { findAward } from '../../../server/issuing/find-award.ts'
import { issueCredential } from '../../../server/issuing/issue-credential.ts'
import { certificate, startServer, type TestIssuer, type TestServer } from '../../support/server.ts'

let server: TestServer
let greta: TestIssuer
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
})
afterAll(() => server.stop())

const issue = (change: object = {}, issuer = greta) =>
  issueCredential(server.context, { credential: certificate(issuer.did, change) })

describe('issueCredential', () => {
  test('gives 200 concurrent credentials places of their own, and stores them all', async () => {
    const issued = await Promise.all(Array.from({ length: 200 }, () => issue()))
    const places = issued.map(({ secured }) => {
      const { credential } = decodeCredential((secured['id'] as string).split(',')[1]!)
      return readStatusEntries(credential.credentialStatus!).onChain!.index
    })
    expect(new Set(places).size).toBe(200)
    for (const { locator } of issued) {
      expect(await server.context.store.credentials.byLocator(locator)).toBeDefined()
    }
  })

  test('of concurrent calls with one id issues one', async () => {
    const id = 'urn:uuid:00000000-0000-4000-8000-000000000001'
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => issue({ id })))
    const refusals = outcomes.filter(({ status }) => status === 'rejected')
    expect(refusals).toHaveLength(4)
    expect(refusals[0]).toMatchObject({ reason: { code: 'CREDENTIAL_EXISTS' } })
  })

  test('keeps nothing of the credential where its salt is not needed: the leaf hides it', async () => {
    const { locator } = await issue()
    const stored = await server.context.store.credentials.byLocator(locator)
    const again = await server.context.store.credentials.byLocator((await issue()).locator)
    expect(stored!.salt).not.toBe(again!.salt)
    expect(stored!.leaf).not.toBe(again!.leaf)
  })
})

describe('findAward', () => {
  test('does not choose between issuers that used one id', async () => {
    const afpa = await server.readyIssuer('afpa')
    const id = 'urn:uuid:00000000-0000-4000-8000-000000000002'
    const first = await issue({ id })
    const second = await issue({ id }, afpa)
    await expect(findAward(server.context, id)).rejects.toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
    const [found] = await findAward(server.context, second.locator)
    expect(found.locator).toBe(second.locator)
    expect((await findAward(server.context, first.locator)).map(({ locator }) => locator)).toEqual([
      first.locator,
    ])
  })
})

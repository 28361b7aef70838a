import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isBatchDue } from '../../../server/anchoring/is-batch-due.ts'
import type { Config } from '../../../server/context.ts'
import { openDesk, type Desk } from '../../support/desk.ts'
import { someCredential } from '../../support/store.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const due = () => {
  const { store, now, log, chain } = desk
  const config = { batchSeconds: 60, batchSize: 3 } as Config
  return isBatchDue({ store, config, chains: [chain], now, log })
}

async function wait(count: number) {
  const issuer = await desk.readyIssuer()
  const scopes = someCredential(issuer.id, 0).scopes.slice(0, 1)
  await desk.store.credentials.add(
    Array.from({ length: count }, (_, index) => ({
      ...someCredential(issuer.id, index),
      key: issuer.key,
      scopes,
    })),
  )
  return issuer
}

describe('a batch', () => {
  test('is not due while nothing waits', async () => {
    desk.wait(600)
    expect(await due()).toBe(false)
  })

  test('is due once the oldest credential has waited for the set time', async () => {
    await wait(1)
    desk.wait(58)
    expect(await due()).toBe(false)
    desk.wait(2)
    expect(await due()).toBe(true)
  })

  test('is due once enough credentials wait', async () => {
    await wait(2)
    expect(await due()).toBe(false)
    await desk.store.credentials.add([someCredential((await desk.store.issuers.list())[0]!.id, 99)])
    expect(await due()).toBe(true)
  })

  test('is due at once when an end of the accreditation is announced', async () => {
    const { account } = await wait(1)
    await desk.withdraw(account.address, 'attest', 'TrainingCertificate', { inSeconds: 3_700 })
    await desk.mine()
    expect(await due()).toBe(true)
  })

  test('is not due for an end that is far enough, nor while the chain is away', async () => {
    const { account } = await wait(1)
    await desk.withdraw(account.address, 'attest', 'TrainingCertificate', { inSeconds: 90_000 })
    await desk.mine()
    expect(await due()).toBe(false)
    await desk.killNode()
    desk.wait(11)
    expect(await due()).toBe(false)
  })
})

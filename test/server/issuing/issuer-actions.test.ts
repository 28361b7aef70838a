import { verifyTypedData } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issuerIdOf, jwkThumbprint, generateKey } from '#sdk'
import type { Chain, Issuer } from '../../../server/context.ts'
import { createIssuer } from '../../../server/issuing/create-issuer.ts'
import { completeActions, signActions } from '../../../server/issuing/issuer-actions.ts'
import { NewIssuer } from '../../../server/issuing/issuer-input.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const newIssuer = (slug: string): Promise<Issuer> =>
  createIssuer(server.context, NewIssuer.parse({ slug, name: slug }))
const actionsOf = ({ id }: Issuer, chainId = server.desk.pin.chainId) =>
  server.context.store.issuers.actionsOf(id, chainId)

describe('createIssuer', () => {
  test('has the account sign for its key and for the operator, on every chain', async () => {
    const issuer = await newIssuer('signed')
    const { signing, account } = await server.context.store.issuers.keysOf(issuer.id)
    const actions = await actionsOf(issuer)
    expect(actions.map(({ kind, target }) => [kind, target]).toSorted()).toEqual([
      ['register-key', signing[0]!.thumbprint],
      ['set-operator', server.desk.operator.address],
    ])

    const { deadline, signature, target } = actions.find(({ kind }) => kind === 'register-key')!
    const domain = {
      name: 'Livret',
      version: '1',
      chainId: server.desk.pin.chainId,
      verifyingContract: server.desk.pin.accreditationRegistry.address,
    }
    const types = {
      RegisterKey: [
        { name: 'issuerId', type: 'bytes32' },
        { name: 'thumbprint', type: 'bytes32' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    }
    const message = { issuerId: issuerIdOf(issuer.did), thumbprint: target, nonce: 0, deadline }
    expect(verifyTypedData(domain, types, message, signature).toLowerCase()).toBe(account.address)
    expect(deadline).toBeGreaterThan(server.desk.now().getTime() / 1000 + 5 * 365 * 86_400)
  })
})

describe('signActions', () => {
  test('counts messages of a kind, so that a later one is good after the earlier', async () => {
    const issuer = await newIssuer('rotating')
    const { account } = await server.context.store.issuers.keysOf(issuer.id)
    const { thumbprint } = { thumbprint: jwkThumbprint(generateKey('ES256').publicJwk) }
    const next = await signActions(
      await server.context.keys.account(account),
      issuer,
      server.desk.pin,
      [{ kind: 'register-key', target: thumbprint }],
      await actionsOf(issuer),
      server.desk.now(),
    )
    await server.context.store.issuers.addActions(next)
    await server.desk.confirm({
      issuerId: issuerIdOf(issuer.did),
      account: { address: account.address },
    } as Parameters<typeof server.desk.confirm>[0])
    await server.desk.settle()

    const view = await server.desk.chain.final.view()
    expect(await view.keyOf(issuerIdOf(issuer.did), thumbprint)).toBeDefined()
  })
})

describe('completeActions', () => {
  test('signs for a chain that was configured later, once', async () => {
    const issuer = await newIssuer('early')
    const later: Chain = {
      ...server.desk.chain,
      pin: { ...server.desk.pin, name: 'later', chainId: 424_242 },
    }
    const context = { ...server.context, chains: [server.desk.chain, later] }
    await completeActions(context)
    const added = await actionsOf(issuer, 424_242)
    expect(added.map(({ kind }) => kind).toSorted()).toEqual(['register-key', 'set-operator'])
    await completeActions(context)
    expect(await actionsOf(issuer, 424_242)).toEqual(added)
    expect(await actionsOf(issuer)).toHaveLength(2)
  })
})

import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scopeHash, labelHashes } from '../../../sdk/chain/scope-hash.ts'
import { createOnlineSource, type OnlineSourceOptions } from '../../../sdk/chain/online-source.ts'
import type { RpcRequest } from '../../../sdk/chain/rpc.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'
import type { ChainPin } from '../../../sdk/model/policy.ts'
import { Scope } from '../../../sdk/model/scope.ts'
import { startChain, type TestChain } from '../../support/chain.ts'
import { pinOf } from '../../support/pin.ts'

const Right = { attest: 0, accredit: 1, anchor: 2 }
const open = 2n ** 40n - 1n
const issuerId = Hash.parse('0x' + '1d'.repeat(32))
const thumbprint = Hash.parse('0x' + '2e'.repeat(32))
const root = Hash.parse('0x' + '3f'.repeat(32))
const scope = Scope.parse('TrainingCertificate/RNCP34079')

let chain: TestChain
let pin: ChainPin
let account: Record<keyof TestChain['accounts'], Address>
beforeAll(async () => {
  chain = await startChain()
  const { authority } = chain.accounts
  pin = await pinOf({ ...chain, authority: authority.address })
  account = Object.fromEntries(
    Object.entries(chain.accounts).map(([name, { address }]) => [
      name,
      Address.parse(address.toLowerCase()),
    ]),
  ) as typeof account
})

let snapshot: unknown
beforeEach(async () => {
  snapshot = await chain.request('evm_snapshot')
})
afterEach(async () => {
  await chain.request('evm_revert', [snapshot])
})

const sourceOf = (changes: Partial<ChainPin> = {}, options: OnlineSourceOptions = {}) =>
  createOnlineSource({ ...pin, ...changes }, { request: chain.request, ...options })
const view = () => sourceOf().view()
const as = (name: keyof TestChain['accounts']) => chain.as(chain.accounts[name])

/** Counts what the chain is asked. */
function counted(): { asked: string[]; request: RpcRequest } {
  const asked: string[] = []
  return {
    asked,
    request: (method, params) => {
      asked.push(method)
      return chain.request(method, params)
    },
  }
}

describe('a view', () => {
  test('names the block that it is of', async () => {
    const { block } = await view()
    expect(block.chainId).toBe(chain.chainId)
    expect(block.timestamp).toBe(await chain.time())
    expect(await chain.request('eth_getBlockByNumber', ['latest', false])).toMatchObject({
      hash: block.hash,
      number: `0x${block.number.toString(16)}`,
    })
  })

  test('knows nothing of what never happened', async () => {
    const empty = await view()
    expect(await empty.anchorOf(account.operator, root)).toBeUndefined()
    expect(await empty.issuerOf(issuerId)).toBeUndefined()
    expect(await empty.keyOf(issuerId, thumbprint)).toBeUndefined()
    expect(await empty.accreditationsOf(account.issuer)).toEqual([])
    expect(await empty.statusOf(issuerId, 7n, 511)).toEqual({ revoked: 0n, suspended: 0n })
  })

  test('tells when a batch was anchored', async () => {
    await as('authority').accreditations.accredit(account.operator, Right.anchor, [], open, [])
    const path = [{ accreditor: account.authority, number: 0, depth: 0 }]
    await as('operator').anchors.anchor(root, 1024, path)
    const anchoredAt = await chain.time()
    expect(await (await view()).anchorOf(account.operator, root)).toEqual({
      anchoredAt,
      leafCount: 1024,
    })
  })

  test('tells who speaks for an issuer, and did before', async () => {
    const { confirmIssuer, annulBinding, nameCustodian } = as('authority').accreditations
    await confirmIssuer(issuerId, account.stranger, 0, [], [])
    const first = await chain.time()
    await confirmIssuer(issuerId, account.issuer, 0, [], [])
    const second = await chain.time()
    await annulBinding(issuerId, 0)
    await nameCustodian(issuerId, account.operator, [], [])
    expect(await (await view()).issuerOf(issuerId)).toEqual({
      sponsor: account.authority,
      custodian: account.operator,
      bindings: [
        { account: account.stranger, from: first, until: second, annulled: true },
        { account: account.issuer, from: second, until: Number(open), annulled: false },
      ],
    })
  })

  test('tells the times of a key', async () => {
    await as('authority').accreditations.confirmIssuer(issuerId, account.issuer, 0, [], [])
    await as('issuer').accreditations.registerKey(issuerId, thumbprint)
    const registeredAt = await chain.time()
    await as('issuer').accreditations.retireKey(issuerId, thumbprint, registeredAt + 1000)
    await as('authority').accreditations.reportCompromise(issuerId, thumbprint, 1, [], [])
    expect(await (await view()).keyOf(issuerId, thumbprint)).toEqual({
      registeredAt,
      retiredAt: registeredAt + 1000,
      compromisedSince: 1,
      binding: 0,
    })
  })

  test('finds every accreditation of an account, ended ones too', async () => {
    const accreditations = as('authority').accreditations
    await accreditations.accredit(account.accreditor, Right.accredit, [], open, [])
    const path = [{ accreditor: account.authority, number: 0, depth: 0 }]
    const labels = labelHashes(scope)
    await as('accreditor').accreditations.accredit(
      account.issuer,
      Right.attest,
      labels,
      2_000_000_000,
      path,
    )
    const validFrom = await chain.time()
    await accreditations.accredit(account.issuer, Right.accredit, [], open, [])
    const name = {
      subject: account.issuer,
      right: 1,
      labels: [],
      accreditor: account.authority,
      number: 0,
    }
    await accreditations.annul(name, 2, [])
    const records = await (await view()).accreditationsOf(account.issuer)
    expect(records).toHaveLength(2)
    expect(records[0]).toEqual({
      subject: account.issuer,
      right: 'attest',
      scope: scopeHash(scope),
      accreditor: account.accreditor,
      number: 0,
      validFrom,
      validUntil: 2_000_000_000,
      withdrawnFrom: 0,
      annulled: false,
    })
    expect(records[1]).toMatchObject({ right: 'accredit', annulled: true })
  })

  test('reads status words of both maps', async () => {
    await as('authority').accreditations.confirmIssuer(issuerId, account.issuer, 0, [], [])
    await as('issuer').statuses.revoke(issuerId, 7, [{ word: 369, mask: 1n << 255n }])
    await as('issuer').statuses.suspend(issuerId, 7, 0, [{ word: 369, mask: 5n }])
    expect(await (await view()).statusOf(issuerId, 7n, 369)).toEqual({
      revoked: 1n << 255n,
      suspended: 5n,
    })
  })

  test('stays at its block when the chain goes on', async () => {
    const before = await view()
    await as('authority').accreditations.accredit(account.issuer, Right.attest, [], open, [])
    expect(await before.accreditationsOf(account.issuer)).toEqual([])
    expect(await (await view()).accreditationsOf(account.issuer)).toHaveLength(1)
  })

  test('asks the same question once, also for itself', async () => {
    const { asked, request } = counted()
    const seen = await sourceOf({}, { request }).view()
    asked.length = 0
    await Promise.all([seen.keyOf(issuerId, thumbprint), seen.keyOf(issuerId, thumbprint)])
    await seen.keyOf(issuerId, thumbprint)
    expect(asked).toEqual(['eth_call'])
  })

  test('asks again what failed', async () => {
    let isBroken = false
    const request: RpcRequest = (method, params) =>
      isBroken ? Promise.reject(new Error('gone')) : chain.request(method, params)
    const seen = await sourceOf({}, { request }).view()
    isBroken = true
    await expect(seen.keyOf(issuerId, thumbprint)).rejects.toThrow('gone')
    isBroken = false
    expect(await seen.keyOf(issuerId, thumbprint)).toBeUndefined()
  })

  test.each([
    ['nothing', null],
    ['an empty answer', '0x'],
    ['half a word', '0x' + '0'.repeat(32)],
    ['an upper-case answer', '0x' + 'F'.repeat(64 * 4)],
    ['times that are none', '0x' + 'f'.repeat(64 * 4)],
  ])('says that the chain is unreachable when it answers with %s', async (_, answer) => {
    let isOdd = false
    const request: RpcRequest = (method, params) =>
      isOdd ? Promise.resolve(answer) : chain.request(method, params)
    const seen = await sourceOf({}, { request }).view()
    isOdd = true
    await expect(seen.keyOf(issuerId, thumbprint)).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
    })
  })
})

describe('view', () => {
  test('is the same one while no block came', async () => {
    const source = sourceOf()
    expect(await source.view()).toBe(await source.view())
  })

  test('is another one after a block, which looks for events in the new blocks only', async () => {
    const searched: unknown[] = []
    const request: RpcRequest = (method, params) => {
      if (method === 'eth_getLogs') searched.push(params[0])
      return chain.request(method, params)
    }
    const source = sourceOf({}, { request })
    const first = await source.view()
    await first.accreditationsOf(account.issuer)
    await as('authority').accreditations.accredit(account.issuer, Right.attest, [], open, [])
    const second = await source.view()
    expect(await second.accreditationsOf(account.issuer)).toHaveLength(1)
    expect(searched[1]).toMatchObject({ fromBlock: `0x${(first.block.number + 1).toString(16)}` })
  })

  test('forgets the events of blocks that vanished', async () => {
    const source = sourceOf()
    const before = await chain.request('evm_snapshot')
    await chain.request('evm_mine')
    await (await source.view()).accreditationsOf(account.issuer)
    await chain.request('evm_revert', [before])
    await as('authority').accreditations.accredit(account.issuer, Right.attest, [], open, [])
    expect(await (await source.view()).accreditationsOf(account.issuer)).toHaveLength(1)
  })

  test('is not asked for again before refreshSeconds have passed', async () => {
    let seconds = 1000
    const source = sourceOf({}, { refreshSeconds: 10, now: () => seconds })
    const first = await source.view()
    await chain.request('evm_mine')
    seconds = 1009.9
    expect(await source.view()).toBe(first)
    seconds = 1010
    expect((await source.view()).block.number).toBe(first.block.number + 1)
  })

  test('is shared between callers of one turn', async () => {
    const { asked, request } = counted()
    const source = sourceOf({}, { request })
    const [one, other] = await Promise.all([source.view(), source.view()])
    expect(one).toBe(other)
    expect(asked.filter((method) => method === 'eth_chainId')).toHaveLength(1)
  })

  test('is of the block with so many on top of it', async () => {
    await chain.request('hardhat_mine', ['0x5'])
    const latest = (await view()).block.number
    const { block } = await sourceOf({ finality: { confirmations: 3 } }).view()
    expect(block.number).toBe(latest - 3)
  })

  test.each([{ confirmations: 10_000 }, { confirmations: 1 }])(
    'is not to be had while no block is final: %o',
    async (finality) => {
      const { block } = await view()
      const creationBlock = { number: block.number, hash: block.hash }
      await expect(sourceOf({ finality, creationBlock }).view()).rejects.toMatchObject({
        code: 'CHAIN_UNREACHABLE',
      })
    },
  )
})

describe('a chain that is not the pinned one is a CHAIN_MISMATCH:', () => {
  const other = Hash.parse('0x' + '66'.repeat(32))
  const withCode = (contract: ChainPin['anchorRegistry']) => ({ ...contract, codeHash: other })

  test.each<[string, () => Partial<ChainPin>]>([
    ['chain id', () => ({ chainId: 1 })],
    ['block 1', () => ({ creationBlock: { number: 1, hash: other } })],
    ['block 123456', () => ({ creationBlock: { number: 123_456, hash: other } })],
    ['authority', () => ({ authority: account.stranger })],
    [
      'code of the AccreditationRegistry',
      () => ({ accreditationRegistry: withCode(pin.accreditationRegistry) }),
    ],
    ['code of the AnchorRegistry', () => ({ anchorRegistry: withCode(pin.anchorRegistry) })],
    ['code of the StatusRegistry', () => ({ statusRegistry: withCode(pin.statusRegistry) })],
    [
      'code of the AnchorRegistry',
      () => ({ anchorRegistry: { ...pin.anchorRegistry, address: account.stranger } }),
    ],
  ])('its %s', async (what, change) => {
    await expect(sourceOf(change()).view()).rejects.toMatchObject({
      code: 'CHAIN_MISMATCH',
      facts: { what },
    })
  })

  test('also when it was the pinned one before', async () => {
    let isReset = false
    const request: RpcRequest = async (method, params) => {
      const answer = await chain.request(method, params)
      const isCreation =
        method === 'eth_getBlockByNumber' && Number(params[0]) === pin.creationBlock.number
      return isReset && isCreation ? { ...(answer as object), hash: other } : answer
    }
    const source = sourceOf({}, { request })
    await source.view()
    isReset = true
    await expect(source.view()).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
  })
})

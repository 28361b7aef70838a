import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../../../sdk/chain/online-source.ts'
import { createSigner } from '../../../../sdk/formats/signer.ts'
import type { AnchoredCredential } from '../../../../sdk/model/receipt.ts'
import type { StatusPurpose } from '../../../../sdk/model/status-entry.ts'
import { newParty } from '../../../support/issuer.ts'
import { startWorld, type College, type World } from '../../../support/world.ts'

let world: World
let college: College
let index: number
let good: AnchoredCredential
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  const issued = await world.issue(college)
  index = issued.index
  const [first] = await world.anchor([issued.text])
  good = first!
})
afterAll(() => world.stop())

let restore: () => Promise<void>
beforeEach(async () => {
  restore = await world.snapshot()
})
afterEach(() => restore())

/** Both lists of the college, made now. */
async function listsOf(
  set: Partial<Record<StatusPurpose, readonly number[]>>,
  change: Parameters<World['statusList']>[3] = {},
  issuer = college,
): Promise<(url: string) => Promise<string>> {
  const revocation = await world.statusList(issuer, 'revocation', set.revocation ?? [], change)
  const suspension = await world.statusList(issuer, 'suspension', set.suspension ?? [], change)
  return (url) => Promise.resolve(url.endsWith('revocation') ? revocation : suspension)
}

async function statusOf(fetchStatusList: (url: string) => Promise<string>, change: object = {}) {
  const verifier = await world.verifier({ fetchStatusList, ...change })
  const { checks } = await verifier.verifyCredential(good)
  return checks.find(({ name }) => name === 'status')!
}

describe('with chains in the policy', () => {
  test('lists that agree are noted as read', async () => {
    const check = await statusOf(await listsOf({}))
    expect(check).toMatchObject({ code: 'NOT_REVOKED', facts: { unreadLists: [] } })
  })

  test('a list is fetched, not the credential’s other addresses', async () => {
    const asked: string[] = []
    const lists = await listsOf({})
    await statusOf((url) => {
      asked.push(url)
      return lists(url)
    })
    expect(asked).toEqual([
      'https://livret.example/issuers/mer/status/7/revocation',
      'https://livret.example/issuers/mer/status/7/suspension',
    ])
  })

  test.each<StatusPurpose>(['revocation', 'suspension'])(
    'a %s that only the list of this block shows contradicts the chain',
    async (purpose) => {
      const check = await statusOf(await listsOf({ [purpose]: [index] }))
      expect(check.code).toBe('STATUS_LIST_CONTRADICTS_CHAIN')
    },
  )

  test('an older list may show a suspension that ended since, but no revocation', async () => {
    const [suspended, revoked] = [
      await listsOf({ suspension: [index] }),
      await listsOf({ revocation: [index] }),
    ]
    await world.travel(60)
    expect((await statusOf(suspended)).code).toBe('NOT_REVOKED')
    expect((await statusOf(revoked)).code).toBe('STATUS_LIST_CONTRADICTS_CHAIN')
  })

  test('a list of a later block than ours is believed', async () => {
    await world.on.revoke(world.place, college, index)
    const lists = await listsOf({ revocation: [index] })
    const { chain, pin } = world.place
    const behind = { ...pin, finality: { confirmations: 1 } }
    const sources = [createOnlineSource(behind, { request: chain.request })]
    const check = await statusOf(lists, { policy: { chains: [behind] }, sources })
    expect(check).toMatchObject({
      code: 'REVOKED',
      facts: { source: 'https://livret.example/issuers/mer/status/7/revocation' },
    })
  })

  test('what is revoked on chain is revoked, whatever a list says', async () => {
    const lists = await listsOf({})
    await world.on.revoke(world.place, college, index)
    expect((await statusOf(lists)).code).toBe('REVOKED')
  })

  test('a list of somebody else is refused', async () => {
    const terre = await world.accreditedCollege('terre', 'TrainingCertificate', 'stranger')
    expect((await statusOf(await listsOf({}, {}, terre))).code).toBe('STATUS_LIST_FOREIGN')
  })

  test.each([
    ['is down', () => Promise.reject(new Error('down'))],
    ['serves something else', () => Promise.resolve('<html>')],
  ])('a host that %s changes nothing, and is noted', async (_, fetchStatusList) => {
    const check = await statusOf(fetchStatusList)
    expect(check.code).toBe('NOT_REVOKED')
    expect(check.facts['unreadLists']).toHaveLength(2)
  })

  test('a list is not believed with a key that the chain does not know', async () => {
    const { publicJwk, privateJwk } = newParty()
    const signer = createSigner(`${college.did}#key-2`, privateJwk)
    world.documents.set('https://livret.example/issuers/mer/did.json', {
      id: college.did,
      verificationMethod: [
        ...[college.publicJwk, publicJwk].map((publicKeyJwk, i) => ({
          id: `${college.did}#key-${String(i + 1)}`,
          type: 'JsonWebKey',
          controller: college.did,
          publicKeyJwk,
        })),
      ],
      assertionMethod: [`${college.did}#key-1`, `${college.did}#key-2`],
    })
    const lists = await listsOf({ revocation: [index] }, {}, { ...college, signer })
    const check = await statusOf(lists)
    expect(check.code).toBe('NOT_REVOKED')
    expect(check.facts['unreadLists']).toHaveLength(2)
  })

  test('a list that has expired says nothing', async () => {
    const validUntil = (await world.time()) + 10
    const lists = await listsOf({ revocation: [index] }, { validUntil })
    await world.travel(100)
    expect((await statusOf(lists)).facts['unreadLists']).toHaveLength(2)
  })

  test('a list of another address says nothing', async () => {
    const url = 'https://livret.example/issuers/mer/status/8/revocation'
    const check = await statusOf(await listsOf({ revocation: [index] }, { url }))
    expect(check.facts['unreadLists']).toHaveLength(2)
  })

  test('a list of another purpose says nothing', async () => {
    const url = 'https://livret.example/issuers/mer/status/7/suspension'
    const list = await world.statusList(college, 'revocation', [index], { url })
    const lists = await listsOf({})
    const check = await statusOf((asked) => (asked === url ? Promise.resolve(list) : lists(asked)))
    expect(check.facts['unreadLists']).toEqual([url])
  })
})

describe('without chains', () => {
  const noChains = { policy: { chains: [], anchorRequired: false } }
  const codeOf = async (fetchStatusList: (url: string) => Promise<string>) =>
    (await statusOf(fetchStatusList, noChains)).code

  test('the lists decide', async () => {
    expect(await codeOf(await listsOf({}))).toBe('LIST_NOT_REVOKED')
    expect(await codeOf(await listsOf({ revocation: [index] }))).toBe('REVOKED')
    expect(await codeOf(await listsOf({ suspension: [index] }))).toBe('SUSPENDED')
    expect(await codeOf(await listsOf({ revocation: [index + 1] }))).toBe('LIST_NOT_REVOKED')
  })

  test('a list that cannot be had leaves the status undecided', async () => {
    expect(await codeOf(() => Promise.reject(new Error('down')))).toBe('STATUS_LIST_UNREACHABLE')
    expect(await codeOf(() => Promise.resolve('no list'))).toBe('STATUS_LIST_INVALID')
  })

  test('one of the two that cannot be had does not hide what the other shows', async () => {
    const lists = await listsOf({ suspension: [index] })
    const half = (url: string) =>
      url.endsWith('revocation') ? Promise.reject(new Error('down')) : lists(url)
    expect(await codeOf(half)).toBe('SUSPENDED')
  })

  test('a list of somebody else is refused', async () => {
    const terre = world.newCollege('terre')
    expect(await codeOf(await listsOf({}, {}, terre))).toBe('STATUS_LIST_FOREIGN')
  })
})

describe('no host is asked for the lists of', () => {
  const noChains = { policy: { chains: [], anchorRequired: false } }

  /** The addresses that verifying `text` asks for lists. */
  async function askedBy(text: string, change: object = {}): Promise<readonly string[]> {
    const asked: string[] = []
    const fetchStatusList = (url: string) => {
      asked.push(url)
      return Promise.reject(new Error('down'))
    }
    await (await world.verifier({ fetchStatusList, ...change })).verifyCredential(text)
    return asked
  }

  test.each([
    ['with chains', {}],
    ['without', noChains],
  ])('a forged credential, %s', async (_, change) => {
    const forged = `${good.credential.slice(0, -86)}${'A'.repeat(86)}`
    expect(await askedBy(forged, change)).toEqual([])
  })

  test('an issuer that the chains do not know', async () => {
    const { text } = await world.issue(world.newCollege('terre'))
    expect(await askedBy(text)).toEqual([])
    expect(await askedBy(text, noChains)).not.toEqual([])
  })
})

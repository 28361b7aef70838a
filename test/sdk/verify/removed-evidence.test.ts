import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnchoredCredential, Receipt } from '../../../sdk/model/receipt.ts'
import type { Verdict } from '../../../sdk/model/report.ts'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { newParty } from '../../support/issuer.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

type Options = NonNullable<Parameters<World['verifier']>[0]>

let world: World
let college: College
let all: Record<string, AnchoredCredential>
let lists: Map<string, string>
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  const terre = await world.accreditedCollege('terre', 'SkillProfile', 'stranger')
  const anchored = async (issuer: College, index?: (index: number) => Promise<unknown>) => {
    const issued = await world.issue(issuer)
    await index?.(issued.index)
    const [first] = await world.anchor([issued.text], { issuerKey: issuer.publicJwk })
    return first!
  }
  const good = await anchored(college)
  const thief = createSigner(college.signer.kid, newParty().privateJwk)
  const unanchored = { ...good.receipt, root: good.receipt.salt }
  lists = new Map()
  let listed = 0
  all = {
    good,
    revoked: await anchored(college, (index) => world.on.revoke(world.place, college, index)),
    suspended: await anchored(college, (index) => world.on.suspend(world.place, college, index)),
    'revoked by the list alone': await anchored(college, (index) => {
      listed = index
      return Promise.resolve()
    }),
    'not covered': await anchored(terre),
    'another’s receipt': { ...good, receipt: unanchored },
    forged: { ...good, credential: (await world.issue({ ...college, signer: thief })).text },
  }
  await world.on.withdraw(world.place, college, 'TrainingCertificate')
  await world.travel(100)
  all['withdrawn'] = await anchored(college)
  for (const purpose of ['revocation', 'suspension'] as const) {
    const url = `https://livret.example/issuers/mer/status/7/${purpose}`
    lists.set(
      url,
      await world.statusList(college, purpose, purpose === 'revocation' ? [listed] : []),
    )
  }
})
afterAll(() => world.stop())

/** With everything there is. */
const complete = (): Options => ({
  fetchStatusList: (url) => {
    const list = lists.get(url)
    return list === undefined ? Promise.reject(new Error('not found')) : Promise.resolve(list)
  },
})

const withReceipt = (change: (receipt: Receipt) => object) => (input: AnchoredCredential) => ({
  ...input,
  receipt: { ...input.receipt, ...change(input.receipt) } as Receipt,
})

/** What an attacker, or bad luck, can take away. */
const removals: Record<string, (input: AnchoredCredential) => string | AnchoredCredential> = {
  'the receipt': ({ credential }) => credential,
  'the key in the receipt': withReceipt(() => ({ issuerKey: undefined })),
  'a step of the proof': withReceipt(({ proof }) => ({ proof: proof.slice(1) })),
  'the anchors': withReceipt(() => ({ anchors: [] })),
}

const outages: Record<string, Options> = {
  'the chain': { sources: [] },
  'the status lists': { fetchStatusList: () => Promise.reject(new Error('down')) },
  'the newest blocks': { later: 10_000 },
}

const verdictOf = async (input: string | AnchoredCredential, options: Options): Promise<Verdict> =>
  (await (await world.verifier(options)).verifyCredential(input)).verdict

const names = [
  'good',
  'revoked',
  'suspended',
  'revoked by the list alone',
  'not covered',
  'another’s receipt',
  'forged',
  'withdrawn',
]

test('with all evidence, only the good one is valid', async () => {
  for (const name of names) {
    const verdict = await verdictOf(all[name]!, complete())
    expect([name, verdict]).toEqual([name, name === 'good' ? 'valid' : 'invalid'])
  }
})

describe.each(Object.keys(removals))('without %s', (removal) => {
  test.each(names.slice(1))('what is wrong does not become valid: %s', async (name) => {
    const input = removals[removal]!(all[name]!)
    expect(await verdictOf(input, complete())).not.toBe('valid')
  })
})

// The chain decides what is revoked: a dead list host changes nothing, so that only a list shows this one.
const onChain = (name: string) => name !== 'revoked by the list alone'

describe.each(Object.keys(outages))('without %s', (outage) => {
  test.each(names.slice(1).filter(onChain))(
    'what is wrong does not become valid: %s',
    async (name) => {
      expect(await verdictOf(all[name]!, { ...complete(), ...outages[outage] })).not.toBe('valid')
    },
  )
})

describe('of a good credential', () => {
  test('a wrong key in its receipt changes nothing', async () => {
    const { credential, receipt } = all['good']!
    const issuerKey = newParty().publicJwk
    const input = { credential, receipt: { ...receipt, issuerKey } }
    expect(await verdictOf(input, complete())).toBe('valid')
  })

  test.each(['the receipt', 'a step of the proof', 'the anchors'])(
    'nobody believes it without %s',
    async (removal) => {
      expect(await verdictOf(removals[removal]!(all['good']!), complete())).not.toBe('valid')
    },
  )

  test.each(['the chain', 'the newest blocks'])('nothing is certain without %s', async (outage) => {
    const verdict = await verdictOf(all['good']!, { ...complete(), ...outages[outage] })
    expect(verdict).toBe('undecided')
  })
})

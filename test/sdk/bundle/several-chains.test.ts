import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Bundle } from '../../../sdk/bundle/bundle.ts'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import { Policy } from '../../../sdk/model/policy.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { bundleOf, changed, type TestBundle } from '../../support/bundle.ts'
import { failures, openQuestions } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const scope = 'TrainingCertificate'

let world: World
let college: College
let everywhere: AnchoredCredential
let once: AnchoredCredential
let index: number
beforeAll(async () => {
  world = await startWorld(['chainA', 'chainB'])
  college = await world.accreditedCollege('mer')
  const issued = await world.issue(college)
  index = issued.index
  const issuerKey = college.publicJwk
  ;[everywhere] = (await world.anchor([issued.text], { issuerKey })) as [AnchoredCredential]
  const { text } = await world.issue(college)
  ;[once] = (await world.anchor([text], { issuerKey, chains: [0] })) as [AnchoredCredential]
})
afterAll(() => world.stop())

let restore: () => Promise<void>
beforeEach(async () => {
  restore = await world.snapshot()
})
afterEach(() => restore())

const verify = ({ text, policy, now }: TestBundle, change: object = {}) =>
  verifyBundle(text, { policy: Policy.parse({ ...policy, ...change }), now: () => now })

describe('a bundle of two chains', () => {
  test('is valid where both must agree', async () => {
    const bundle = await bundleOf(world, everywhere)
    expect((await verify(bundle)).verdict).toBe('valid')
    expect((await verify(bundle, { quorum: 1 })).verdict).toBe('valid')
  })

  test('counts an anchor on one of them as one', async () => {
    const bundle = await bundleOf(world, once)
    expect((await verify(bundle, { quorum: 1 })).verdict).toBe('valid')
    expect((await verify(bundle, { quorum: 2 })).verdict).not.toBe('valid')
  })

  test('is valid for who trusts one of them alone', async () => {
    const bundle = await bundleOf(world, everywhere)
    for (const pin of bundle.policy.chains) {
      expect((await verify(bundle, { chains: [pin] })).verdict).toBe('valid')
    }
  })

  test('is undecided without one of them, whatever the quorum', async () => {
    const bundle = await bundleOf(world, everywhere, [0])
    const report = await verify(bundle, { quorum: 1 })
    expect([report.verdict, openQuestions(report)]).toEqual([
      'undecided',
      ['EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'EVIDENCE_MISSING'],
    ])
  })
})

describe('what ended on one chain has ended', () => {
  const second = () => world.places[1]!

  test.each([
    ['revoked', 'REVOKED'],
    ['annulled', 'ACCREDITATION_ANNULLED'],
  ])('%s', async (what, code) => {
    if (what === 'revoked') await world.on.revoke(second(), college, index)
    else await world.on.annul(second(), college, scope)
    const report = await verify(await bundleOf(world, everywhere), { quorum: 1 })
    expect([report.verdict, failures(report)]).toEqual(['invalid', [code]])
  })

  test('and a bundle cannot leave it out', async () => {
    const before = await bundleOf(world, everywhere)
    await world.on.annul(second(), college, scope)
    const after = await bundleOf(world, everywhere)
    expect((await verify(after, { quorum: 1 })).verdict).toBe('invalid')

    // The first chain's side alone, and the second's with every set of records that it could name.
    const good = (JSON.parse(before.text) as Bundle).chains[0]!
    const policy = {
      quorum: 1,
      chains: [before.policy.chains[0]!, after.policy.chains[1]!],
    }
    const [, hostile] = (JSON.parse(after.text) as Bundle).chains
    const names = hostile!.accreditations
    for (let choice = 0; choice < 2 ** names.length; choice++) {
      const accreditations = names.filter((_, i) => (choice >> i) & 1)
      for (const nodes of [
        hostile!.nodes,
        ...hostile!.nodes.map((_, i) => hostile!.nodes.toSpliced(i, 1)),
      ]) {
        const chains = [good, { ...hostile!, accreditations, nodes }]
        const text = changed(after.text, (whole) => ({ ...whole, chains }))
        expect((await verify({ ...after, text }, policy)).verdict).not.toBe('valid')
      }
    }
  })
})

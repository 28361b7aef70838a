import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bundle } from '../../../sdk/bundle/bundle.ts'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import { Policy } from '../../../sdk/model/policy.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { bundleOf, changed, pinned, type TestBundle } from '../../support/bundle.ts'
import { failures, openQuestions } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

let world: World
let college: College
let good: AnchoredCredential
let goodIndex: number
let bundle: TestBundle
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  const { text, index } = await world.issue(college)
  goodIndex = index
  ;[good] = (await world.anchor([text], { issuerKey: college.publicJwk })) as [AnchoredCredential]
  bundle = await bundleOf(world, good)
})
afterAll(() => world.stop())

const verify = ({ text, policy, now }: TestBundle) => verifyBundle(text, { policy, now: () => now })
const verifyText = (text: string) => verify({ ...bundle, text })

/** The bundle with a change to what it says about its chain. */
const withChain = (change: (chain: Bundle['chains'][number]) => object) =>
  changed(bundle.text, (whole) => ({ ...whole, chains: whole.chains.map(change) }))

describe('verifyBundle', () => {
  test('finds a good credential valid, with every question answered from the bundle', async () => {
    const report = await verify(bundle)
    expect(report.verdict).toBe('valid')
    expect(report.checks.map(({ code }) => code)).toEqual([
      'DECODED',
      'FORMAT_ACCEPTED',
      'SIGNATURE_VALID',
      'IN_PERIOD',
      'ANCHORED',
      'KEY_REGISTERED',
      'ACCREDITED',
      'NOT_REVOKED',
      'HOLDER_NOT_PRESENTED',
      'SCHEMA_MATCHED',
    ])
  })

  test('says what the online road says', async () => {
    const online = await (await world.verifier()).verifyCredential(good)
    const offline = await verify(bundle)
    expect(offline.checks).toEqual(online.checks)
  })

  test('leaves a status undecided that is older than the policy allows', async () => {
    const { maxStatusAgeSeconds } = bundle.policy
    const at = (seconds: number) => verify({ ...bundle, now: bundle.now + seconds * 1000 })
    expect((await at(maxStatusAgeSeconds)).verdict).toBe('valid')
    const stale = await at(maxStatusAgeSeconds + 1)
    expect([stale.verdict, openQuestions(stale)]).toEqual(['undecided', ['STATUS_STALE']])
  })

  test.each([
    ['revoked', 'REVOKED'],
    ['suspended', 'SUSPENDED'],
    ['withdrawn before', 'ACCREDITATION_WITHDRAWN'],
    ['annulled', 'ACCREDITATION_ANNULLED'],
    ['compromised', 'KEY_COMPROMISED'],
  ])('finds invalid what was %s', async (name, code) => {
    const restore = await world.snapshot()
    const { place } = world
    let subject = good
    if (name === 'revoked') await world.on.revoke(place, college, goodIndex)
    if (name === 'suspended') await world.on.suspend(place, college, goodIndex)
    if (name === 'annulled') await world.on.annul(place, college, 'TrainingCertificate')
    if (name === 'compromised') {
      await world
        .as('authority')
        .accreditations.reportCompromise(college.issuerId, college.thumbprint, 1, [], [])
    }
    if (name === 'withdrawn before') {
      await world.on.withdraw(place, college, 'TrainingCertificate')
      const { text } = await world.issue(college)
      const [late] = await world.anchor([text], { issuerKey: college.publicJwk })
      subject = late!
    }
    const report = await verify(await bundleOf(world, subject))
    await restore()
    expect([report.verdict, failures(report)]).toEqual(['invalid', [code]])
  })

  test('wants a block that the policy pins', async () => {
    for (const finalizedBlocks of [
      undefined,
      [],
      [{ number: 1, hash: bundle.policy.chains[0]!.creationBlock.hash }],
    ]) {
      const chains = [{ ...bundle.policy.chains[0]!, finalizedBlocks }]
      const policy = Policy.parse({ ...bundle.policy, chains })
      const report = await verify({ ...bundle, policy })
      expect(report.verdict).toBe('undecided')
      expect(openQuestions(report)).toContain('EVIDENCE_MISSING')
    }
  })

  test.each(['accreditationRegistry', 'anchorRegistry', 'statusRegistry'] as const)(
    'believes no perfect proof of another %s',
    async (name) => {
      for (const change of [
        { address: `0x${'ab'.repeat(20)}` },
        { codeHash: `0x${'ab'.repeat(32)}` },
      ]) {
        const chains = bundle.policy.chains.map((pin) => ({
          ...pin,
          [name]: { ...pin[name], ...change },
        }))
        const policy = Policy.parse({ ...bundle.policy, chains })
        expect((await verify({ ...bundle, policy })).verdict).not.toBe('valid')
      }
    },
  )

  test('proves the creation of the registries to be no later than its block', async () => {
    const [pin] = bundle.policy.chains
    const creationBlock = { ...pin!.creationBlock, number: pin!.finalizedBlocks![0]!.number + 1 }
    const policy = Policy.parse({ ...bundle.policy, chains: [{ ...pin, creationBlock }] })
    expect((await verify({ ...bundle, policy })).verdict).toBe('undecided')
  })
})

describe('a bundle with any byte changed', () => {
  test('is never valid', async () => {
    const anywhere = fc.nat(bundle.text.length - 1)
    const byte = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))
    await fc.assert(
      fc.asyncProperty(anywhere, byte, async (at, other) => {
        fc.pre(bundle.text[at] !== other)
        const text = bundle.text.slice(0, at) + other + bundle.text.slice(at + 1)
        expect((await verifyText(text)).verdict).not.toBe('valid')
      }),
      { numRuns: 500 },
    )
  })

  test('is never valid, with a bit turned in every third of its bytes', async () => {
    for (let at = 0; at < bundle.text.length; at += 3) {
      const turned = String.fromCharCode(bundle.text.charCodeAt(at) ^ 1)
      const text = bundle.text.slice(0, at) + turned + bundle.text.slice(at + 1)
      expect([at, (await verifyText(text)).verdict]).not.toEqual([at, 'valid'])
    }
  })

  test.each([
    ['an unknown member', (text: string) => text.replace('{"chains"', '{"a":1,"chains"')],
    ['a blank', (text: string) => text.replace(':1}', ': 1}')],
    ['a line after it', (text: string) => `${text}\n`],
    [
      'its members in another order',
      (text: string) => JSON.stringify({ type: 'LivretBundle', ...(JSON.parse(text) as object) }),
    ],
  ])('is refused with %s', async (_, change) => {
    const report = await verifyText(change(bundle.text))
    expect([report.verdict, failures(report)]).toEqual(['invalid', ['BUNDLE_MALFORMED']])
  })
})

describe('a bundle with a piece of evidence removed', () => {
  test('is never valid without any of its nodes', async () => {
    const { chains } = JSON.parse(bundle.text) as Bundle
    for (const at of chains[0]!.nodes.keys()) {
      const text = withChain((chain) => ({ ...chain, nodes: chain.nodes.toSpliced(at, 1) }))
      expect((await verifyText(text)).verdict).toBe('undecided')
    }
  })

  test.each([
    ['its accreditations', () => withChain((chain) => ({ ...chain, accreditations: [] }))],
    ['its chain', () => changed(bundle.text, (whole) => ({ ...whole, chains: [] }))],
    [
      'the issuer’s key',
      () =>
        changed(bundle.text, (whole) => ({
          ...whole,
          receipt: { ...whole.receipt, issuerKey: undefined },
        })),
    ],
    [
      'where it was anchored',
      () =>
        changed(bundle.text, (whole) => ({ ...whole, receipt: { ...whole.receipt, anchors: [] } })),
    ],
  ])('is never valid without %s', async (_, removed) => {
    expect((await verifyText(removed())).verdict).not.toBe('valid')
  })

  test('is refused with a node, a record or a key member that nothing needs', async () => {
    const spare = (await bundleOf(world, good, [0])).text
    const other = (JSON.parse(spare) as Bundle).chains[0]!.header
    const [record] = (JSON.parse(bundle.text) as Bundle).chains[0]!.accreditations
    const texts = [
      withChain((chain) => ({ ...chain, nodes: [...chain.nodes, other].toSorted() })),
      withChain((chain) => ({ ...chain, nodes: [...chain.nodes, chain.nodes[0]!].toSorted() })),
      withChain((chain) => ({
        ...chain,
        accreditations: [...chain.accreditations, { ...record!, number: 1 }],
      })),
      changed(bundle.text, (whole) => ({
        ...whole,
        receipt: { ...whole.receipt, issuerKey: { ...whole.receipt.issuerKey, use: 'sig' } },
      })),
    ]
    for (const text of texts) expect((await verifyText(text)).verdict).not.toBe('valid')
  })
})

test('a pinned policy trusts no other block', () => {
  expect(pinned(bundle.text, world.policy()).policy.chains[0]!.finalizedBlocks).toHaveLength(1)
})

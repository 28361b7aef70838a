import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { CheckName, Report } from '../../../sdk/model/report.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const [one, both] = [{ policy: { quorum: 1 } }, { policy: { quorum: 2 } }]

let world: World
let college: College
let text: string
let index: number
beforeAll(async () => {
  world = await startWorld(['chainA', 'chainB'])
  college = await world.accreditedCollege('mer')
  ;({ text, index } = await world.issue(college))
})
afterAll(() => world.stop())

let restore: () => Promise<void>
beforeEach(async () => {
  restore = await world.snapshot()
})
afterEach(() => restore())

const verify = async (input: AnchoredCredential, options: Parameters<World['verifier']>[0]) =>
  (await world.verifier({ later: 100, ...options })).verifyCredential(input)

async function anchoredOn(...chains: number[]): Promise<AnchoredCredential> {
  const [first] = await world.anchor([text], { chains })
  return first!
}

const codeOf = ({ checks }: Report, name: CheckName) =>
  checks.find((check) => check.name === name)?.code

const timeOf = (chain: number) => world.places[chain]!.chain.time()
const [a, b] = [0, 1]

describe('k of n chains', () => {
  test('all must agree unless the policy says less', async () => {
    const onA = await anchoredOn(a)
    expect(codeOf(await verify(onA, {}), 'anchor')).toBe('ANCHOR_PENDING')
    expect((await verify(onA, one)).verdict).toBe('valid')
    expect((await verify(await anchoredOn(a, b), {})).verdict).toBe('valid')
  })

  test('T is the time by which as many had anchored as must agree', async () => {
    const onB = await anchoredOn(b)
    const early = await timeOf(b)
    await world.travel(500)
    const { root, proof } = onB.receipt
    await world.on.anchor(world.places[a]!, root, 2 ** proof.length)
    const late = await timeOf(a)
    const [other] = await world.anchor([text], { chains: [a] })
    const anchors = [...onB.receipt.anchors, ...other!.receipt.anchors]
    const onBoth = { ...onB, receipt: { ...onB.receipt, anchors } }

    expect((await verify(onBoth, one)).judgedAt).toBe(early)
    expect((await verify(onBoth, both)).judgedAt).toBe(late)
  })

  test('a chain judges from its own registries at its own time', async () => {
    await world.on.withdraw(world.places[a]!, college, 'TrainingCertificate')
    await world.on.withdraw(world.places[b]!, college, 'TrainingCertificate')
    await world.travel(10)
    const report = await verify(await anchoredOn(a, b), both)
    expect(codeOf(report, 'accreditation')).toBe('ACCREDITATION_WITHDRAWN')
  })

  test('the key of one chain and the accreditation of another do not add up', async () => {
    const terre = world.newCollege('terre', 'stranger')
    for (const place of world.places) await world.on.confirm(place, terre)
    await world.on.registerKey(world.places[a]!, terre)
    await world.on.accredit(world.places[b]!, world.addressOf('stranger', b), 'TrainingCertificate')
    const issued = await world.issue(terre)
    const [anchored] = await world.anchor([issued.text])

    const report = await verify(anchored!, one)

    expect(report.verdict).toBe('invalid')
    expect(codeOf(report, 'issuer-key')).toBe('KEY_REGISTERED')
    expect(codeOf(report, 'accreditation')).toBe('NOT_ACCREDITED')
  })

  test('chains outside the policy count for nothing', async () => {
    const onB = await anchoredOn(b)
    const chains = [world.places[a]!.pin]
    const sources = chains.map((pin) =>
      createOnlineSource(pin, { request: world.places[a]!.chain.request }),
    )
    const report = await verify(onB, { policy: { chains }, sources })
    expect(codeOf(report, 'anchor')).toBe('ANCHOR_PENDING')
  })
})

describe('a negative fact on one chain', () => {
  test('revokes on all', async () => {
    const onA = await anchoredOn(a)
    await world.on.revoke(world.places[b]!, college, index)
    const report = await verify(onA, one)
    expect(codeOf(report, 'status')).toBe('REVOKED')
    expect(report.verdict).toBe('invalid')
  })

  test('ends a stolen key on all', async () => {
    const onA = await anchoredOn(a)
    const { reportCompromise } = world.as('authority', b).accreditations
    await reportCompromise(college.issuerId, college.thumbprint, 1, [], [])
    expect(codeOf(await verify(onA, one), 'issuer-key')).toBe('KEY_COMPROMISED')
  })

  test('annuls an accreditation on all', async () => {
    const onA = await anchoredOn(a)
    await world.on.annul(world.places[b]!, college, 'TrainingCertificate')
    expect(codeOf(await verify(onA, one), 'accreditation')).toBe('ACCREDITATION_ANNULLED')
  })

  test('withdraws an accreditation on all, from then on', async () => {
    const before = await anchoredOn(a)
    await world.travel(100) // The chains' clocks differ.
    await world.on.withdraw(world.places[b]!, college, 'TrainingCertificate')
    await world.travel(100)
    const [after] = await world.anchor([(await world.issue(college)).text], { chains: [a] })

    expect((await verify(before, one)).verdict).toBe('valid')
    expect(codeOf(await verify(after!, one), 'accreditation')).toBe('ACCREDITATION_WITHDRAWN')
  })
})

describe('a chain that is silent', () => {
  const withoutB = () => ({
    sources: world.places
      .slice(0, 1)
      .map(({ pin, chain }) => createOnlineSource(pin, { request: chain.request })),
  })

  test('does not take back an anchor on as many others as must agree', async () => {
    const report = await verify(await anchoredOn(a, b), { ...one, ...withoutB() })
    expect(codeOf(report, 'anchor')).toBe('ANCHORED')
  })

  test('leaves undecided whether it holds a negative fact', async () => {
    const report = await verify(await anchoredOn(a, b), { ...one, ...withoutB() })
    expect(report.verdict).toBe('undecided')
    expect(codeOf(report, 'status')).toBe('CHAIN_UNREACHABLE')
    expect(codeOf(report, 'accreditation')).toBe('CHAIN_UNREACHABLE')
  })

  test('leaves the anchor undecided only if the receipt names it', async () => {
    const [onBoth, onA] = [await anchoredOn(a, b), await anchoredOn(a)]
    expect(codeOf(await verify(onBoth, { ...both, ...withoutB() }), 'anchor')).toBe(
      'CHAIN_UNREACHABLE',
    )
    expect(codeOf(await verify(onA, { ...both, ...withoutB() }), 'anchor')).toBe('ANCHOR_PENDING')
  })

  test('does not save what the others refuse', async () => {
    await world.on.annul(world.places[a]!, college, 'TrainingCertificate')
    const report = await verify(await anchoredOn(a, b), { ...both, ...withoutB() })
    expect(codeOf(report, 'accreditation')).toBe('ACCREDITATION_ANNULLED')
  })
})

describe('sources', () => {
  test('must look at the chains that the policy pins', async () => {
    const { pin, chain } = world.places[a]!
    const other = { ...pin, authority: pin.anchorRegistry.address }
    await expect(
      world.verifier({ sources: [createOnlineSource(other, { request: chain.request })] }),
    ).rejects.toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signCheckpoint } from '../../../sdk/bundle/checkpoint.ts'
import { openBundle } from '../../../sdk/bundle/open-bundle.ts'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import type { ChainView } from '../../../sdk/chain/source.ts'
import { generateKey, type KeyPair } from '../../../sdk/crypto/node.ts'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { Policy } from '../../../sdk/model/policy.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { bundleOf, changed, type TestBundle } from '../../support/bundle.ts'
import { plainCredential } from '../../support/issuer.ts'
import { openQuestions } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

let world: World
let college: College
let good: AnchoredCredential
let bundle: TestBundle
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  const { text } = await world.issue(college)
  ;[good] = (await world.anchor([text], { issuerKey: college.publicJwk })) as [AnchoredCredential]
  bundle = await bundleOf(world, good)
})
afterAll(() => world.stop())

const elsewhere = `0x${'e1'.repeat(32)}` as College['issuerId']

describe('a question that the bundle has no evidence for', () => {
  const operator = () => good.receipt.anchors[0]!.operator
  test.each<[string, (view: ChainView) => Promise<unknown>]>([
    ['another batch', (view) => view.anchorOf(operator(), elsewhere)],
    ['another operator', (view) => view.anchorOf(world.place.pin.authority, good.receipt.root)],
    ['another issuer', (view) => view.issuerOf(elsewhere)],
    ['another key', (view) => view.keyOf(college.issuerId, elsewhere)],
    ['a key of another issuer', (view) => view.keyOf(elsewhere, college.thumbprint)],
    ['another list', (view) => view.statusOf(college.issuerId, 8n, 0)],
    ['another word', (view) => view.statusOf(college.issuerId, 7n, 300)],
  ])('has no answer: %s', async (_, question) => {
    const { sources } = await openBundle(bundle.text, bundle.policy)
    const view = await sources[0]!.view()
    await expect(question(view)).rejects.toMatchObject({ code: 'EVIDENCE_MISSING' })
  })
})

describe('a checkpoint', () => {
  let keys: KeyPair
  let pin: Policy['chains'][number]
  beforeAll(() => {
    keys = generateKey('EdDSA')
    pin = { ...world.place.pin, checkpointKeys: [generateKey('ES256').publicJwk, keys.publicJwk] }
  })

  const block = () => bundle.policy.chains[0]!.finalizedBlocks![0]!
  const issuedAt = () => bundle.now / 1000
  const sign = (
    change: object = {},
    { by = keys, of = pin }: { by?: KeyPair; of?: typeof pin } = {},
  ) =>
    signCheckpoint(
      { ...block(), issuedAt: issuedAt(), ...change },
      of,
      createSigner('#checkpoints', by.privateJwk),
    )
  const verify = (checkpoint: string, chain = pin) =>
    verifyBundle(
      changed(bundle.text, (whole) => ({
        ...whole,
        chains: whole.chains.map((each) => ({ ...each, checkpoint })),
      })),
      { policy: Policy.parse({ version: 1, chains: [chain] }), now: () => bundle.now },
    )

  test('by a key that the policy names makes a block final', async () => {
    expect((await verify(await sign())).verdict).toBe('valid')
    expect((await verify(await sign({ issuedAt: issuedAt() - 60 }))).verdict).toBe('valid')
  })

  test.each<[string, () => Promise<string>]>([
    ['by another key', () => sign({}, { by: generateKey('EdDSA') })],
    ['about another number', () => sign({ number: block().number + 1 })],
    ['about another hash', () => sign({ hash: elsewhere })],
    ['about another chain', () => sign({}, { of: { ...pin, chainId: 1 } })],
    [
      'about the same chain before it was reset',
      () => sign({}, { of: { ...pin, creationBlock: { ...pin.creationBlock, hash: elsewhere } } }),
    ],
    ['older than its block', () => sign({ issuedAt: issuedAt() - 61 })],
    ['that is no checkpoint', () => Promise.resolve('a.b.c')],
    [
      'of another type',
      () =>
        signVcJwt(plainCredential(college.did), createSigner(`${college.did}#c`, keys.privateJwk)),
    ],
  ])('%s does not', async (_, make) => {
    const report = await verify(await make())
    expect(report.verdict).toBe('undecided')
    expect(openQuestions(report)).toContain('EVIDENCE_MISSING')
  })

  test('that nobody is named for does not, even of a block that is pinned', async () => {
    const report = await verify(await sign(), bundle.policy.chains[0])
    expect(report.verdict).toBe('undecided')
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { bundleOf, type TestBundle } from '../../support/bundle.ts'
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

const verify = ({ text, policy, now }: TestBundle) => verifyBundle(text, { policy, now: () => now })

describe('verifyBundle', () => {
  test('finds a good credential valid, with the network down', async () => {
    const report = await verify(bundle)
    expect(report.verdict).toBe('valid')
  })
})

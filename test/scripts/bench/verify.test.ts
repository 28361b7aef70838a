import { beforeAll, describe, expect, test } from 'vitest'
import { createContestants, names } from '../../../scripts/bench/verify/contestants.ts'
import { createFixture, type Fixture } from '../../../scripts/bench/verify/fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await createFixture(60)
  await fixture.stop()
})

describe('the verify bench', () => {
  test('lets everybody verify real certificates of each algorithm, without a chain', async () => {
    const ran: string[] = []
    for (const sample of fixture.samples) {
      for (const { name, run } of await createContestants(sample, fixture.verifier)) {
        await run()
        ran.push(name)
      }
    }
    const all = Object.values(names)
    const withoutJose = all.filter((name) => name !== names.jose)
    expect(ran).toEqual([
      ...all.map((name) => `ES256: ${name}`),
      ...withoutJose.map((name) => `ES256K: ${name}`),
      ...all.map((name) => `EdDSA: ${name}`),
    ])
  })

  test('climbs paths of depth 16, and no certificate twice', () => {
    const anchored = fixture.samples.flatMap((sample) => sample.anchored)
    expect(new Set(anchored.map(({ receipt }) => receipt.proof.length))).toEqual(new Set([16]))
    expect(new Set(anchored.map(({ credential }) => credential)).size).toBe(180)
  })

  test('lets nobody get away with a signature that is wrong', async () => {
    for (const sample of fixture.samples) {
      const [first, second] = sample.anchored
      const [old, other] = sample.legacy
      const mixed = {
        ...sample,
        anchored: [{ ...first!, credential: mix(first!.credential, second!.credential) }],
        legacy: [mix(old!, other!)],
      }
      for (const { name, run } of await createContestants(mixed, fixture.verifier)) {
        await expect(Promise.resolve(run()), name).rejects.toThrow()
      }
    }
  })
})

/** A token with the signature of another one. */
function mix(token: string, other: string): string {
  return token.slice(0, token.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'))
}

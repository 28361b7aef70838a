import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { CheckName, Report } from '../../../sdk/model/report.ts'
import { newParty } from '../../support/issuer.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const day = 86_400

let world: World
let college: College
let index: number
let anchored: AnchoredCredential
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  const issued = await world.issue(college)
  index = issued.index
  ;[anchored] = (await world.anchor([issued.text])) as [AnchoredCredential]
})

let restore: () => Promise<void>
beforeEach(async () => {
  restore = await world.snapshot()
})
afterEach(() => restore())

const check = (report: Report, name: CheckName) => report.checks.find((each) => each.name === name)
const codes = (report: Report) =>
  report.checks.filter(({ status }) => status !== 'passed').map(({ code }) => code)

describe('a good credential', () => {
  test('is valid', async () => {
    const report = await (await world.verifier()).verifyCredential(anchored)
    expect(codes(report)).toEqual(['HOLDER_NOT_PRESENTED'])
    expect(report.verdict).toBe('valid')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scopeHash } from '../../../sdk/chain/scope-hash.ts'
import type { AccreditationRecord, ChainView, Right } from '../../../sdk/chain/source.ts'
import { Address } from '../../../sdk/model/primitives.ts'
import { Scope } from '../../../sdk/model/scope.ts'
import { judgeAccreditation } from '../../../sdk/trust/judge-accreditation.ts'
import { pathLinks } from '../../../sdk/trust/path-links.ts'

const addressOf = (digit: number) => Address.parse('0x' + digit.toString(16).repeat(40))
const authority = addressOf(0xa)
const [issuer, region, school, other] = [1, 2, 3, 4].map(addressOf) as [
  Address,
  Address,
  Address,
  Address,
]
const wide = Scope.parse('TrainingCertificate')
const narrow = Scope.parse('TrainingCertificate/RNCP34079')
const empty = Scope.parse('')
const scopes = [empty, wide, narrow, Scope.parse('SkillProfile')]

const record = (change: Partial<AccreditationRecord> = {}): AccreditationRecord => ({
  subject: issuer,
  right: 'attest',
  scope: scopeHash(wide),
  accreditor: authority,
  number: 0,
  validFrom: 100,
  validUntil: 200,
  withdrawnFrom: 0,
  annulled: false,
  ...change,
})
const handing = (
  subject: Address,
  accreditor: Address,
  change: Partial<AccreditationRecord> = {},
) => record({ subject, accreditor, right: 'accredit', scope: scopeHash(empty), ...change })

/** A view that knows these records and nothing else. */
const viewOf = (records: readonly AccreditationRecord[]) =>
  ({
    pin: { authority },
    accreditationsOf: (subject: Address) =>
      Promise.resolve(records.filter((each) => each.subject === subject)),
  }) as unknown as ChainView

const judge = (
  records: readonly AccreditationRecord[],
  time = 150,
  scope = narrow,
  right: Right = 'attest',
) => judgeAccreditation(viewOf(records), issuer, right, scope, time)

describe('judgeAccreditation', () => {
  test.each([
    [100, true],
    [199, true],
    [99, false],
    [200, false],
    [Number.NaN, false],
  ])('at %d, of a record from 100 to 200: %s', async (time, accredited) => {
    expect(await judge([record()], time)).toMatchObject({ accredited })
  })

  test('gives the path from the account to the authority', async () => {
    const records = [
      record({ accreditor: school }),
      handing(school, region),
      handing(region, authority),
    ]
    expect(await judge([...records].reverse())).toEqual({ accredited: true, path: records })
  })

  test('holds for the authority itself, without a record', async () => {
    const judgement = await judgeAccreditation(viewOf([]), authority, 'attest', narrow, 150)
    expect(judgement).toEqual({ accredited: true, path: [] })
  })

  test.each([
    ['none', [], {}],
    ['none', [record({ right: 'accredit' })], {}],
    ['none', [record({ accreditor: other })], {}],
    ['not-covered', [record({ scope: scopeHash(Scope.parse('SkillProfile')) })], {}],
    ['not-yet', [record({ validFrom: 151 })], { record: record({ validFrom: 151 }) }],
    ['expired', [record({ validUntil: 150 })], { record: record({ validUntil: 150 }) }],
    ['withdrawn', [record({ withdrawnFrom: 150 })], { record: record({ withdrawnFrom: 150 }) }],
    ['annulled', [record({ annulled: true })], { record: record({ annulled: true }) }],
    [
      'withdrawn',
      [record({ accreditor: region }), handing(region, authority, { withdrawnFrom: 150 })],
      { record: handing(region, authority, { withdrawnFrom: 150 }) },
    ],
    [
      'annulled',
      [record({ validUntil: 150 }), record({ annulled: true, number: 1 })],
      { record: record({ annulled: true, number: 1 }) },
    ],
  ])('says why not: %s', async (reason, records, facts) => {
    expect(await judge(records)).toEqual({ accredited: false, reason, ...facts })
  })

  test.each([
    ['that is announced for later', { withdrawnFrom: 151 }],
    ['after the end', { withdrawnFrom: 300 }],
  ])('counts no withdrawal %s', async (_, change) => {
    expect(await judge([record(change)])).toMatchObject({ accredited: true })
  })

  test('says expired, not withdrawn, if the withdrawal came after the end', async () => {
    expect(await judge([record({ withdrawnFrom: 300 })], 400)).toMatchObject({ reason: 'expired' })
  })

  test('does not let an account hand on more than it has', async () => {
    const above = handing(region, authority, { scope: scopeHash(narrow) })
    expect(await judge([record({ accreditor: region }), above])).toMatchObject({
      reason: 'not-covered',
    })
    const below = record({ accreditor: region, scope: scopeHash(narrow) })
    expect(await judge([below, above])).toMatchObject({ accredited: true })
  })

  test.each([
    [6, true],
    [7, false],
  ])('follows a path of %d records: %s', async (length, accredited) => {
    const accounts = Array.from({ length: length - 1 }, (_, i) =>
      Address.parse('0x' + String(10 + i).padStart(40, '0')),
    )
    const up = [...accounts, authority]
    const records = [
      record({ accreditor: up[0] ?? authority }),
      ...accounts.map((account, i) => handing(account, up[i + 1] ?? authority)),
    ]
    expect(await judge(records)).toMatchObject({ accredited })
  })

  test('does not lose itself in loops', async () => {
    const records = [
      record({ accreditor: region }),
      handing(region, school),
      handing(school, region),
      handing(region, region),
    ]
    expect(await judge(records)).toEqual({ accredited: false, reason: 'none' })
  })

  test('passes on that the chain cannot be reached', async () => {
    const view = { pin: { authority }, accreditationsOf: () => Promise.reject(new Error('gone')) }
    const judgement = judgeAccreditation(
      view as unknown as ChainView,
      issuer,
      'attest',
      narrow,
      150,
    )
    await expect(judgement).rejects.toThrow('gone')
  })

  // Against the plainest way to put it: some record is good now, and its author may hand on as much.
  const isAccredited = (
    records: readonly AccreditationRecord[],
    account: Address,
    right: Right,
    scope: Scope,
    time: number,
    links = 6,
  ): boolean =>
    account === authority ||
    (links > 0 &&
      scopes.some(
        (held) =>
          (held === '' || scope === held || scope.startsWith(`${held}/`)) &&
          records.some(
            (each) =>
              each.subject === account &&
              each.right === right &&
              each.scope === scopeHash(held) &&
              each.validFrom <= time &&
              time < each.validUntil &&
              (each.withdrawnFrom === 0 || time < each.withdrawnFrom) &&
              !each.annulled &&
              isAccredited(records, each.accreditor, 'accredit', held, time, links - 1),
          ),
      ))

  const anyTime = fc.integer({ min: 1, max: 12 })
  const anyAuthor = fc.constantFrom(authority, issuer, region, region, school, school)
  const anyRecord = fc.record({
    subject: fc.constantFrom(issuer, issuer, region, school),
    right: fc.constantFrom<Right[]>('attest', 'accredit', 'accredit'),
    scope: fc.constantFrom(...scopes).map(scopeHash),
    accreditor: anyAuthor,
    number: fc.integer({ min: 0, max: 3 }),
    validFrom: fc.integer({ min: 1, max: 4 }),
    validUntil: fc.integer({ min: 5, max: 12 }),
    withdrawnFrom: fc.constantFrom(0, 0, 0, 7),
    annulled: fc.constantFrom(false, false, false, false, true),
  })

  test('agrees with the plainest model on every history', async () => {
    let positive = 0
    const histories = fc.array(anyRecord, { maxLength: 25, size: 'max' })
    await fc.assert(
      fc.asyncProperty(
        histories,
        anyTime,
        fc.constantFrom(...scopes),
        async (records, time, scope) => {
          const expected = isAccredited(records, issuer, 'attest', scope, time)
          if (expected) positive++
          expect(await judge(records, time, scope)).toMatchObject({ accredited: expected })
        },
      ),
      { numRuns: 2000 },
    )
    expect(positive).toBeGreaterThan(100)
  })

  test('no record that is taken away makes an account accredited', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRecord, { minLength: 1, maxLength: 10 }),
        anyTime,
        async (records, time) => {
          if ((await judge(records, time)).accredited) return
          for (const one of records) {
            const fewer = records.filter((each) => each !== one)
            expect(await judge(fewer, time)).toMatchObject({ accredited: false })
          }
        },
      ),
    )
  })
})

describe('pathLinks', () => {
  test('names each record as the contracts want it', () => {
    const path = [record({ accreditor: region, number: 2 }), handing(region, authority)]
    expect(pathLinks(path, narrow)).toEqual([
      { accreditor: region, number: 2, depth: 1 },
      { accreditor: authority, number: 0, depth: 0 },
    ])
  })

  test('refuses a record of another scope', () => {
    expect(() => pathLinks([record()], Scope.parse('SkillProfile'))).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../sdk/chain/online-source.ts'
import { labelHashes } from '../../sdk/chain/scope-hash.ts'
import { rights } from '../../sdk/chain/source.ts'
import { Address } from '../../sdk/model/primitives.ts'
import { Scope } from '../../sdk/model/scope.ts'
import { judgeAccreditation } from '../../sdk/trust/judge-accreditation.ts'
import type { PathLink } from '../../sdk/trust/path-links.ts'
import { startChain, type TestChain } from '../support/chain.ts'
import { pinOf } from '../support/pin.ts'
import { createHistory, type Entry, type HistoryModel, type Question } from './history-model.ts'

const scopes = ['', 'TrainingCertificate', 'TrainingCertificate/RNCP34079', 'Reference'].map(
  (text) => Scope.parse(text),
)
const names = ['authority', 'accreditor', 'issuer', 'operator'] as const
type Name = (typeof names)[number]

let chain: TestChain
let addresses: Record<Name, Address>
beforeAll(async () => {
  chain = await startChain()
  addresses = Object.fromEntries(
    names.map((name) => [name, Address.parse(chain.accounts[name].address.toLowerCase())]),
  ) as Record<Name, Address>
})
afterAll(() => chain.stop())

const anyName = fc.constantFrom(...names)
const anyQuestion = fc.record({
  subject: fc.constantFrom(...names.slice(1)),
  right: fc.constantFrom(...rights, 'accredit' as const, 'accredit' as const),
  scope: fc.constantFrom(...scopes, ...scopes.slice(0, 2)),
})
const anyCommand = fc.record({
  kind: fc.constantFrom('accredit', 'accredit', 'accredit', 'withdraw', 'withdraw', 'annul'),
  actor: anyName,
  asked: anyQuestion,
  wait: fc.integer({ min: 1, max: 20 }),
  /** How long a period lasts, or when an end comes; in rare cases one that has passed. */
  later: fc.constantFrom(-3, 0, 1, 10, 40, 40, 200, 200),
  /** Which record, and which of the paths that suggest themselves. */
  which: fc.nat(1000),
})
const gas = { gasLimit: 2_000_000 } // Enough, so that nobody estimates first.
type Command = typeof anyCommand extends fc.Arbitrary<infer T> ? T : never

/** What chance seldom does: a chain of three records, whose giver then annuls a right to accredit. */
const prelude: readonly Command[] = [
  { kind: 'accredit', actor: 'authority', to: 'accreditor', scope: 0, right: 'accredit', which: 1 },
  { kind: 'accredit', actor: 'accreditor', to: 'operator', scope: 1, right: 'accredit', which: 1 },
  { kind: 'accredit', actor: 'operator', to: 'issuer', scope: 2, right: 'attest', which: 1 },
  { kind: 'annul', actor: 'accreditor', to: 'operator', scope: 1, right: 'accredit', which: 1 },
].map(({ to, scope, right, ...rest }) => ({
  ...rest,
  asked: { subject: to, right, scope: scopes[scope] },
  wait: 5,
  later: 200,
})) as Command[]
const anyHistory = fc
  .tuple(fc.nat(prelude.length), fc.array(anyCommand, { minLength: 8, maxLength: 26, size: 'max' }))
  .map(([length, rest]) => [...prelude.slice(0, length), ...rest])

/** Lets the contract and the model do the same at `now`, and holds both answers together. */
async function obey(model: HistoryModel, command: Command, now: number): Promise<string> {
  const { kind, which } = command
  await chain.request('evm_setNextBlockTimestamp', [now])
  const entry = model.entries[which % model.entries.length]
  if (kind === 'accredit') return `${kind} ${await accredit(model, command, now)}`
  return entry === undefined ? 'nothing' : `${kind} ${await end(model, command, entry, now)}`
}

async function accredit(model: HistoryModel, command: Command, now: number): Promise<boolean> {
  const { which, later } = command
  const actor = addresses[command.actor]
  const asked = { ...command.asked, subject: addresses[command.asked.subject] }
  const path = pathOf(model, { ...asked, subject: actor, right: 'accredit' }, which)
  const { subject, right, scope } = asked
  const expected = model.accredit(now, actor, asked, now + later, path)
  const [number, labels] = [rights.indexOf(right), labelHashes(scope)]
  const { accreditations } = chain.as(chain.accounts[command.actor])
  const sent = accreditations.accredit(subject, number, labels, now + later, path, gas)
  expect(await isAccepted(sent)).toBe(expected)
  return expected
}

/** Withdraws or annuls an entry: half of the time as the one that gave it. */
async function end(model: HistoryModel, command: Command, entry: Entry, now: number) {
  const { kind, which } = command
  const giver = names.find((each) => addresses[each] === entry.accreditor)!
  const name = which % 2 === 0 ? giver : command.actor
  const [actor, at] = [addresses[name], now + command.later]
  const record = { ...entry, right: rights.indexOf(entry.right), labels: labelHashes(entry.scope) }
  const suggested = pathOf(model, { ...entry, subject: actor, right: 'accredit' }, which)
  const path = which % 3 === 0 ? suggested : model.descentOf(entry)
  const { accreditations } = chain.as(chain.accounts[name])
  const [expected, sent] =
    kind === 'withdraw'
      ? [
          model.withdraw(now, actor, entry, at, path),
          accreditations.withdraw(record, at, path, gas),
        ]
      : [model.annul(now, actor, entry, path), accreditations.annul(record, 2, path, gas)]
  expect(await isAccepted(sent)).toBe(expected)
  return expected
}

/** One of the paths that suggest themselves; now and then none, or one that is another's. */
function pathOf(model: HistoryModel, question: Question, which: number): readonly PathLink[] {
  const subject = which % 7 === 0 ? addresses.issuer : question.subject
  const paths = model.pathsFor({ ...question, subject })
  return which % 11 === 0 ? [] : (paths[which % paths.length] ?? [])
}

async function isAccepted(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    expect(String(error)).toMatch(/reverted with custom error 'Accreditations/)
    return false
  }
}

/** Every second at which an answer may change, and the ones beside it. */
function turns(model: HistoryModel): readonly number[] {
  const seconds = model.entries.flatMap(({ from, until, withdrawn }) => [from, until, withdrawn])
  return [...new Set(seconds.filter(Number.isFinite).flatMap((at) => [at - 1, at]))]
}

/** Asks contract and SDK about the past, and holds their answers to the model's. */
async function compare(model: HistoryModel, questions: readonly Question[]): Promise<void> {
  const pin = await pinOf({ ...chain, authority: addresses.authority })
  const view = await createOnlineSource(pin, { request: chain.request }).view()
  const { accreditations } = chain.as(chain.accounts.stranger)
  for (const question of questions) {
    const { subject, right, scope } = question
    const asked = [subject, rights.indexOf(right), labelHashes(scope)]
    const paths = [...model.pathsFor(question).slice(0, 5), []]
    for (const time of turns(model)) {
      const judgement = await judgeAccreditation(view, subject, right, scope, time)
      const expected = model.isAccredited(question, time)
      expect([time, judgement.accredited]).toEqual([time, expected])
      seen[`${judgement.accredited}`]++
      for (const path of paths) {
        const shown = model.isShown(question, path, time)
        expect(await accreditations.accreditationAt(...asked, path, time)).toBe(shown)
      }
    }
  }
}

const seen = { true: 0, false: 0 }
const outcomes = new Set<string>()

describe('the registry, and the SDK reading it, answer about any past second', () => {
  test('as a plain model does, after any history', { timeout: 180_000 }, async () => {
    const questions = fc.array(anyQuestion, { minLength: 4, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(anyHistory, questions, async (history, asked) => {
        const snapshot = await chain.request('evm_snapshot')
        try {
          const model = createHistory(addresses.authority)
          let now = await chain.time()
          for (const command of history) {
            now += command.wait
            outcomes.add(await obey(model, command, now))
          }
          await chain.travel(1000)
          const named = asked.map((each) => ({ ...each, subject: addresses[each.subject] }))
          await compare(model, [...named, ...model.entries.slice(0, 3)])
        } finally {
          await chain.request('evm_revert', [snapshot])
        }
      }),
      { numRuns: 20, seed: 17 },
    )
  })

  test('having seen everything accepted and refused', () => {
    expect([...outcomes].filter((each) => each !== 'nothing').sort()).toEqual(
      ['accredit', 'annul', 'withdraw'].flatMap((kind) => [`${kind} false`, `${kind} true`]),
    )
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(100)
  })
})

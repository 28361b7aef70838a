import { ZeroAddress, zeroPadValue, toBeHex } from 'ethers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../sdk/chain/online-source.ts'
import { issuerIdOf } from '../../sdk/chain/issuer-id.ts'
import { Address, Did, Hash } from '../../sdk/model/primitives.ts'
import { judgeBinding } from '../../sdk/trust/judge-binding.ts'
import { judgeKey } from '../../sdk/trust/judge-key.ts'
import { startChain, type TestChain } from '../support/chain.ts'
import { pinOf } from '../support/pin.ts'
import { createIssuerHistory, type IssuerModel } from './issuer-model.ts'

const issuerId = issuerIdOf(Did.parse('did:web:college.example'))
const keys = [1, 2].map((number) => Hash.parse(zeroPadValue(toBeHex(number), 32)))
const names = ['authority', 'issuer', 'operator'] as const

let chain: TestChain
let addresses: Record<(typeof names)[number], Address>
beforeAll(async () => {
  chain = await startChain()
  addresses = Object.fromEntries(
    names.map((name) => [name, Address.parse(chain.accounts[name].address.toLowerCase())]),
  ) as typeof addresses
})
afterAll(() => chain.stop())

const anyCommand = fc.record({
  kind: fc.constantFrom(
    ...['confirm', 'confirm', 'confirm', 'confirm', 'release', 'annul', 'annul'],
    ...['register', 'register', 'register', 'register', 'retire', 'retire', 'report'],
  ),
  actor: fc.constantFrom(...names, 'issuer', 'issuer', 'issuer'),
  account: fc.constantFrom('issuer', 'issuer', 'operator'),
  key: fc.constantFrom(...keys),
  wait: fc.integer({ min: 1, max: 20 }),
  /** Before or after now. */
  offset: fc.constantFrom(-40 * 86_400, -3, 0, 5, 60),
  number: fc.nat(1000),
})
type Command = typeof anyCommand extends fc.Arbitrary<infer T> ? T : never

/** What chance seldom does: a squatter's binding is annulled, and the same key registered anew. */
const prelude = (['confirm', 'register', 'annul', 'confirm', 'register'] as const).map(
  (kind): Command => ({
    kind,
    actor: 'issuer',
    account: 'issuer',
    key: keys[0]!,
    wait: 7,
    offset: 0,
    number: 0,
  }),
)
const anyHistory = fc
  .tuple(fc.nat(prelude.length), fc.array(anyCommand, { maxLength: 25, size: 'max' }))
  .map(([length, rest]) => [...prelude.slice(0, length), ...rest])

/** Lets the contract and the model do the same at `now`, and holds both answers together. */
async function obey(model: IssuerModel, command: Command, now: number): Promise<string> {
  const { kind, key, offset } = command
  const number = command.number % (model.count() + 1)
  const isGoverning = ['confirm', 'release', 'annul'].includes(kind)
  // Who governs is the authority, here; who uses keys is anybody.
  const name = isGoverning ? 'authority' : command.actor
  const { accreditations } = chain.as(chain.accounts[name])
  const [actor, account, at] = [addresses[name], addresses[command.account], now + offset]
  const gas = { gasLimit: 2_000_000 }
  const moves: Record<string, () => [boolean, Promise<unknown>]> = {
    confirm: () => [
      model.confirm(now, account),
      accreditations.confirmIssuer(issuerId, account, 0, [], [], gas),
    ],
    release: () => [model.release(now), accreditations.releaseIssuer(issuerId, [], [], gas)],
    annul: () => [model.annul(number), accreditations.annulBinding(issuerId, number, gas)],
    register: () => [
      model.register(now, actor, key),
      accreditations.registerKey(issuerId, key, gas),
    ],
    retire: () => [
      model.retire(now, actor, key, at),
      accreditations.retireKey(issuerId, key, at, gas),
    ],
    report: () => [
      model.report(now, actor, key, at),
      accreditations.reportCompromise(issuerId, key, at, [], [], gas),
    ],
  }
  await chain.request('evm_setNextBlockTimestamp', [now])
  const [expected, sent] = moves[kind]!()
  const accepted = await sent.then(
    () => true,
    (error: unknown) => {
      expect(String(error)).toMatch(/reverted with custom error 'Issuer/)
      return false
    },
  )
  expect([kind, accepted]).toEqual([kind, expected])
  return `${kind} ${accepted}`
}

/** Holds what the SDK says of the past, from what the contract keeps, to what the model says. */
async function compare(model: IssuerModel): Promise<void> {
  const pin = await pinOf({ ...chain, authority: addresses.authority })
  const view = await createOnlineSource(pin, { request: chain.request }).view()
  const issuer = await view.issuerOf(issuerId)
  const last: unknown = await chain.as(chain.accounts.operator).accreditations.accountOf(issuerId)
  expect(String(last).toLowerCase()).toBe(model.account() ?? ZeroAddress)
  for (const key of keys) {
    const { compromisedSince = 0, retiredAt = 0 } = (await view.keyOf(issuerId, key)) ?? {}
    expect([retiredAt, compromisedSince]).toEqual(model.endsOf(key))
  }
  for (const time of model.turns()) {
    const binding = judgeBinding(issuer, time)
    expect([time, binding.bound && binding.account]).toEqual([time, model.spokeAt(time) ?? false])
    for (const key of keys) {
      const { good } = judgeKey(await view.keyOf(issuerId, key), issuer, time)
      expect([time, key, good]).toEqual([time, key, model.isGood(key, time)])
      seen[`${good}`]++
    }
  }
}

const seen = { true: 0, false: 0 }
const outcomes = new Set<string>()

describe('an issuer and its keys at any past second', () => {
  test('are as in a plain model, after any history', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        const snapshot = await chain.request('evm_snapshot')
        try {
          const model = createIssuerHistory(addresses.authority)
          let now = await chain.time()
          for (const command of history) {
            now += command.wait
            outcomes.add(await obey(model, command, now))
          }
          await chain.travel(1000)
          await compare(model)
        } finally {
          await chain.request('evm_revert', [snapshot])
        }
      }),
      { numRuns: 40, seed: 17 },
    )
  })

  test('having seen everything accepted and refused', () => {
    const kinds = ['annul', 'register', 'release', 'report', 'retire']
    const both = kinds.flatMap((kind) => [`${kind} false`, `${kind} true`])
    expect([...outcomes].sort()).toEqual([...both, 'confirm true'].sort())
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(100)
  })
})

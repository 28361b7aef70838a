import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { labelHashes, scopePrefixes } from '../../../sdk/chain/scope-hash.ts'
import { rights, type ChainView, type Right } from '../../../sdk/chain/source.ts'
import type { ChainPin } from '../../../sdk/model/policy.ts'
import { Address } from '../../../sdk/model/primitives.ts'
import { Scope } from '../../../sdk/model/scope.ts'
import { judgeAccreditation } from '../../../sdk/trust/judge-accreditation.ts'
import { pathLinks, type PathLink } from '../../../sdk/trust/path-links.ts'
import { startChain, type TestChain } from '../../support/chain.ts'
import { pinOf } from '../../support/pin.ts'

const scopes = ['', 'TrainingCertificate', 'TrainingCertificate/RNCP34079'].map((text) =>
  Scope.parse(text),
)
const names = ['authority', 'accreditor', 'issuer', 'operator'] as const
type Name = (typeof names)[number]

let chain: TestChain
let pin: ChainPin
let addresses: Record<Name, Address>
beforeAll(async () => {
  chain = await startChain()
  pin = await pinOf({ ...chain, authority: chain.accounts.authority.address })
  addresses = Object.fromEntries(
    names.map((name) => [name, Address.parse(chain.accounts[name].address.toLowerCase())]),
  ) as Record<Name, Address>
})

/** Numbers that look random and are the same each time. */
function dice(seed: string) {
  let rolls = 0
  return <T>(choices: readonly T[]): T => {
    const digest = createHash('sha256')
      .update(`${seed}/${String(rolls++)}`)
      .digest()
    return choices[digest.readUInt32BE() % choices.length] as T
  }
}

const look = () => createOnlineSource(pin, { request: chain.request }).view()

/** Lets somebody do something that the contract may refuse. */
async function act(pick: ReturnType<typeof dice>): Promise<void> {
  const name = pick(['authority', 'authority', 'accreditor', 'issuer', 'operator'] as const)
  const actor = addresses[name]
  const { accreditations } = chain.as(chain.accounts[name])
  const now = await chain.time()
  const scope = pick(scopes)
  const labels = labelHashes(scope)
  const view = await look()
  if (pick([true, true, false])) {
    const judgement = await judgeAccreditation(view, actor, 'accredit', scope, now)
    const path = judgement.accredited ? pathLinks(judgement.path, scope) : []
    const until = now + pick([80, 10_000, 10_000])
    const [subject, right] = [
      addresses[pick(names.slice(1))],
      pick(['attest', 'accredit', 'accredit'] as const),
    ]
    await accreditations.accredit(subject, rights.indexOf(right), labels, until, path)
    return
  }
  const record = pick(await view.accreditationsOf(addresses[pick(names.slice(1))]))
  const held = scopes.find((each) => scopePrefixes(each).at(-1) === record.scope)!
  const recordId = { ...record, right: rights.indexOf(record.right), labels: labelHashes(held) }
  const { accreditations: ending } = chain.as(chain.accounts.authority)
  if (pick([true, false])) await ending.withdraw(recordId, now + pick([5, 20]), [])
  else await ending.annul(recordId, 1, [])
}

const holds = (
  subject: Address,
  right: Right,
  scope: Scope,
  path: readonly PathLink[],
  time: number,
) =>
  chain
    .as(chain.accounts.stranger)
    .accreditations.accreditationAt(subject, rights.indexOf(right), labelHashes(scope), path, time)

/** Every path of at most three links that there could be, good or not. */
async function everyPath(
  view: ChainView,
  subject: Address,
  scope: Scope,
  links = 3,
): Promise<PathLink[][]> {
  if (links === 0) return []
  const records = await view.accreditationsOf(subject)
  const paths = records.map(async ({ scope: held, accreditor, number }) => {
    const depth = scopePrefixes(scope).indexOf(held)
    if (depth === -1) return []
    const link = { accreditor, number, depth }
    const above =
      accreditor === pin.authority ? [] : await everyPath(view, accreditor, scope, links - 1)
    return [[link], ...above.map((path) => [link, ...path])]
  })
  return (await Promise.all(paths)).flat()
}

describe('judgeAccreditation and accreditationAt of the contract agree', () => {
  test.each(Array.from({ length: 8 }, (_, i) => `history ${String(i)}`))('on %s', async (seed) => {
    const pick = dice(seed)
    const snapshot = await chain.request('evm_snapshot')
    const start = await chain.time()
    for (let i = 0; i < 16; i++) {
      await act(pick).catch(() => undefined)
      await chain.travel(pick([1, 10, 30]))
    }
    const view = await look()
    for (let i = 0; i < 40; i++) {
      const subject = addresses[pick(names)]
      const right = pick(['attest', 'accredit'] as const)
      const scope = pick(scopes)
      const time = start + pick(Array.from({ length: 300 }, (_, second) => second))
      const judgement = await judgeAccreditation(view, subject, right, scope, time)
      if (judgement.accredited) {
        seen.accredited++
        expect(await holds(subject, right, scope, pathLinks(judgement.path, scope), time)).toBe(
          true,
        )
        continue
      }
      seen[judgement.reason] = (seen[judgement.reason] ?? 0) + 1
      for (const path of await everyPath(view, subject, scope)) {
        expect(await holds(subject, right, scope, path, time)).toBe(false)
      }
    }
    await chain.request('evm_revert', [snapshot])
  })

  const seen: Record<string, number> & { accredited: number } = { accredited: 0 }
  test('after histories in which everything happened', () => {
    const kinds = [
      'accredited',
      'annulled',
      'withdrawn',
      'expired',
      'not-yet',
      'not-covered',
      'none',
    ]
    for (const kind of kinds) expect([kind, (seen[kind] ?? 0) > 3]).toEqual([kind, true])
  })
})

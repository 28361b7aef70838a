import { describe, expect, test } from 'vitest'
import type {
  AccreditationRecord,
  ChainView,
  IssuerBinding,
  IssuerState,
  KeyState,
} from '../../../sdk/chain/source.ts'
import type { Policy } from '../../../sdk/model/policy.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'
import { withNegativeFacts } from '../../../sdk/verify/negative-facts.ts'

const account = (byte: string) => Address.parse(`0x${byte.repeat(20)}`)
const hash = (byte: string) => Hash.parse(`0x${byte.repeat(32)}`)

const [college, newCollege, region] = [account('c0'), account('c1'), account('aa')]
const issuerId = hash('01')
const thumbprint = hash('02')

/** What a chain of these tests holds. */
interface Facts {
  key?: Partial<KeyState>
  bindings?: readonly Partial<IssuerBinding>[]
  records?: readonly Partial<AccreditationRecord>[]
  revoked?: bigint
  suspended?: bigint
}

/** A chain that answers from memory. */
function chainWith({
  key,
  bindings,
  records = [],
  revoked = 0n,
  suspended = 0n,
}: Facts): ChainView {
  const state: IssuerState | undefined = bindings && {
    sponsor: region,
    custodian: region,
    bindings: bindings.map((binding) => ({
      account: college,
      from: 100,
      until: Infinity,
      annulled: false,
      ...binding,
    })),
  }
  return {
    pin: { name: 'test' } as Policy['chains'][number],
    block: { chainId: 1, number: 1, hash: hash('00'), timestamp: 1000 },
    anchorOf: () => Promise.resolve(undefined),
    issuerOf: () => Promise.resolve(state),
    keyOf: () =>
      Promise.resolve(
        key && { registeredAt: 100, retiredAt: 0, compromisedSince: 0, binding: 0, ...key },
      ),
    accreditationsOf: () =>
      Promise.resolve(
        records.map((record) => ({
          subject: college,
          right: 'attest' as const,
          scope: hash('00'),
          accreditor: region,
          number: 0,
          validFrom: 100,
          validUntil: 10_000,
          withdrawnFrom: 0,
          annulled: false,
          ...record,
        })),
      ),
    statusOf: () => Promise.resolve({ revoked, suspended }),
  }
}

const joined = (own: Facts, other: Facts, time = 500) =>
  withNegativeFacts(chainWith(own), [chainWith(other)], time)

describe('withNegativeFacts', () => {
  test('is the chain itself where there is no other', () => {
    const view = chainWith({})
    expect(withNegativeFacts(view, [], 500)).toBe(view)
  })
})

describe('keyOf', () => {
  test('takes the earliest retirement and compromise of any chain', async () => {
    const view = joined(
      { key: { retiredAt: 900 } },
      { key: { retiredAt: 300, compromisedSince: 200 } },
    )
    expect(await view.keyOf(issuerId, thumbprint)).toMatchObject({
      retiredAt: 300,
      compromisedSince: 200,
    })
  })

  test('does not take a registration from another chain', async () => {
    const other = { key: { registeredAt: 50 } }
    expect(await joined({}, other).keyOf(issuerId, thumbprint)).toBeUndefined()
    expect(await joined({ key: {} }, other).keyOf(issuerId, thumbprint)).toMatchObject({
      registeredAt: 100,
    })
  })

  test('is unmoved by a chain that knows nothing', async () => {
    const view = joined({ key: { retiredAt: 900 } }, {})
    expect(await view.keyOf(issuerId, thumbprint)).toMatchObject({ retiredAt: 900 })
  })
})

describe('issuerOf', () => {
  const bindingsOf = async (own: Facts, other: Facts) =>
    (await joined(own, other).issuerOf(issuerId))?.bindings

  test('annuls a binding that another chain annuls', async () => {
    const bindings = await bindingsOf({ bindings: [{}] }, { bindings: [{ annulled: true }] })
    expect(bindings).toMatchObject([{ annulled: true }])
  })

  test('ends a binding when nobody speaks for the issuer on another chain any longer', async () => {
    const bindings = await bindingsOf({ bindings: [{}] }, { bindings: [{ until: 300 }] })
    expect(bindings).toMatchObject([{ until: 300 }])
  })

  test('lets a rotation that one chain has made already end nothing', async () => {
    const rotated = { bindings: [{ until: 300 }, { account: newCollege, from: 300 }] }
    const bindings = await bindingsOf({ bindings: [{}] }, rotated)
    expect(bindings).toMatchObject([{ until: Infinity, annulled: false }])
  })

  test('adds no binding of another chain', async () => {
    expect(await bindingsOf({}, { bindings: [{}] })).toBeUndefined()
    expect(await bindingsOf({ bindings: [] }, { bindings: [{}] })).toEqual([])
  })
})

describe('accreditationsOf', () => {
  const recordsOf = (own: Facts, other: Facts, time = 500) =>
    joined(own, other, time).accreditationsOf(college)

  test.each([
    ['annuls what another chain annuls', [{ annulled: true }], { annulled: true }],
    [
      'ends what another chain withdrew before then',
      [{ withdrawnFrom: 400 }],
      { withdrawnFrom: 400 },
    ],
    ['keeps what another chain withdraws later', [{ withdrawnFrom: 600 }], { withdrawnFrom: 0 }],
    [
      'keeps what merely expired there',
      [{ validUntil: 300 }],
      { withdrawnFrom: 0, annulled: false },
    ],
    [
      'keeps what was given anew there before then',
      [{ withdrawnFrom: 200 }, { number: 1, validFrom: 300 }],
      { withdrawnFrom: 0 },
    ],
    [
      'ends what was given anew there only after then',
      [{ withdrawnFrom: 200 }, { number: 1, validFrom: 600 }],
      { withdrawnFrom: 200 },
    ],
    ['is unmoved by another scope', [{ scope: hash('99'), annulled: true }], { annulled: false }],
    [
      'is unmoved by another accreditor',
      [{ accreditor: college, annulled: true }],
      { annulled: false },
    ],
  ])('%s', async (_, records, expected) => {
    expect(await recordsOf({ records: [{}] }, { records })).toMatchObject([expected])
  })

  test('adds no record of another chain', async () => {
    expect(await recordsOf({}, { records: [{}] })).toEqual([])
  })
})

describe('statusOf', () => {
  test('shows what is revoked or suspended on any chain', async () => {
    const view = joined({ revoked: 1n, suspended: 4n }, { revoked: 2n, suspended: 4n })
    expect(await view.statusOf(issuerId, 0n, 0)).toEqual({ revoked: 3n, suspended: 4n })
  })
})

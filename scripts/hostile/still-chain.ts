import {
  Address,
  Hash,
  scopeHash,
  type AccreditationRecord,
  type ChainPin,
  type ChainSource,
  type PublicJwk,
  jwkThumbprint,
  issuerIdOf,
  Scope,
  type Did,
  type Seconds,
} from '#sdk'

/** What stands on the chain. */
export interface StillState {
  issuer: Did
  publicJwk: PublicJwk
  /** What the issuer is accredited for. */
  scope: string
  /** When everything that stands there was written. */
  since: Seconds
  /** The newest block's time. */
  now: Seconds
}

/** A chain on which nothing happens any more, and that costs no time to ask. */
export interface StillChain extends ChainSource {
  /** Anchors the root of a batch. */
  anchor(root: Hash, leafCount: number): void
  operator: Address
}

const address = (digit: string) => Address.parse(`0x${digit.repeat(40)}`)
const hash = (digit: string) => Hash.parse(`0x${digit.repeat(64)}`)
const contract = (digit: string) => ({ address: address(digit), codeHash: hash(digit) })

const authority = address('a')
const account = address('b')
const operator = address('c')
const forever = 2 ** 40 - 1

const pin: ChainPin = {
  name: 'still',
  chainId: 31337,
  rpc: [],
  creationBlock: { number: 1, hash: hash('1') },
  authority,
  accreditationRegistry: contract('2'),
  anchorRegistry: contract('3'),
  statusRegistry: contract('4'),
  finality: 'finalized',
}

/** Makes a chain that knows one issuer, with its key and one accreditation from the authority. */
export function makeStillChain({ issuer, publicJwk, scope, since, now }: StillState): StillChain {
  const issuerId = issuerIdOf(issuer)
  const thumbprint = jwkThumbprint(publicJwk)
  const block = { chainId: pin.chainId, number: 100, hash: hash('5'), timestamp: now }
  const roots = new Map<Hash, number>()
  const record = (subject: Address, right: AccreditationRecord['right'], scope: string) => ({
    subject,
    right,
    scope: scopeHash(Scope.parse(scope)),
    accreditor: authority,
    number: 0,
    validFrom: since,
    validUntil: forever,
    withdrawnFrom: 0,
    annulled: false,
  })
  const records = [record(account, 'attest', scope), record(operator, 'anchor', '')]
  const bindings = [{ account, from: since, until: forever, annulled: false }]
  const view = {
    pin,
    block,
    anchorOf: (by: Address, root: Hash) => {
      const leafCount = by === operator ? roots.get(root) : undefined
      return Promise.resolve(leafCount === undefined ? undefined : { anchoredAt: since, leafCount })
    },
    issuerOf: (id: Hash) =>
      Promise.resolve(
        id === issuerId ? { sponsor: authority, custodian: authority, bindings } : undefined,
      ),
    keyOf: (id: Hash, name: Hash) =>
      Promise.resolve(
        id === issuerId && name === thumbprint
          ? { registeredAt: since, retiredAt: 0, compromisedSince: 0, binding: 0 }
          : undefined,
      ),
    accreditationsOf: (subject: Address) =>
      Promise.resolve(records.filter((each) => each.subject === subject)),
    statusOf: () => Promise.resolve({ revoked: 0n, suspended: 0n }),
  }
  return {
    pin,
    operator,
    view: () => Promise.resolve(view),
    anchor: (root, leafCount) => roots.set(root, leafCount),
  }
}

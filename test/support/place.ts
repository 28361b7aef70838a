/**
 * A chain as a verifier pins it, and what is written there.
 *
 * @module
 */
import { labelHashes } from '../../sdk/chain/scope-hash.ts'
import { rights, type Right } from '../../sdk/chain/source.ts'
import type { ChainPin } from '../../sdk/model/policy.ts'
import type { Hash } from '../../sdk/model/primitives.ts'
import { Scope } from '../../sdk/model/scope.ts'
import { entryMask } from '../../sdk/status/bitstring.ts'
import { startChain, type TestChain } from './chain.ts'
import type { College } from './college.ts'
import { pinOf } from './pin.ts'

export interface Place {
  chain: TestChain
  pin: ChainPin
}

/** The last second that the registries know. */
const openEnd = 2n ** 40n - 1n

/** Starts a chain; nobody is accredited yet but the operator, for anchoring. */
export async function startPlace(name: 'chainA' | 'chainB'): Promise<Place> {
  const chain = await startChain(name)
  const { authority, operator } = chain.accounts
  const pin = await pinOf({ ...chain, authority: authority.address }, { name })
  await chain
    .as(authority)
    .accreditations.accredit(operator.address, rights.indexOf('anchor'), [], openEnd, [])
  return { chain, pin }
}

/** What the authority, an issuer or the operator writes on one chain. */
export const registrar = {
  accredit: (
    place: Place,
    subject: string,
    scope: string,
    { right = 'attest', until = openEnd }: { right?: Right; until?: bigint | number } = {},
  ) =>
    place.chain
      .as(place.chain.accounts.authority)
      .accreditations.accredit(
        subject,
        rights.indexOf(right),
        labelHashes(Scope.parse(scope)),
        until,
        [],
      ),
  confirm: (place: Place, { issuerId, account }: College) =>
    place.chain
      .as(place.chain.accounts.authority)
      .accreditations.confirmIssuer(issuerId, place.chain.accounts[account].address, 0, [], []),
  registerKey: (place: Place, { issuerId, account, thumbprint }: College) =>
    asAccount(place, account).accreditations.registerKey(issuerId, thumbprint),
  /** Withdraws an accreditation, and waits until it has ended. */
  withdraw: async (place: Place, college: College, scope: string) => {
    const { chain } = place
    const at = (await chain.time()) + 60 // The clock of a test chain does not stand still.
    await chain
      .as(chain.accounts.authority)
      .accreditations.withdraw(recordOf(place, college, scope), at, [])
    await chain.travel(60)
  },
  annul: (place: Place, college: College, scope: string) =>
    place.chain
      .as(place.chain.accounts.authority)
      .accreditations.annul(recordOf(place, college, scope), 2, []),
  revoke: (place: Place, college: College, index: number) =>
    asAccount(place, college.account).statuses.revoke(college.issuerId, 7, [maskOf(index)]),
  suspend: (place: Place, college: College, index: number) =>
    asAccount(place, college.account).statuses.suspend(college.issuerId, 7, 0, [maskOf(index)]),
  anchor: (place: Place, root: Hash, leafCount: number) =>
    place.chain.as(place.chain.accounts.operator).anchors.anchor(root, leafCount, pathOf(place)),
}

function pathOf({ chain }: Place) {
  return [{ accreditor: chain.accounts.authority.address, number: 0, depth: 0 }]
}

function asAccount({ chain }: Place, account: College['account']) {
  return chain.as(chain.accounts[account])
}

function recordOf({ chain }: Place, { account }: College, scope: string) {
  return {
    subject: chain.accounts[account].address,
    right: rights.indexOf('attest'),
    labels: labelHashes(Scope.parse(scope)),
    accreditor: chain.accounts.authority.address,
    number: 0,
  }
}

/** The update that sets one entry of a status list. */
export function maskOf(index: number) {
  return { word: Math.floor(index / 256), mask: entryMask(index) }
}

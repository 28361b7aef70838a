/**
 * The part of an accreditor: confirms who speaks for an issuer, gives rights, and takes them away.
 *
 * @module
 */
import {
  accreditationRegistryAbi,
  issuerIdOf,
  judgeAccreditation,
  judgeBinding,
  labelHashes,
  pathLinks,
  RegistryError,
  rights,
  scopeHash,
  type Address,
  type ChainView,
  type Did,
  type PathLink,
  type Right,
  type Scope,
  type Seconds,
} from '#sdk'
import { Interface } from 'ethers'
import type { AccountSigner, Chain } from '../../server/context.ts'
import { sendAndWait } from './send-and-wait.ts'

/** A right over a scope, for an account. */
export interface Grant {
  subject: Address
  right: Right
  scope: Scope
}

/** Why a right is said never to have been valid; the numbers are those of `IAccreditations.Annulment`. */
export const annulments = { error: 1, fraud: 2, court: 3 } as const
export type Annulment = keyof typeof annulments

/** What came of a request: it was done, or there was nothing to do. */
export type Outcome = 'done' | 'already'

/** An account that accredits on one chain. */
export interface Sponsor {
  account: Address
  chain: Chain
  accredit(grant: Grant, until: Seconds): Promise<Outcome>
  /** Says that an account, to which it gave `grant`, speaks for an issuer from now on. */
  confirm(did: Did, grant: Grant): Promise<Outcome>
  /** Ends what it gave from `at` on. */
  withdraw(grant: Grant, at: Seconds): Promise<Outcome>
  /** Says that what it gave never was valid. */
  annul(grant: Grant, reason: Annulment): Promise<Outcome>
}

/** The end of a right that has none: the last second that the registries know. */
export const openEnd: Seconds = 2 ** 40 - 1

const registry = new Interface(accreditationRegistryAbi)

/** `signer` as an accreditor on `chain`: the authority itself, or somebody who has the right from it. */
export function sponsorOn(chain: Chain, signer: AccountSigner): Sponsor {
  const { address: account } = signer

  async function call(method: string, values: readonly unknown[]): Promise<Outcome> {
    const data = `0x${registry.encodeFunctionData(method, values).slice(2)}` as const
    await sendAndWait(chain, signer, { to: chain.pin.accreditationRegistry.address, data })
    return 'done'
  }

  /** The records that it wrote for a grant and that hold at the newest block. */
  async function recordsOf(view: ChainView, { subject, right, scope }: Grant) {
    const { timestamp } = view.block
    return (await view.accreditationsOf(subject)).filter(
      (record) =>
        record.accreditor === account &&
        record.right === right &&
        record.scope === scopeHash(scope) &&
        !record.annulled &&
        timestamp < Math.min(record.validUntil, record.withdrawnFrom || Infinity),
    )
  }

  async function each(
    grant: Grant,
    run: (record: object, path: readonly PathLink[]) => Promise<Outcome>,
  ): Promise<Outcome> {
    const view = await chain.latest.view()
    const path = await ownPath(view, grant.scope, account)
    const records = await recordsOf(view, grant)
    for (const { subject, right, accreditor, number } of records) {
      const labels = labelHashes(grant.scope)
      await run({ subject, right: rights.indexOf(right), labels, accreditor, number }, path)
    }
    return records.length > 0 ? 'done' : 'already'
  }

  return {
    account,
    chain,
    async accredit(grant, until) {
      const { subject, right, scope } = grant
      const view = await chain.latest.view()
      const held = await recordsOf(view, grant)
      if (held.some((record) => record.withdrawnFrom === 0 && record.validUntil >= until)) {
        return 'already'
      }
      const path = await ownPath(view, scope, account)
      const values = [subject, rights.indexOf(right), labelHashes(scope), until, path]
      return call('accredit', values)
    },
    async confirm(did, grant) {
      const { subject, right, scope } = grant
      const view = await chain.latest.view()
      const { timestamp } = view.block
      const issuerId = issuerIdOf(did)
      const binding = judgeBinding(await view.issuerOf(issuerId), timestamp)
      if (binding.bound && binding.account === subject) return 'already'
      const labels = labelHashes(scope)
      const own = await ownPath(view, scope, account)
      const path = (await recordsOf(view, grant))
        .slice(0, 1)
        .map(({ number }) => ({ accreditor: account, number, depth: labels.length }))
      const values = [issuerId, subject, rights.indexOf(right), labels, [...path, ...own]]
      return call('confirmIssuer', values)
    },
    withdraw: (grant, at) => each(grant, (record, path) => call('withdraw', [record, at, path])),
    annul: (grant, reason) =>
      each(grant, (record, path) => call('annul', [record, annulments[reason], path])),
  }
}

/** How the account may accredit; nothing to show for the authority. Throws NOT_ACCREDITED. */
async function ownPath(
  view: ChainView,
  scope: Scope,
  account: Address,
): Promise<readonly PathLink[]> {
  const { timestamp } = view.block
  const right = await judgeAccreditation(view, account, 'accredit', scope, timestamp)
  if (right.accredited) return pathLinks(right.path, scope)
  const { name } = view.pin
  const facts = { issuer: account, scope, chain: name, reason: `may not accredit: ${right.reason}` }
  throw new RegistryError('NOT_ACCREDITED', facts)
}

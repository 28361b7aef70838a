/**
 * What an issuer's account signs once for each chain, so that the reconciler can bring it there: its
 * signing keys, and that this server's operator may change statuses for it.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { ChainPin, Hash } from '#sdk'
import type { AccountSigner, Context, Issuer, IssuerAction } from '../context.ts'
import { signAction, type Wish } from './sign-action.ts'

/**
 * Signs what `issuer` wants on the chain and has not signed yet. Each registry counts the account's
 * messages by itself, so a message's nonce is likely the number of those before it; where it turns out
 * to be another, the reconciler has the message signed again.
 */
export async function signActions(
  account: AccountSigner,
  issuer: Pick<Issuer, 'id' | 'did'>,
  pin: ChainPin,
  wishes: readonly Wish[],
  before: readonly IssuerAction[],
  now: Date,
): Promise<readonly IssuerAction[]> {
  const actions: IssuerAction[] = []
  for (const { kind, target } of wishes) {
    const known = [...before, ...actions].filter((action) => action.kind === kind)
    if (known.some((action) => action.target === target)) continue
    const wish = { kind, target }
    const signed = await signAction(account, issuer.did, pin, wish, known.length, now)
    actions.push({
      id: randomUUID(),
      issuer: issuer.id,
      chainId: pin.chainId,
      ...wish,
      ...signed,
    })
  }
  return actions
}

/**
 * Signs what issuers lack on the configured chains: on one that was configured later, or after the
 * operator changed. Called when the server starts; it may be called at any time.
 */
export async function completeActions({
  store,
  keys,
  chains,
  now,
}: Pick<Context, 'store' | 'keys' | 'chains' | 'now'>): Promise<void> {
  const operator = await store.operator.get(() => keys.makeAccount())
  for (const issuer of await store.issuers.list()) {
    const { signing, account } = await store.issuers.keysOf(issuer.id)
    const wishes = wishesOf(
      signing.filter(({ retiredAt }) => retiredAt === undefined),
      operator,
    )
    for (const { pin } of chains) {
      const signed = await store.issuers.actionsOf(issuer.id, pin.chainId)
      const isDone = ({ kind, target }: Wish) =>
        signed.some((action) => action.kind === kind && action.target === target)
      if (wishes.every(isDone)) continue
      const signer = await keys.account(account)
      await store.issuers.addActions(await signActions(signer, issuer, pin, wishes, signed, now()))
    }
  }
}

/** What an issuer on this server wants on every chain. */
export function wishesOf(
  keys: readonly { thumbprint: Hash }[],
  operator: { address: string },
): readonly Wish[] {
  return [
    ...keys.map(({ thumbprint }): Wish => ({ kind: 'register-key', target: thumbprint })),
    { kind: 'set-operator', target: operator.address },
  ]
}

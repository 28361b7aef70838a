/**
 * What an issuer's account signs once for each chain, so that the reconciler can bring it there: its
 * signing keys, and that this server's operator may change statuses for it.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { issuerIdOf, type ChainPin, type Hash, type Seconds } from '#sdk'
import type { AccountSigner, Context, Issuer, IssuerAction } from '../context.ts'

/** Field lists of EIP-712 messages: `IIssuerKeys.registerKeyFor`, `IStatusRegistry.setOperatorFor`. */
const types = {
  'register-key': {
    RegisterKey: [
      { name: 'issuerId', type: 'bytes32' },
      { name: 'thumbprint', type: 'bytes32' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
    ],
  },
  'set-operator': {
    SetOperator: [
      { name: 'issuerId', type: 'bytes32' },
      { name: 'operator', type: 'address' },
      { name: 'allowed', type: 'bool' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
    ],
  },
}

/** The sponsor may take its time: until then the account is bound to nobody, and nothing can be relayed. */
const lifetime: Seconds = 10 * 365 * 86_400

/** What an issuer wants on a chain. */
interface Wish {
  kind: IssuerAction['kind']
  target: string
}

/**
 * Signs what `issuer` wants on the chain and has not signed yet. Each registry counts the account's
 * messages by itself, and nothing else is signed with the account, so a message's nonce is the number
 * of those before it.
 */
export async function signActions(
  account: AccountSigner,
  issuer: Pick<Issuer, 'id' | 'did'>,
  pin: ChainPin,
  wishes: readonly Wish[],
  signed: readonly IssuerAction[],
  now: Date,
): Promise<readonly IssuerAction[]> {
  const actions: IssuerAction[] = []
  for (const { kind, target } of wishes) {
    const known = [...signed, ...actions].filter((action) => action.kind === kind)
    if (known.some((action) => action.target === target)) continue
    const deadline = Math.floor(now.getTime() / 1000) + lifetime
    const nonce = known.length
    const signature = await account.signTypedData(
      domainOf(pin, kind),
      types[kind],
      messageOf(issuerIdOf(issuer.did), { kind, target }, nonce, deadline),
    )
    const { chainId } = pin
    actions.push({
      id: randomUUID(),
      issuer: issuer.id,
      chainId,
      kind,
      target,
      deadline,
      signature,
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

function domainOf(pin: ChainPin, kind: IssuerAction['kind']) {
  const contract = kind === 'register-key' ? pin.accreditationRegistry : pin.statusRegistry
  return {
    name: 'Livret',
    version: '1',
    chainId: pin.chainId,
    verifyingContract: contract.address,
  }
}

function messageOf(issuerId: Hash, { kind, target }: Wish, nonce: number, deadline: Seconds) {
  return kind === 'register-key'
    ? { issuerId, thumbprint: target, nonce, deadline }
    : { issuerId, operator: target, allowed: true, nonce, deadline }
}

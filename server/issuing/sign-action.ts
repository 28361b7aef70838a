/**
 * The EIP-712 messages by which an issuer's account says once for each chain what it wants there.
 *
 * @module
 */
import { issuerIdOf, type ChainPin, type Did, type Seconds } from '#sdk'
import { verifyTypedData } from 'ethers'
import type { AccountSigner, IssuerAction } from '../context.ts'

/** What an issuer wants on a chain. */
export type Wish = Pick<IssuerAction, 'kind' | 'target'>

/** What a registry checks of a message beside its signature. */
export type Terms = Pick<IssuerAction, 'nonce' | 'deadline'>

/** Field lists of `IIssuerKeys.registerKeyFor` and `IStatusRegistry.setOperatorFor`. */
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

/** Signs a message that is good for ten years, as the account's message number `nonce` to the registry. */
export async function signAction(
  account: AccountSigner,
  did: Did,
  pin: ChainPin,
  wish: Wish,
  nonce: number,
  now: Date,
): Promise<Terms & Pick<IssuerAction, 'signature'>> {
  const terms = { nonce, deadline: Math.floor(now.getTime() / 1000) + lifetime }
  const message = messageOf(did, wish, terms)
  const signature = await account.signTypedData(domainOf(pin, wish), types[wish.kind], message)
  return { ...terms, signature }
}

/** Whether `account` has signed this very action: what was slipped into the store is no power. */
export function isSigned(
  { account, did, ...action }: IssuerAction & { account: string; did: Did },
  pin: ChainPin,
): boolean {
  try {
    const message = messageOf(did, action, action)
    const domain = domainOf(pin, action)
    const signer = verifyTypedData(domain, types[action.kind], message, action.signature)
    return signer.toLowerCase() === account
  } catch {
    return false
  }
}

function domainOf(pin: ChainPin, { kind }: Wish) {
  const contract = kind === 'register-key' ? pin.accreditationRegistry : pin.statusRegistry
  return {
    name: 'Livret',
    version: '1',
    chainId: pin.chainId,
    verifyingContract: contract.address,
  }
}

function messageOf(did: Did, { kind, target }: Wish, { nonce, deadline }: Terms) {
  const issuerId = issuerIdOf(did)
  return kind === 'register-key'
    ? { issuerId, thumbprint: target, nonce, deadline }
    : { issuerId, operator: target, allowed: true, nonce, deadline }
}

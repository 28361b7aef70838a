import type { DIDDocument } from 'did-resolver'

/**
 * The document of a did:pkh: an account of an EVM chain (`did:pkh:eip155:<chain id>:<address>`, CAIP-10). It
 * names its holder; the account's key is not in it, so that nothing can be verified with it.
 *
 * @returns `undefined` for accounts of other kinds of chains.
 */
export function documentOfDidPkh(did: string): DIDDocument | undefined {
  const account = /^did:pkh:(eip155:[1-9]\d{0,31}:0x[0-9a-fA-F]{40})$/.exec(did)?.[1]
  if (account === undefined) return undefined
  const id = `${did}#blockchainAccountId`
  return {
    id: did,
    verificationMethod: [
      {
        id,
        type: 'EcdsaSecp256k1RecoveryMethod2020',
        controller: did,
        blockchainAccountId: account,
      },
    ],
    assertionMethod: [id],
    authentication: [id],
  }
}

import { randomBytes, randomUUID } from 'node:crypto'
import {
  createSigner,
  generateKey,
  jwkThumbprint,
  parse,
  PrivateJwk,
  type Signer,
  type SigningAlgorithm,
} from '#sdk'
import type { AccountSigner, Keys, SealedKey } from '../context.ts'
import { accountSigner } from './account.ts'
import { seal, unseal } from './seal.ts'

/** Keys that are sealed with one 32-byte key; opened ones are remembered in this process. */
export function sealedKeys(key: Uint8Array): Keys {
  const signers = new Map<string, Signer>()
  const accounts = new Map<string, AccountSigner>()

  const makeSigningKey = (algorithm: SigningAlgorithm) => {
    const id = randomUUID()
    const { publicJwk, privateJwk } = generateKey(algorithm)
    const sealed = seal(key, id, Buffer.from(JSON.stringify(privateJwk)))
    return { id, sealed, algorithm, publicJwk, thumbprint: jwkThumbprint(publicJwk) }
  }

  const makeAccount = () => {
    const id = randomUUID()
    const secret = randomBytes(32)
    return { id, sealed: seal(key, id, secret), address: accountSigner(secret).address }
  }

  const signer = ({ id, sealed }: SealedKey, kid: string) =>
    remembered(signers, `${id} ${kid}`, () => {
      const jwk: unknown = JSON.parse(Buffer.from(unseal(key, id, sealed)).toString())
      return createSigner(kid, parse(PrivateJwk, jwk, 'signing key'))
    })

  const account = ({ id, sealed }: SealedKey) =>
    remembered(accounts, id, () => accountSigner(unseal(key, id, sealed)))

  // What others may do in a key store far away is asked for by promises.
  return {
    makeSigningKey: (algorithm) => Promise.try(makeSigningKey, algorithm),
    makeAccount: () => Promise.try(makeAccount),
    signer: (sealed, kid) => Promise.try(signer, sealed, kid),
    account: (sealed) => Promise.try(account, sealed),
  }
}

/** Opens once in the life of this process. */
function remembered<T>(known: Map<string, T>, id: string, open: () => T): T {
  const found = known.get(id)
  if (found !== undefined) return found
  if (known.size >= 10_000) known.clear()
  const opened = open()
  known.set(id, opened)
  return opened
}

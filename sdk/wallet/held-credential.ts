import * as z from 'zod/mini'
import { PrivateJwk } from '#crypto'
import { Format } from '../model/format.ts'
import { Did } from '../model/primitives.ts'

/** A credential in a wallet, with the key that it is bound to: each has one of its own. */
export const HeldCredential = z.strictObject({
  /** The wallet's own name for it. */
  id: z.string(),
  format: Format,
  /** As it was issued: a token, or JSON. */
  text: z.string(),
  holder: Did,
  privateJwk: PrivateJwk,
  /** Identifier of the credential issuer that it came from. */
  issuer: z.string(),
  /** Seconds since 1970. */
  receivedAt: z.number(),
})
export type HeldCredential = z.infer<typeof HeldCredential>

/** Where a wallet keeps its credentials. */
export interface WalletStore {
  /** Everything in it, oldest first. */
  list(): Promise<readonly HeldCredential[]>
  /** Keeps one more; durably, where the store is durable. */
  add(credential: HeldCredential): Promise<void>
}

/** A store that forgets everything with the process. */
export function memoryWalletStore(): WalletStore {
  const held: HeldCredential[] = []
  return {
    list: () => Promise.resolve([...held]),
    add(credential) {
      held.push(credential)
      return Promise.resolve()
    },
  }
}

/**
 * DID documents as far as Livret reads them (DID Core 1.0 section 5, Controlled Identifiers 1.0).
 *
 * @module
 */
import type { DIDDocument } from 'did-resolver'
import * as z from 'zod/mini'
import { listOf } from '../model/list-of.ts'
import { Did, IssuerUrl } from '../model/primitives.ts'

const text = z.string().check(z.minLength(1), z.maxLength(4096))

/** One key of a document. Its material is read by `verification-key.ts`, when it is asked for. */
export const VerificationMethod = z.looseObject({
  id: text,
  type: text,
  controller: text,
  publicKeyJwk: z.optional(z.looseObject({})),
  publicKeyMultibase: z.optional(text),
  expires: z.optional(z.string()),
  revoked: z.optional(z.string()),
})
export type VerificationMethod = z.infer<typeof VerificationMethod>

const methods = z.optional(listOf(VerificationMethod, 64))
const references = z.optional(listOf(z.union([text, VerificationMethod]), 64))

const keys = {
  verificationMethod: methods,
  assertionMethod: references,
  authentication: references,
}

/** A DID document; unknown members stay. */
export const DidDocument = z.looseObject({ id: Did, ...keys })
export type DidDocument = z.infer<typeof DidDocument>

/** The controlled identifier document of an https address. */
export const UrlDocument = z.looseObject({ id: IssuerUrl, ...keys })
export type UrlDocument = z.infer<typeof UrlDocument>

/** What a key may be used for: credentials are signed by `assertionMethod`, presentations by `authentication`. */
export type Relationship = 'assertionMethod' | 'authentication'

/** Tells whether a value has the shape of a DID document, for did-resolver's type of it. */
export function isDidDocument(value: unknown): value is DIDDocument {
  return DidDocument.safeParse(value).success
}

/** Resolves DIDs to documents. */
export interface DidResolver {
  /**
   * @throws {@link RegistryError} `DID_UNREACHABLE` if trying again may help, `DID_UNSUPPORTED` if nobody
   *   here resolves its method, `DID_INVALID` if there is no such DID, it is deactivated, or its document
   *   is not its own.
   */
  resolve(did: Did): Promise<DidDocument>
  /** The time in milliseconds, as the resolver knows it. */
  now(): number
}

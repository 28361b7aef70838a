/**
 * The credential endpoint (OpenID4VCI 1.0 section 8). What it issues goes the same way as
 * `POST /credentials/issue`.
 *
 * @module
 */
import { isRegistryError, type Did, type ErrorCode } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { changeProgress, type Issuance, type OpenIssuance } from './issuance.ts'
import { issueOffered } from './issue-offered.ts'
import { issuedAnswer, type IssuedAnswer } from './issued-answer.ts'
import { checkKeyProofs } from './key-proofs.ts'
import { identifierOf } from './redeem-code.ts'
import { refused } from './refused.ts'
import { newSecret } from './secret.ts'

/** What a wallet asks for; members that we do not know are ignored (section 8.2). */
export const CredentialRequest = z.looseObject({
  credential_configuration_id: z.optional(z.string()),
  credential_identifier: z.optional(z.string()),
  proofs: z.optional(z.unknown()),
})
export type CredentialRequest = z.infer<typeof CredentialRequest>

/** The credentials, or where to ask for them later. */
export type CredentialAnswer = IssuedAnswer | { transaction_id: string; interval: number }

/** So many seconds a wallet waits before it asks again. */
export const askAgainSeconds = 30

/**
 * Issues what an access token is for to the keys that the wallet proves to hold; each configuration once.
 *
 * Throws PROTOCOL_REFUSED with the codes of section 8.3.1.2; CHAIN_UNREACHABLE, STORE_UNREACHABLE.
 */
export async function requestCredential(
  context: Context,
  access: OpenIssuance,
  request: CredentialRequest,
): Promise<CredentialAnswer> {
  const { issuance, flow } = access
  const id = configurationOf(issuance, request)
  const holders = await checkKeyProofs(context, issuance.issuer, request.proofs)
  requireRightHolder(issuance, holders)
  if (issuance.approval === 'refused') throw denied('the issuer decided not to issue it')
  if (issuance.approval === 'pending') return promise(context, access, id, holders)

  const award = { id: flow.id, configuration: id, holders, from: 'open' } as const
  const locators = await issueOffered(context, award).catch((error: unknown) => {
    throw inTheirWords(error)
  })
  return issuedAnswer(context, flow, id, locators)
}

/** An approval is awaited: remembers the keys, and says where to ask later. */
async function promise(
  context: Context,
  { flow }: OpenIssuance,
  id: string,
  holders: readonly Did[],
): Promise<CredentialAnswer> {
  await changeProgress(context, flow.id, id, ({ state }) => {
    if (state !== 'open') throw denied('it was asked for already')
    return { state: 'pending', holders: [...holders] }
  })
  const transaction = newSecret()
  await context.store.flows.addSecret(flow.id, {
    purpose: 'transaction',
    text: transaction,
    expiresAt: flow.expiresAt,
    detail: { configuration: id },
  })
  return { transaction_id: transaction, interval: askAgainSeconds }
}

function configurationOf(issuance: Issuance, request: CredentialRequest): string {
  const { credential_configuration_id: byId, credential_identifier: byIdentifier } = request
  if ((byId === undefined) === (byIdentifier === undefined)) {
    throw refused(
      'invalid_credential_request',
      'expected either credential_configuration_id or credential_identifier',
    )
  }
  const offered = Object.keys(issuance.configurations)
  if (byIdentifier !== undefined) {
    const named = offered.find((each) => identifierOf(each) === byIdentifier)
    if (named !== undefined && issuance.isIdentified === true) return named
    throw refused('unknown_credential_identifier', 'the token response names no such identifier')
  }
  if (issuance.isIdentified === true) {
    throw refused('invalid_credential_request', 'use the credential_identifier that you were given')
  }
  if (byId !== undefined && offered.includes(byId)) return byId
  throw refused('unknown_credential_configuration', 'the access token is for none such')
}

/** An offer may name the holder; then nobody else takes it up. */
function requireRightHolder({ credential }: Issuance, holders: readonly Did[]): void {
  const { id } = toObject(credential?.['credentialSubject'])
  if (id === undefined || holders.every((holder) => holder === id)) return
  throw refused('invalid_proof', 'proofs: the offer is for the key of another holder')
}

function toObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const finalRefusals = new Set<ErrorCode>([
  'NOT_ACCREDITED',
  'ISSUER_NOT_READY',
  'AWARD_REVOKED',
  'CREDENTIAL_EXISTS',
])

/** What the issuer may not do is no fault of the wallet's request, and asking again does not help. */
function inTheirWords(error: unknown): unknown {
  const isFinal = isRegistryError(error) && finalRefusals.has(error.code)
  return isFinal ? denied('the issuer may not issue it now') : error
}

function denied(what: string) {
  return refused('credential_request_denied', what)
}

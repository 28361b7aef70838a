import { RegistryError, StatusPurpose, Url } from '#sdk'
import * as z from 'zod/mini'
import type { Context, StoredCredential } from '../context.ts'
import { findAward } from './find-award.ts'

/** Body of `POST /credentials/status` (VCALM, UpdateCredentialStatusRequest). Closed. */
export const StatusRequest = z.strictObject({
  /** The credential's own `id`, or a locator. */
  credentialId: z.string().check(z.minLength(1), z.maxLength(2048)),
  credentialStatus: z.strictObject({
    id: z.optional(Url),
    type: z.optional(z.enum(['BitstringStatusListEntry', 'BitstringStatusList'])),
    statusPurpose: StatusPurpose,
    statusListIndex: z.optional(z.string()),
    statusListCredential: z.optional(Url),
  }),
  /** Whether it is to be revoked or suspended; `false` ends a suspension. */
  status: z.boolean(),
  /** Of interest to services that allocate indexes elsewhere; here the server does. */
  indexAllocator: z.optional(z.string()),
})
export type StatusRequest = z.infer<typeof StatusRequest>

/** What is wanted of an award now. The chains follow within a block or two. */
export interface AwardStatus {
  credentialId: string
  revocation: boolean
  suspension: boolean
}

/**
 * Revokes, suspends or reinstates an award in all its formats. Throws CREDENTIAL_UNKNOWN, and
 * REVOCATION_FINAL if a revocation is to be undone.
 */
export async function changeStatus(
  context: Context,
  { credentialId, credentialStatus, status: value }: StatusRequest,
): Promise<AwardStatus> {
  const { store, chains, jobs, log } = context
  const { statusPurpose: purpose } = credentialStatus
  const award = await findAward(context, credentialId)
  requireEntry(context, award, credentialStatus)
  const [first] = award
  const wanted = await store.statuses.wanted(first.issuer, first)
  if (purpose === 'revocation' && !value) {
    if (wanted.revocation) {
      throw new RegistryError('REVOCATION_FINAL', { credential: first.credentialId })
    }
    return { credentialId: first.credentialId, ...wanted }
  }
  const chainIds = chains.map(({ pin }) => pin.chainId)
  await store.statuses.requestForAward(first, { purpose, value, origin: 'api' }, chainIds)
  log.info('status wished', { purpose, value, formats: award.length })
  for (const chainId of chainIds) await jobs.reconcileSoon(chainId)
  return { credentialId: first.credentialId, ...wanted, [purpose]: value }
}

/** What a caller says of the entry beside its purpose must be true of one of the award's formats. */
function requireEntry(
  { config }: Context,
  award: readonly StoredCredential[],
  { statusPurpose, statusListIndex, statusListCredential }: StatusRequest['credentialStatus'],
): void {
  const fits = award.some(
    ({ list, index }) =>
      (statusListIndex ?? String(index)) === String(index) &&
      (statusListCredential === undefined ||
        (statusListCredential.startsWith(`${config.baseUrl}/issuers/`) &&
          statusListCredential.endsWith(`/status/${list}/${statusPurpose}`))),
  )
  if (fits) return
  const problems = ['credentialStatus: is not an entry of this credential']
  throw new RegistryError('INPUT_INVALID', { input: 'request', problems })
}

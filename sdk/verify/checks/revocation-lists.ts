/**
 * 1EdTech Revocation List Status Method 1.0: a JSON document that names what its issuer revoked.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { FetchDocument } from '../../did/url-key.ts'
import { listOf } from '../../model/list-of.ts'
import type { Typed } from '../../model/credential.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/** Most credentials that one list names. */
const MAX_REVOKED = 50_000

const RevocationList = z.looseObject({
  id: z.optional(z.string()),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
  revokedCredential: listOf(
    z.looseObject({ id: z.string(), revoked: z.optional(z.boolean()) }),
    MAX_REVOKED,
  ),
})

const type = '1EdTechRevocationList'

/** Whether an entry of `credentialStatus` names such a list. */
export function isRevocationList(entry: Typed): boolean {
  return entry.type.includes(type)
}

/**
 * Looks whether the credential stands in the lists that it names. They are not signed: the host vouches for
 * them, and they must say that they are the issuer's.
 *
 * @param fetchDocument - `undefined`: they are not asked for, and it stays undecided.
 */
export async function checkRevocationLists(
  { decoded }: Pick<Verification, 'decoded'>,
  entries: readonly Typed[],
  fetchDocument: FetchDocument | undefined,
): Promise<Check> {
  const checks = await Promise.all(entries.map((entry) => checkOne(decoded, entry, fetchDocument)))
  return worst(checks) ?? answer('status', 'LIST_NOT_REVOKED', {})
}

/** The first failed, else the first undecided answer; `undefined` if there is none. */
export function worst(checks: readonly Check[]): Check | undefined {
  return (
    checks.find(({ status }) => status === 'failed') ??
    checks.find(({ status }) => status === 'undecided')
  )
}

async function checkOne(
  { issuer, credential }: Verification['decoded'],
  { id: url }: Typed,
  fetchDocument: FetchDocument | undefined,
): Promise<Check> {
  if (url === undefined || credential.id === undefined) {
    const reason = `credentialStatus: ${type} needs the id of the list, and of the credential`
    return answer('status', 'STATUS_MALFORMED', { reason })
  }
  const unreachable = (reason: string) =>
    answer('status', 'STATUS_LIST_UNREACHABLE', { url, reason })
  if (fetchDocument === undefined) return unreachable('such lists are not fetched here')
  let document: unknown
  try {
    document = await fetchDocument(url)
  } catch (error) {
    return unreachable(error instanceof Error ? error.message : 'no list')
  }
  const list = RevocationList.safeParse(document)
  const isOther = list.data?.id !== undefined && list.data.id !== url
  if (!list.success || isOther) {
    const reason = isOther ? 'it is the list of another address' : `it is no ${type}`
    return answer('status', 'STATUS_LIST_INVALID', { url, reason })
  }
  const { issuer: owner, revokedCredential } = list.data
  if ((typeof owner === 'string' ? owner : owner.id) !== issuer) {
    return answer('status', 'STATUS_LIST_FOREIGN', { url })
  }
  const isRevoked = revokedCredential.some(
    ({ id, revoked }) => id === credential.id && revoked !== false,
  )
  return isRevoked
    ? answer('status', 'REVOKED', { source: url })
    : answer('status', 'LIST_NOT_REVOKED', {})
}

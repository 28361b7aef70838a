import { randomBytes, randomUUID } from 'node:crypto'
import {
  commitmentOf,
  credentialDigest,
  Did,
  digestOf,
  leafOf,
  readCredential,
  RegistryError,
  toHash,
  type CredentialDocument,
} from '#sdk'
import type { Context, NewCredential } from '../context.ts'
import { formatOf, type IssuedFormat, type IssueRequest } from './credential-request.ts'
import { prepareCredential } from './prepare-credential.ts'
import { requireStanding } from './require-standing.ts'
import { securedCredential, type SecuredCredential } from './secured-credential.ts'
import { signCredential } from './sign-credential.ts'
import { signingIssuer } from './signing-issuer.ts'

/** What was issued, and where it is found. */
export interface IssuedCredential {
  locator: string
  format: IssuedFormat
  /** As VCALM hands it out. */
  secured: SecuredCredential
}

/**
 * Signs an award in each format that is asked for and stores all of them durably for the next batch:
 * each with its own salt, leaf and status index, under one `id`. Nothing is signed unless it will count,
 * and nothing stored unless all of it was signed.
 *
 * Throws INPUT_INVALID, TOKEN_INVALID, ISSUER_UNKNOWN, ISSUER_NOT_READY, NOT_ACCREDITED,
 * CHAIN_UNREACHABLE, CREDENTIAL_EXISTS, AWARD_REVOKED.
 *
 * @param holders - Whom it is about, where the credential leaves that out; each gets a copy of its own.
 * @returns In the order of `options.format` for each holder; one if both are left out.
 */
export async function issueAward(
  context: Context,
  { credential, options = {} }: IssueRequest,
  holders: readonly Did[] = [],
): Promise<readonly IssuedCredential[]> {
  const { store, now } = context
  const formats = [options.format ?? 'vc+jwt'].flat()
  const issuer = await signingIssuer(context, issuerNameOf(credential, options.issuer))
  requireSame('issuer', issuerIdOf(credential), issuer.did)
  const { document, scopes } = await prepareCredential(credential, issuer, {
    id: options.credentialId ?? `urn:uuid:${randomUUID()}`,
    validFrom: now().toISOString(),
  })
  requireSame('options.credentialId', options.credentialId, document.id)
  await requireStanding(context, { did: issuer.did, key: issuer.key, scopes })

  const documents = holders.length === 0 ? [document] : holders.map((id) => about(document, id))
  const copies = documents.flatMap((each, copy) =>
    formats.map((wanted) => ({ document: each, copy, wanted })),
  )
  const places = await store.statusIndexes.allocate(issuer.id, copies.length)
  const signed: NewCredential[] = []
  for (const [i, { document: whole, copy, wanted }] of copies.entries()) {
    const place = places[i]
    if (place === undefined) throw new RegistryError('STORE_UNREACHABLE', { reason: 'no index' })
    const locator = randomBytes(32).toString('base64url')
    const text = await signCredential(context, issuer, whole, { format: wanted, place, locator })
    const format = formatOf(wanted)
    const own = { locator, issuer: issuer.id, credentialId: document.id, format, text, ...place }
    signed.push({ ...own, ...(await saltedLeaf(own)), copy, key: issuer.key, scopes })
  }
  await store.credentials.add(signed)
  return signed.map(({ locator, format, text }) => ({
    locator,
    format,
    secured: securedCredential({ format, text }),
  }))
}

/** The credential with its one subject named. */
function about<D extends Pick<CredentialDocument, 'credentialSubject'>>(document: D, id: Did) {
  const [subject] = [document.credentialSubject].flat()
  return { ...document, credentialSubject: { ...subject, id } }
}

/** {@link issueAward} in one format. */
export async function issueCredential(
  context: Context,
  request: IssueRequest,
): Promise<IssuedCredential> {
  const [issued] = await issueAward(context, request)
  if (issued === undefined) throw new Error('nothing was issued')
  return issued
}

async function saltedLeaf({ format, text }: Pick<NewCredential, 'format' | 'text'>) {
  const salt = toHash(randomBytes(32))
  const digest =
    format === 'ldp_vc' ? digestOf(await readCredential(text)) : credentialDigest(format, text)
  return { salt, digest, leaf: leafOf(commitmentOf(salt, format, digest)) }
}

function issuerNameOf(credential: IssueRequest['credential'], option: string | undefined): string {
  const name = option ?? Did.safeParse(issuerIdOf(credential)).data
  if (name !== undefined) return name
  const problems = ['issuer: expected the DID of an issuer here, or options.issuer']
  throw new RegistryError('INPUT_INVALID', { input: 'credential', problems })
}

/** The `issuer` that a credential names: a string, or an object that may have one as `id`. */
function issuerIdOf({ issuer }: IssueRequest['credential']): unknown {
  if (typeof issuer !== 'object' || issuer === null) return issuer
  return 'id' in issuer ? issuer.id : undefined
}

/** Two members that say the same thing must say the same. */
function requireSame(member: string, given: unknown, expected: string): void {
  if (given === undefined || given === expected) return
  const problems = [`${member}: is not ${expected}`]
  throw new RegistryError('INPUT_INVALID', { input: 'request', problems })
}

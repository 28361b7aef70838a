import { randomBytes, randomUUID } from 'node:crypto'
import {
  commitmentOf,
  credentialDigest,
  Did,
  envelope,
  leafOf,
  RegistryError,
  signJwtVcJson,
  signVcJwt,
  statusEntries,
  toHash,
  type Envelope,
} from '#sdk'
import type { Context, StatusIndex, StoredCredential } from '../context.ts'
import type { IssuedFormat, IssueRequest } from './credential-request.ts'
import { prepareCredential } from './prepare-credential.ts'
import { requireStanding } from './require-standing.ts'
import { signingIssuer } from './signing-issuer.ts'

/** What was issued, and where it is found. */
export interface IssuedCredential {
  locator: string
  format: IssuedFormat
  envelope: IssuedEnvelope
}

const signers = { 'vc+jwt': signVcJwt, jwt_vc_json: signJwtVcJson } as const

/**
 * Signs a credential and stores it durably for the next batch. Nothing is signed unless it will count.
 *
 * Throws INPUT_INVALID, TOKEN_INVALID, ISSUER_UNKNOWN, ISSUER_NOT_READY, NOT_ACCREDITED,
 * CHAIN_UNREACHABLE, CREDENTIAL_EXISTS, AWARD_REVOKED.
 */
export async function issueCredential(
  context: Context,
  { credential, options = {} }: IssueRequest,
): Promise<IssuedCredential> {
  const { config, store, now } = context
  const { format = 'vc+jwt' } = options
  const issuer = await signingIssuer(context, issuerNameOf(credential, options.issuer))
  requireSame('issuer', issuerIdOf(credential), issuer.did)
  const { document, scopes } = await prepareCredential(credential, issuer, {
    id: options.credentialId ?? `urn:uuid:${randomUUID()}`,
    validFrom: now().toISOString(),
  })
  requireSame('options.credentialId', options.credentialId, document.id)
  await requireStanding(context, { did: issuer.did, key: issuer.key, scopes })

  const place = await onePlace(context, issuer.id)
  const locator = randomBytes(32).toString('base64url')
  const { baseUrl } = config
  const text = await signers[format](
    {
      ...document,
      credentialStatus: [
        ...[document.credentialStatus ?? []].flat(),
        ...statusEntries({
          url: `${baseUrl}/issuers/${issuer.slug}/status/${place.list}`,
          list: BigInt(place.list),
          index: place.index,
        }),
      ],
      receipt: `${baseUrl}/credentials/${locator}/receipt`,
    },
    issuer.signer,
    { signedAt: Math.floor(now().getTime() / 1000) },
  )
  const salt = toHash(randomBytes(32))
  const digest = credentialDigest(format, text)
  const leaf = leafOf(commitmentOf(salt, format, digest))
  const { id: credentialId } = document
  await store.credentials.add([
    {
      locator,
      issuer: issuer.id,
      credentialId,
      format,
      text,
      digest,
      salt,
      leaf,
      key: issuer.key,
      scopes,
      ...place,
    },
  ])
  return { locator, format, envelope: envelopeOf({ format, text }) }
}

/** An envelope as VCALM wants it: the context in a list. */
export type IssuedEnvelope = Omit<Envelope, '@context'> & { '@context': readonly string[] }

/** A stored credential as VCALM hands it out. */
export function envelopeOf({
  format,
  text,
}: Pick<StoredCredential, 'format' | 'text'>): IssuedEnvelope {
  const enveloped = envelope(text, format === 'jwt_vc_json' ? 'jwt' : 'vc+jwt')
  return { ...enveloped, '@context': [enveloped['@context']] }
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

async function onePlace({ store }: Context, issuer: string): Promise<StatusIndex> {
  const [place] = await store.statusIndexes.allocate(issuer, 1)
  if (place === undefined) throw new RegistryError('STORE_UNREACHABLE', { reason: 'no index' })
  return place
}

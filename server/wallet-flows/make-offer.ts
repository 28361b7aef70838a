import { randomInt, randomUUID } from 'node:crypto'
import { RegistryError, Url } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { IssuedFormat } from '../issuing/credential-request.ts'
import { prepareCredential } from '../issuing/prepare-credential.ts'
import { requireStanding } from '../issuing/require-standing.ts'
import { signingIssuer } from '../issuing/signing-issuer.ts'
import { configurationId, formatsOf, kindOf } from './credential-configurations.ts'
import type { Issuance } from './issuance.ts'
import { issuerUrl } from './issuer-metadata.ts'
import { inSeconds, macOf, newSecret } from './secret.ts'

/** Body of `POST /issuers/:slug/offers`: the content of one award, for whoever gets the offer. */
export const OfferRequest = z.strictObject({
  /** VCDM 2.0 without what the server adds, and usually without the holder's `id`. */
  credential: z.record(z.string(), z.unknown()),
  options: z.optional(
    z.strictObject({
      /** Becomes the credential's `id`, where that is missing. */
      credentialId: z.optional(Url),
      /** The formats that the wallet may choose from; all if left out. */
      formats: z.optional(z.array(IssuedFormat).check(z.minLength(1), z.maxLength(8))),
      /** Whether a code must be typed in that goes another way than the offer. */
      txCode: z.optional(z.boolean()),
      /** Whether the holder signs in, instead of using a code that comes with the offer. */
      signIn: z.optional(z.boolean()),
      /** Whether somebody must approve before anything is issued. */
      needsApproval: z.optional(z.boolean()),
      /** How long the offer may be taken up; an hour if left out, 30 days at most. */
      expiresInSeconds: z.optional(z.int().check(z.gte(60), z.lte(2_592_000))),
    }),
  ),
})
export type OfferRequest = z.infer<typeof OfferRequest>

/** An offer as it is handed out: the URI goes to the holder, the code to them by another way. */
export interface MadeOffer {
  id: string
  /** `openid-credential-offer://…`, by reference. */
  uri: string
  txCode?: string
  credentialId: string
  configurations: readonly string[]
  expiresAt: string
}

/** What is left to finish an issuance after the last moment to take the offer up. */
const graceSeconds = { given: 86_400, pending: 2_592_000 }

/**
 * Offers a credential to whoever holds the offer. It is held to the same rules as issuing, so that what
 * is offered can be issued.
 *
 * Throws INPUT_INVALID, TOKEN_INVALID, ISSUER_UNKNOWN, ISSUER_NOT_READY, NOT_ACCREDITED,
 * CHAIN_UNREACHABLE.
 */
export async function makeOffer(
  context: Context,
  slug: string,
  { credential, options = {} }: OfferRequest,
): Promise<MadeOffer> {
  const issuer = await signingIssuer(context, slug)
  requireOneSubject(credential)
  if (options.signIn === true && context.signIn === undefined) {
    throw invalid('options.signIn: nobody signs in on this server')
  }
  if (options.signIn === true && options.txCode === true) {
    throw invalid('options.txCode: belongs to offers without sign-in')
  }
  const { document, scopes } = await prepareCredential(credential, issuer, {
    id: options.credentialId ?? `urn:uuid:${randomUUID()}`,
    validFrom: context.now().toISOString(),
  })
  await requireStanding(context, { did: issuer.did, key: issuer.key, scopes })

  const kind = kindOf(credential['type'])
  if (kind === undefined) throw invalid('type: wallets are offered no such credential')
  const possible = formatsOf(issuer.signer.algorithm)
  const formats = options.formats ?? possible
  const other = formats.find((format) => !possible.includes(format))
  if (other !== undefined) throw invalid(`formats: the issuer’s key cannot sign ${other}`)
  const ids = formats.map((format) => configurationId(kind, format))
  const id = randomUUID()
  const approval = options.needsApproval === true ? 'pending' : 'given'
  const txCode = options.txCode === true ? String(randomInt(1_000_000)).padStart(6, '0') : undefined
  const redeemableUntil = inSeconds(context, options.expiresInSeconds ?? 3_600)
  const issuance: Issuance = {
    issuer: issuer.slug,
    credentialId: document.id,
    credential,
    configurations: Object.fromEntries(ids.map((each) => [each, { state: 'open' }])),
    approval,
    ...(txCode !== undefined && { txCode: txCodeSeal(context, id, txCode) }),
    redeemableUntil: redeemableUntil.toISOString(),
    ...(options.signIn === true && { needsSignIn: true }),
  }
  const locator = newSecret()
  const isSignedIn = options.signIn === true
  await context.store.flows.open(
    {
      id,
      kind: 'issuance',
      data: issuance,
      expiresAt: new Date(redeemableUntil.getTime() + graceSeconds[approval] * 1000),
    },
    [
      { purpose: 'offer', text: locator, expiresAt: redeemableUntil },
      {
        purpose: isSignedIn ? 'issuer-state' : 'pre-authorized-code',
        text: codeOf(context, locator),
        expiresAt: redeemableUntil,
      },
    ],
  )
  const reference = `${issuerUrl(context, issuer.slug)}/offers/${locator}`
  return {
    id,
    uri: `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(reference)}`,
    ...(txCode !== undefined && { txCode }),
    credentialId: document.id,
    configurations: ids,
    expiresAt: redeemableUntil.toISOString(),
  }
}

/** The code inside the offer of a locator: whoever reads the database learns neither. */
export function codeOf(context: Pick<Context, 'config'>, locator: string): string {
  return macOf(context, 'pre-authorized-code', locator).toString('base64url')
}

/** What is kept of a transaction code: six digits alone would be guessed. */
export function txCodeSeal(context: Pick<Context, 'config'>, id: string, txCode: string): string {
  return macOf(context, 'tx-code', `${id} ${txCode}`).toString('base64url')
}

/** One holder takes up an offer. */
function requireOneSubject({ credentialSubject }: OfferRequest['credential']): void {
  const isOne = typeof credentialSubject === 'object' && !Array.isArray(credentialSubject)
  if (!isOne) throw invalid('credentialSubject: expected one object')
}

function invalid(problem: string) {
  return new RegistryError('INPUT_INVALID', { input: 'offer', problems: [problem] })
}

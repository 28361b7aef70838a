/**
 * Issuing what was offered: each configuration once, also if a process dies while it issues.
 *
 * @module
 */
import { decodeCredential, isRegistryError, readCredential, type Did, type Format } from '#sdk'
import type { Context, StoredCredential } from '../context.ts'
import { issueAward } from '../issuing/issue-credential.ts'
import { configurations } from './credential-configurations.ts'
import { changeProgress, type Issuance, type Progress } from './issuance.ts'
import { refused } from './refused.ts'

/** Whoever began to issue so long ago, and neither ended nor failed, is taken to be dead. */
const patienceSeconds = 300

/** What is to be issued to whom. */
export interface OfferedAward {
  /** Id of the offer's flow. */
  id: string
  configuration: string
  /** Each gets a copy. */
  holders: readonly Did[]
  /** In which state it waits for this. */
  from: 'open' | 'pending'
}

/**
 * Issues one configuration of an offer; answers the locators. If it fails, it waits in its state again.
 *
 * Throws PROTOCOL_REFUSED with `credential_request_denied` if it does not wait for this, and what issuing
 * throws.
 */
export async function issueOffered(
  context: Context,
  { id, configuration, holders, from }: OfferedAward,
): Promise<readonly string[]> {
  const since = context.now().getTime()
  let isTakenOver = false
  const { issuance } = await changeProgress(context, id, configuration, (progress) => {
    if (!isWaiting(progress, from, since)) throw denied('it is being issued, or was issued already')
    isTakenOver = progress.state === 'issuing'
    return { ...progress, state: 'issuing', since }
  })
  const locators = await issueTo(context, issuance, configuration, holders).catch(
    async (error: unknown) => {
      const before = isTakenOver
        ? await issuedBefore(context, issuance, configuration, holders, error)
        : undefined
      if (before !== undefined) return before
      await changeProgress(context, id, configuration, ({ since: latest, ...progress }) =>
        // Whoever was taken to be dead leaves it to the next.
        latest === since ? { ...progress, state: from } : { ...progress, since: latest },
      )
      throw error
    },
  )
  await changeProgress(context, id, configuration, () => ({
    state: 'issued',
    locators: [...locators],
  }))
  return locators
}

/** Tells whether a configuration waits to be issued, or whoever issued it died. */
export function isWaiting(
  { state, holders, since }: Progress,
  from: OfferedAward['from'],
  now: number,
): boolean {
  if (state !== 'issuing') return state === from
  const isOfThisKind = (holders !== undefined) === (from === 'pending')
  return isOfThisKind && now - (since ?? 0) > patienceSeconds * 1000
}

async function issueTo(
  context: Context,
  { credential, credentialId, issuer }: Issuance,
  configuration: string,
  holders: readonly Did[],
): Promise<readonly string[]> {
  const format = formatOf(configuration)
  if (credential === undefined) throw denied('it cannot be issued any more')
  const request = { credential, options: { format, credentialId, issuer } }
  const issued = await issueAward(context, request, holders)
  return issued.map(({ locator }) => locator)
}

/** What the dead one had stored, if it is for the same holders; `undefined` if that is not what went wrong. */
async function issuedBefore(
  { store }: Context,
  { credentialId, issuer: slug }: Issuance,
  configuration: string,
  holders: readonly Did[],
  error: unknown,
): Promise<readonly string[] | undefined> {
  if (!isRegistryError(error) || error.code !== 'CREDENTIAL_EXISTS') return undefined
  const issuer = await store.issuers.bySlug(slug)
  const format = formatOf(configuration)
  const stored = (await store.credentials.byCredentialId(credentialId)).filter(
    (each) => each.issuer === issuer?.id && each.format === format,
  )
  const copies = await Promise.all(
    stored.map(async (each) => ({ locator: each.locator, holder: await holderOf(each) })),
  )
  const locators = holders.flatMap(
    (holder) => copies.find((copy) => copy.holder === holder)?.locator ?? [],
  )
  const isSame = locators.length === holders.length && locators.length === copies.length
  return isSame ? locators : undefined
}

async function holderOf({ format, text }: StoredCredential): Promise<string | undefined> {
  const decoded = format === 'ldp_vc' ? await readCredential(text) : decodeCredential(text)
  return decoded.credential.credentialSubject[0]?.id
}

function formatOf(configuration: string): Format {
  const format = configurations.get(configuration)?.format
  if (format === undefined) throw denied('it cannot be issued any more')
  return format
}

function denied(what: string) {
  return refused('credential_request_denied', what)
}

import {
  isRegistryError,
  issuerIdOf,
  listWords,
  makeStatusList,
  RegistryError,
  signVcJwt,
  StatusPurpose,
  type ChainView,
  type Seconds,
} from '#sdk'
import type { Context } from '../context.ts'
import { recently } from './recent.ts'
import { signingIssuer, type SigningIssuer } from './signing-issuer.ts'

/** For how long a list may be used once it was made. */
export const listLifetime: Seconds = 3_600

/** A list that was signed, and the words that it was made of. */
interface SignedList {
  text: string
  words: readonly bigint[]
  madeAt: number
}

type Needs = Pick<Context, 'config' | 'store' | 'keys' | 'chains' | 'now'>

/** Which list: of an issuer, by number, for one purpose. */
export interface ListName {
  slug: string
  list: number
  purpose: StatusPurpose
}

/** The list that `[slug, list, purpose]` of its address names; undefined for what cannot be one. */
export function listName([slug = '', list = '', purpose]: readonly string[]): ListName | undefined {
  const known = StatusPurpose.safeParse(purpose)
  if (!known.success || !/^[1-9]\d{0,8}$/.test(list)) return undefined
  return { slug, list: Number(list), purpose: known.data }
}

/** So many seconds a list may lag behind the chain, so that asking for it a thousand times costs one look. */
const rememberList = recently<SignedList>(5, 200)
const lastSigned = new WeakMap<Context['store'], Map<string, SignedList>>()

/**
 * A status list as a signed `BitstringStatusListCredential` (`vc+jwt`), made from the words on chain at
 * the newest final block, which it names. Signed anew when words change, or half its life is over.
 *
 * Throws ISSUER_UNKNOWN, STATUS_LIST_UNKNOWN, CHAIN_UNREACHABLE.
 */
export async function statusListCredential(context: Needs, name: ListName): Promise<string> {
  const { slug, list, purpose } = name
  const issuer = await signingIssuer(context, slug)
  if (!(await context.store.statusIndexes.exists(issuer.id, list))) {
    throw new RegistryError('STATUS_LIST_UNKNOWN', { list: `${slug}/${list}` })
  }
  const key = `${issuer.id}/${list}/${purpose}`
  const { text } = await rememberList(context.store, key, context.now(), async () => {
    const signed = lastSigned.get(context.store) ?? new Map<string, SignedList>()
    lastSigned.set(context.store, signed)
    const current = await refresh(context, issuer, name, signed.get(key))
    if (signed.size >= 200) signed.clear()
    signed.set(key, current)
    return current
  })
  return text
}

async function refresh(
  context: Needs,
  issuer: SigningIssuer,
  { slug, list, purpose }: ListName,
  known: SignedList | undefined,
): Promise<SignedList> {
  const view = await firstView(context)
  const words = await readWords(view, issuer, list, purpose)
  const madeAt = Math.floor(context.now().getTime() / 1000)
  const isYoung = known !== undefined && madeAt < known.madeAt + listLifetime / 2
  if (isYoung && known.words.every((word, i) => word === words[i])) return known

  const document = await makeStatusList({
    url: `${context.config.baseUrl}/issuers/${slug}/status/${list}/${purpose}`,
    issuer: issuer.did,
    purpose,
    words: words.entries(),
    blocks: [view.block],
    validUntil: madeAt + listLifetime,
  })
  const text = await signVcJwt(document, issuer.signer, { signedAt: madeAt })
  return { text, words, madeAt }
}

/** The first of the configured chains that answers. */
async function firstView({ chains }: Needs): Promise<ChainView> {
  let outage: unknown
  for (const { recent } of chains) {
    try {
      return await recent.view()
    } catch (error) {
      if (!isRegistryError(error)) throw error
      outage = error
    }
  }
  throw outage
}

async function readWords(
  view: ChainView,
  { did }: SigningIssuer,
  list: number,
  purpose: StatusPurpose,
): Promise<readonly bigint[]> {
  const issuerId = issuerIdOf(did)
  const words = await Promise.all(
    Array.from({ length: listWords }, (_, word) => view.statusOf(issuerId, BigInt(list), word)),
  )
  return words.map(({ revoked, suspended }) => (purpose === 'revocation' ? revoked : suspended))
}

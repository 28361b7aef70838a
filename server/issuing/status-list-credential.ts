import {
  isRegistryError,
  issuerIdOf,
  listWords,
  makeStatusList,
  RegistryError,
  signTokenStatusList,
  signVcJwt,
  StatusPurpose,
  type ChainView,
  type Seconds,
} from '#sdk'
import type { Context } from '../context.ts'
import { olderKeyId } from './issuer-did.ts'
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

/** Seconds after which whoever keeps a Token Status List should fetch a fresh one. */
const timeToLive: Seconds = 300

/** Which list: of an issuer, by number; a Bitstring for one purpose, or a Token Status List for both. */
export interface ListName {
  slug: string
  list: number
  kind: StatusPurpose | 'token'
}

/** The list that `[slug, list, purpose]` of its address names; undefined for what cannot be one. */
export function listName([slug = '', list = '', purpose]: readonly string[]): ListName | undefined {
  const known = StatusPurpose.safeParse(purpose)
  return known.success ? named(slug, list, known.data) : undefined
}

/** The Token Status List that `[slug, list]` of its address names; undefined for what cannot be one. */
export function tokenListName([slug = '', list = '']: readonly string[]): ListName | undefined {
  return named(slug, list, 'token')
}

function named(slug: string, list: string, kind: ListName['kind']): ListName | undefined {
  return /^[1-9]\d{0,8}$/.test(list) ? { slug, list: Number(list), kind } : undefined
}

/** So many seconds a list may lag behind the chain, so that asking for it a thousand times costs one look. */
const rememberList = recently<SignedList>(5, 200)
const lastSigned = new WeakMap<Context['store'], Map<string, SignedList>>()

/**
 * A status list as a signed `BitstringStatusListCredential` (`vc+jwt`) or Token Status List
 * (`statuslist+jwt`), made from the words on chain at the newest final block, which it names. Signed anew
 * when words change, or half its life is over.
 *
 * Throws ISSUER_UNKNOWN, STATUS_LIST_UNKNOWN, CHAIN_UNREACHABLE.
 */
export async function statusListCredential(context: Needs, name: ListName): Promise<string> {
  const { slug, list, kind } = name
  const issuer = await signingIssuer(context, slug)
  if (!(await context.store.statusIndexes.exists(issuer.id, list))) {
    throw new RegistryError('STATUS_LIST_UNKNOWN', { list: `${slug}/${list}` })
  }
  const key = `${issuer.id}/${list}/${kind}`
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
  name: ListName,
  known: SignedList | undefined,
): Promise<SignedList> {
  const view = await firstView(context)
  const maps = await readMaps(view, issuer, name.list)
  const words = name.kind === 'token' ? [...maps.revocation, ...maps.suspension] : maps[name.kind]
  const madeAt = Math.floor(context.now().getTime() / 1000)
  const isYoung = known !== undefined && madeAt < known.madeAt + listLifetime / 2
  if (isYoung && known.words.every((word, i) => word === words[i])) return known
  return { text: await sign(context, issuer, name, { view, maps, madeAt }), words, madeAt }
}

/** The words of both maps of a list. */
type Maps = Readonly<Record<StatusPurpose, readonly bigint[]>>

async function sign(
  { config }: Needs,
  issuer: SigningIssuer,
  { slug, list, kind }: ListName,
  { view, maps, madeAt }: { view: ChainView; maps: Maps; madeAt: Seconds },
): Promise<string> {
  const address = `${config.baseUrl}/issuers/${slug}`
  const [blocks, end] = [[view.block], madeAt + listLifetime]
  if (kind === 'token') {
    const url = `${address}/token-status/${list}`
    const [revoked, suspended] = [maps.revocation.entries(), maps.suspension.entries()]
    const times = { signedAt: madeAt, expiresAt: end, ttl: timeToLive }
    const input = { url, issuer: issuer.did, revoked, suspended, blocks, ...times }
    const { signer } = issuer
    return signTokenStatusList(input, { ...signer, kid: olderKeyId(signer.kid) })
  }
  const url = `${address}/status/${list}/${kind}`
  const document = await makeStatusList({
    url,
    issuer: issuer.did,
    purpose: kind,
    words: maps[kind].entries(),
    blocks,
    validUntil: end,
  })
  return signVcJwt(document, issuer.signer, { signedAt: madeAt })
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

async function readMaps(view: ChainView, { did }: SigningIssuer, list: number): Promise<Maps> {
  const issuerId = issuerIdOf(did)
  const words = await Promise.all(
    Array.from({ length: listWords }, (_, word) => view.statusOf(issuerId, BigInt(list), word)),
  )
  return {
    revocation: words.map(({ revoked }) => revoked),
    suspension: words.map(({ suspended }) => suspended),
  }
}

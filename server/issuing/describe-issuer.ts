/**
 * An issuer as it is shown: who it is, and what it still lacks on each chain to issue.
 *
 * @module
 */
import {
  issuerIdOf,
  isRegistryError,
  judgeBinding,
  judgeKey,
  RegistryError,
  Scope,
  scopeHash,
  type AccreditationRecord,
  type Address,
  type Did,
  type Hash,
  type PublicJwk,
  type Seconds,
} from '#sdk'
import type { Chain, Context, Issuer, IssuerKeys } from '../context.ts'
import { keyId } from './issuer-did.ts'
import { recently } from './recent.ts'

/** What everybody may know of an issuer. */
export interface IssuerSummary {
  slug: string
  did: Did
  name: string
  /** Its name on chain. */
  issuerId: Hash
}

export interface IssuerDescription extends IssuerSummary {
  profile: Record<string, unknown>
  /** The account that a sponsor must confirm for it. */
  account: Address
  keys: readonly { id: string; thumbprint: Hash; publicJwk: PublicJwk; isRetired: boolean }[]
  chains: readonly IssuerOnChain[]
}

/** What is known of the issuer at the newest final block of a chain. */
interface IssuerOnChain {
  chainId: number
  name: string
  /** Whether the chain could be asked; if not, nothing else is known. */
  isReachable: boolean
  /** Whether the account speaks for the issuer. */
  isConfirmed: boolean
  /** Whether a key that it signs with is registered and good. */
  isKeyRegistered: boolean
  /** Whether this server may change statuses for it. */
  isOperatorNamed: boolean
  /** What it may attest now, as its accreditor wrote it; whether that one may accredit is not judged here. */
  accreditations: readonly Accreditation[]
  /** What must happen before it can issue; in plain words. */
  missing: readonly string[]
}

interface Accreditation {
  /** Name of the scope, where it is one that this server knows. */
  scope?: Scope
  scopeHash: Hash
  accreditor: Address
  validFrom: Seconds
  validUntil: Seconds
}

type Look = Omit<IssuerOnChain, 'chainId' | 'name' | 'isReachable'>

/** So that asking a thousand times costs one look. */
const rememberLook = recently<Look>(2)

/** Describes the issuer `slug`; throws ISSUER_UNKNOWN. */
export async function describeIssuer(context: Context, slug: string): Promise<IssuerDescription> {
  const { store, chains } = context
  const issuer = await store.issuers.bySlug(slug)
  if (issuer === undefined) throw new RegistryError('ISSUER_UNKNOWN', { issuer: slug })
  const keys = await store.issuers.keysOf(issuer.id)
  return {
    ...summaryOf(issuer),
    profile: issuer.profile,
    account: keys.account.address,
    keys: keys.signing.map(({ thumbprint, publicJwk, retiredAt }) => ({
      id: keyId(issuer.did, publicJwk),
      thumbprint,
      publicJwk,
      isRetired: retiredAt !== undefined,
    })),
    chains: await Promise.all(chains.map((chain) => onChain(context, chain, issuer, keys))),
  }
}

export function summaryOf({ slug, did, name }: Issuer): IssuerSummary {
  return { slug, did, name, issuerId: issuerIdOf(did) }
}

async function onChain(
  context: Context,
  chain: Chain,
  issuer: Issuer,
  keys: IssuerKeys,
): Promise<IssuerOnChain> {
  const { chainId, name } = chain.pin
  try {
    const look = await rememberLook(chain, issuer.id, context.now(), () =>
      lookAt(context, chain, issuer, keys),
    )
    return { chainId, name, isReachable: true, ...look }
  } catch (error) {
    if (!isRegistryError(error)) throw error
    const nothing = { isConfirmed: false, isKeyRegistered: false, isOperatorNamed: false }
    const missing = ['the chain cannot be asked now']
    return { chainId, name, isReachable: false, ...nothing, accreditations: [], missing }
  }
}

async function lookAt(
  { store, keys: secrets, now }: Context,
  { recent, client }: Chain,
  { did }: Issuer,
  { signing, account }: IssuerKeys,
): Promise<Look> {
  const view = await recent.view()
  const issuerId = issuerIdOf(did)
  const time = Math.max(view.block.timestamp, Math.floor(now().getTime() / 1000))
  const operator = await store.operator.get(() => secrets.makeAccount())
  const live = signing.filter(({ retiredAt }) => retiredAt === undefined)
  const [state, records, isOperatorNamed, ...keyStates] = await Promise.all([
    view.issuerOf(issuerId),
    view.accreditationsOf(account.address),
    client.isOperator(issuerId, operator.address, view.block.number),
    ...live.map(({ thumbprint }) => view.keyOf(issuerId, thumbprint)),
  ])
  const binding = judgeBinding(state, time)
  const isConfirmed = binding.bound && binding.account === account.address
  const isKeyRegistered = keyStates.some((key) => judgeKey(key, state, time).good)
  const accreditations = records.filter((record) => isLive(record, time)).map(accreditationOf)
  const missing = [
    !isConfirmed && `a sponsor confirms that ${account.address} speaks for ${did}`,
    accreditations.length === 0 && `${account.address} is accredited to attest`,
    !isKeyRegistered && 'the server registers the key, once the account is confirmed',
    !isOperatorNamed && 'the server is named as operator, once the account is confirmed',
  ].filter((sentence) => sentence !== false)
  return { isConfirmed, isKeyRegistered, isOperatorNamed, accreditations, missing }
}

function isLive(record: AccreditationRecord, time: Seconds): boolean {
  const { right, validFrom, validUntil, withdrawnFrom, annulled } = record
  const isOpen = withdrawnFrom === 0 || time < withdrawnFrom
  return right === 'attest' && !annulled && validFrom <= time && time < validUntil && isOpen
}

/** Scopes as the chain knows them, by hash, have no way back; these are the ones without a certification. */
const knownScopes = new Map(
  ['', 'TrainingCertificate', 'OpenBadge', 'SkillProfile', 'Reference']
    .map((text) => Scope.parse(text))
    .map((scope) => [scopeHash(scope), scope]),
)

function accreditationOf(record: AccreditationRecord): Accreditation {
  const { scope: hash, accreditor, validFrom, validUntil } = record
  const scope = knownScopes.get(hash)
  return {
    ...(scope !== undefined && { scope }),
    scopeHash: hash,
    accreditor,
    validFrom,
    validUntil,
  }
}

import { Did, RegistryError, type Hash, type Signer } from '#sdk'
import type { Context, Issuer, Store } from '../context.ts'
import { keyId } from './issuer-did.ts'
import { recently } from './recent.ts'

/** An issuer, ready to sign. */
export interface SigningIssuer {
  id: string
  slug: string
  did: Did
  /** `issuer` of its credentials. */
  profile: { id: Did } & Record<string, unknown>
  /** Thumbprint of the key that signs. */
  key: Hash
  signer: Signer
}

/** So long a key that another process retired may still sign; the chain decides what that is worth. */
const remember = recently<SigningIssuer>(10)

/** The issuer of a slug or DID, with its newest key. Throws ISSUER_UNKNOWN, ISSUER_NOT_READY. */
export function signingIssuer(
  context: Pick<Context, 'store' | 'keys' | 'now'>,
  name: string,
): Promise<SigningIssuer> {
  return remember(context.store, name, context.now(), () => open(context, name))
}

async function open(
  { store, keys }: Pick<Context, 'store' | 'keys'>,
  name: string,
): Promise<SigningIssuer> {
  const issuer = await find(store, name)
  const { id, slug, did, profile } = issuer
  const { signing } = await store.issuers.keysOf(id)
  const key = signing.findLast(({ retiredAt }) => retiredAt === undefined)
  if (key === undefined) {
    const missing = 'all its keys are retired'
    throw new RegistryError('ISSUER_NOT_READY', { issuer: did, chain: 'this server', missing })
  }
  const signer = await keys.signer(key, keyId(did, key.publicJwk))
  return { id, slug, did, profile: { ...profile, id: did }, key: key.thumbprint, signer }
}

async function find({ issuers }: Store, name: string): Promise<Issuer> {
  const did = Did.safeParse(name)
  const issuer = did.success ? await issuers.byDid(did.data) : await issuers.bySlug(name)
  if (issuer === undefined) throw new RegistryError('ISSUER_UNKNOWN', { issuer: name })
  return issuer
}

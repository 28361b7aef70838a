import { RegistryError, type Format } from '#sdk'
import type { Context, StoredCredential } from '../context.ts'

type Needs = Pick<Context, 'store'>

/** The credential of a locator; throws CREDENTIAL_UNKNOWN. */
export async function findByLocator({ store }: Needs, locator: string): Promise<StoredCredential> {
  const found = await store.credentials.byLocator(locator)
  if (found === undefined) throw new RegistryError('CREDENTIAL_UNKNOWN', { credential: locator })
  return found
}

/**
 * Every format of the award that `name` stands for: a credential's own `id`, or the locator of one of
 * its formats. Throws CREDENTIAL_UNKNOWN; INPUT_INVALID for an `id` that several issuers have used.
 */
export async function findAward(
  { store }: Needs,
  name: string,
): Promise<readonly [StoredCredential, ...StoredCredential[]]> {
  const located = await store.credentials.byLocator(name)
  const formats = await store.credentials.byCredentialId(located?.credentialId ?? name)
  const issuer = located?.issuer ?? formats[0]?.issuer
  const [first, ...others] = formats.filter((credential) => credential.issuer === issuer)
  if (first === undefined) throw new RegistryError('CREDENTIAL_UNKNOWN', { credential: name })
  if (located === undefined && others.length + 1 < formats.length) {
    const problems = ['credentialId: several issuers have used it; give the locator instead']
    throw new RegistryError('INPUT_INVALID', { input: 'request', problems })
  }
  return [first, ...others]
}

/** One format of an award: the one asked for, else the first that was issued. Throws CREDENTIAL_UNKNOWN. */
export async function findCredential(
  needs: Needs,
  name: string,
  format?: Format,
): Promise<StoredCredential> {
  const located = format === undefined && (await needs.store.credentials.byLocator(name))
  if (located) return located
  const award = await findAward(needs, name)
  const found = format === undefined ? award[0] : award.find((each) => each.format === format)
  if (found === undefined) throw new RegistryError('CREDENTIAL_UNKNOWN', { credential: name })
  return found
}

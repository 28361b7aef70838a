import { randomUUID } from 'node:crypto'
import { issuerProfile } from '#sdk'
import type { Context, Issuer } from '../context.ts'
import { signActions, wishesOf } from './issuer-actions.ts'
import { issuerDid } from './issuer-did.ts'
import type { NewIssuer } from './issuer-input.ts'

/**
 * Makes a legal entity an issuer on this server, with a signing key and an account of its own. It can
 * issue once a sponsor has confirmed its account and accredited it, and the reconciler has registered
 * its key. Throws ISSUER_EXISTS.
 */
export async function createIssuer(
  { config, store, keys, chains, jobs, now, log }: Context,
  { slug, name, siret, profile = {}, algorithm }: NewIssuer,
): Promise<Issuer> {
  const did = issuerDid(config.baseUrl, slug)
  const signing = await keys.makeSigningKey(algorithm)
  const account = await keys.makeAccount()
  const operator = await store.operator.get(() => keys.makeAccount())

  const id = randomUUID()
  const signer = await keys.account(account)
  const wishes = wishesOf([signing], operator)
  const actions = await Promise.all(
    chains.map(({ pin }) => signActions(signer, { id, did }, pin, wishes, [], now())),
  )
  const issuer = await store.issuers.create(
    {
      id,
      slug,
      did,
      name,
      profile: issuerProfile({ id: did, name, ...profile, ...(siret && { siret }) }),
    },
    { signing, account },
    actions.flat(),
  )
  log.info('issuer created', { issuer: did })
  for (const { pin } of chains) await jobs.reconcileSoon(pin.chainId)
  return issuer
}

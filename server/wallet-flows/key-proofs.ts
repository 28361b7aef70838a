/**
 * Proofs that a wallet holds the keys that credentials are to be bound to (OpenID4VCI 1.0 section 8.2.1).
 *
 * @module
 */
import { Did, didJwkOf, parse, PublicJwk } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { issuerUrl, resolvedMetadata } from './issuer-metadata.ts'
import { batchSize, holderAlgorithms, libraryOf, told } from './library.ts'
import { useNonce } from './nonce.ts'
import { refused } from './refused.ts'

/** So far from now a proof may say that it was made. */
const toleranceSeconds = 600

/** `proofs` of a credential request: one kind, and at least one proof. */
const Proofs = z.strictObject({ jwt: z.array(z.string()).check(z.minLength(1)) })

/**
 * Checks all proofs and uses up their nonces. Answers the DIDs of the holders, one for each proof, none
 * twice.
 *
 * Throws PROTOCOL_REFUSED: `invalid_proof`, `invalid_nonce`.
 */
export async function checkKeyProofs(
  context: Context,
  slug: string,
  proofs: unknown,
): Promise<readonly Did[]> {
  const given = Proofs.safeParse(proofs)
  if (!given.success) throw invalid('expected {"jwt":[…]} with a proof or more')
  const { jwt } = given.data
  if (jwt.length > batchSize) throw invalid(`more than ${String(batchSize)} keys at once`)
  const checked = await Promise.all(jwt.map((proof) => checkJwtProof(context, slug, proof)))
  const holders = checked.map(({ holder }) => holder)
  if (new Set(holders).size < holders.length) throw invalid('the same key twice')
  for (const nonce of new Set(checked.map((each) => each.nonce))) {
    await useNonce(context, issuerUrl(context, slug), nonce)
  }
  return holders
}

/** The library leaves these to us. */
const Header = z.looseObject({
  alg: z.enum(holderAlgorithms),
  kid: z.optional(z.string()),
  jwk: z.optional(z.unknown()),
  x5c: z.optional(z.never()),
  trust_chain: z.optional(z.never()),
})
const Payload = z.looseObject({ aud: z.string(), iat: z.number(), nonce: z.string() })

async function checkJwtProof(context: Context, slug: string, proof: string) {
  const { header, payload } = await told('invalid_proof', async () =>
    libraryOf(context).issuer.verifyCredentialRequestJwtProof({
      jwt: proof,
      issuerMetadata: await resolvedMetadata(context, slug),
      now: context.now(),
    }),
  )
  const named = Header.safeParse(header)
  if (!named.success) throw invalid('its header names a key or algorithm in another way')
  const said = Payload.safeParse(payload)
  if (!said.success) throw invalid('expected aud, iat and the nonce of the nonce endpoint')
  const age = Math.abs(context.now().getTime() / 1000 - said.data.iat)
  if (!(age <= toleranceSeconds)) throw invalid('iat: too far from now')
  const { kid, jwk } = named.data
  return { holder: holderOf(kid, jwk), nonce: said.data.nonce }
}

/** The holder's DID: the one in `kid`, or that of the key itself. */
function holderOf(kid: string | undefined, jwk: unknown): Did {
  return jwk === undefined
    ? parse(Did, kid?.split('#', 1)[0], 'kid')
    : didJwkOf(parse(PublicJwk, jwk, 'jwk'))
}

function invalid(what: string) {
  return refused('invalid_proof', `proofs: ${what}`)
}

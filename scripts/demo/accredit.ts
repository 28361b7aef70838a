/**
 * Accrediting: the authority the certifiers and the bodies of the assignment, the certifiers the bodies
 * that they habilitated. Whoever accredits a body confirms its DID; the body registers its key.
 *
 * @module
 */
import {
  createSigner,
  Did,
  generateKey,
  issuerIdOf,
  jwkThumbprint,
  Scope,
  type Address,
  type Hash,
  type PrivateJwk,
  type PublicJwk,
  type Seconds,
  type Signer,
} from '#sdk'
import type { Call, Chain } from './chain.ts'
import type { Grant, Registries } from './registries.ts'
import { endOf, never } from './timeline.ts'
import type { Body, Certifier } from './world.ts'

/** A training body that can issue. */
export interface Issuer {
  body: Body
  did: Did
  issuerId: Hash
  account: Address
  /** One for each course, in their order. */
  grants: readonly Grant[]
  publicJwk: PublicJwk
  privateJwk: PrivateJwk
  signer: Signer
  /** Address of its status list, without list and purpose. */
  statusUrl: string
}

const host = 'demo.livret.example'

/** Depth of every scope that is given: `TrainingCertificate/<code>`. */
const depth = 2

/** Gives a body its DID, its account and its key, of which the chain knows nothing yet. */
export async function createIssuer(chain: Chain, { pin }: Registries, body: Body): Promise<Issuer> {
  const { siret, certifier, courses } = body
  const did = Did.parse(`did:web:${host}:issuers:${siret}`)
  const account = await chain.account(siret)
  const accreditor = certifier === undefined ? pin.authority : await chain.account(certifier)
  const { publicJwk, privateJwk } = generateKey('ES256')
  return {
    body,
    did,
    issuerId: issuerIdOf(did),
    account,
    grants: courses.map(({ certification: { code } }) => {
      return { subject: account, right: 'attest', scope: scopeOf(code), accreditor }
    }),
    publicJwk,
    privateJwk,
    signer: createSigner(`${did}#key-1`, privateJwk),
    statusUrl: `https://${host}/issuers/${siret}/status`,
  }
}

/** Lets `operator` anchor. */
export async function accreditOperator(
  chain: Chain,
  { accredit, pin }: Registries,
  operator: Address,
): Promise<void> {
  const grant = { subject: operator, right: 'anchor', accreditor: pin.authority } as const
  await chain.send([accredit({ ...grant, scope: Scope.parse('') }, never, [])])
}

/** Lets certifiers accredit others for their own certifications; says how much gas it took. */
export async function accreditCertifiers(
  chain: Chain,
  { accredit, pin }: Registries,
  certifiers: readonly Certifier[],
): Promise<number> {
  const grants = certifiers.flatMap(({ siret, certifications }) =>
    certifications.map((code) => ({ siret, scope: scopeOf(code) })),
  )
  const calls = grants.map(async ({ siret, scope }) => {
    const subject = await chain.account(siret)
    return accredit({ subject, right: 'accredit', scope, accreditor: pin.authority }, never, [])
  })
  return gasOf(await chain.send(await Promise.all(calls)))
}

/** Accredits and confirms issuers and lets them register their keys; says how much gas it took. */
export async function accreditIssuers(
  chain: Chain,
  registries: Registries,
  issuers: readonly Issuer[],
): Promise<number> {
  const steps: readonly ((issuer: Issuer) => readonly Call[])[] = [
    (issuer) => grantCalls(issuer, registries, chain.now()),
    (issuer) => confirmCalls(issuer, registries),
    ({ account, issuerId, publicJwk }) => [
      registries.registerKey(account, issuerId, jwkThumbprint(publicJwk)),
    ],
  ]
  let gas = 0
  for (const step of steps) gas += gasOf(await chain.send(issuers.flatMap(step)))
  return gas
}

/** Until the certification's own registration ends, if that lies ahead. */
function grantCalls(
  { grants, body }: Issuer,
  { accredit, pin }: Registries,
  now: Seconds,
): readonly Call[] {
  return grants.map((grant, i) => {
    const day = body.courses[i]?.certification.registeredUntil
    const until = day === undefined ? never : endOf(day)
    return accredit(grant, until > now ? until : never, accreditorPath(grant, pin.authority))
  })
}

function confirmCalls(
  { issuerId, grants }: Issuer,
  { confirmIssuer, pin }: Registries,
): readonly Call[] {
  return grants.slice(0, 1).map((grant) => {
    const own = { accreditor: grant.accreditor, number: 0, depth }
    const path = [own, ...accreditorPath(grant, pin.authority)]
    return confirmIssuer(issuerId, grant, grant.accreditor === pin.authority ? [] : path)
  })
}

/** From the accreditor's record up to the authority. */
function accreditorPath({ accreditor }: Grant, authority: Address) {
  return accreditor === authority ? [] : [{ accreditor: authority, number: 0, depth }]
}

function scopeOf(code: string): Scope {
  return Scope.parse(`TrainingCertificate/${code}`)
}

/** Gas of everything that was mined. */
export function gasOf(mined: readonly { gasUsed: number }[]): number {
  return mined.reduce((sum, { gasUsed }) => sum + gasUsed, 0)
}

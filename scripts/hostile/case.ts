/**
 * What a hostile case is, and the ways in which one is put to the verifier.
 *
 * @module
 */
import type { AnchoredCredential, Policy, Report } from '#sdk'
import { forge, type Part } from './forge.ts'
import { challenge, domain, now, type FreshVerifier, type Stand } from './stand.ts'

/** What came of an attack. */
export interface Outcome {
  /** The gravest answer: the first check that failed, else the first that is undecided. */
  code: string
  /** The addresses that were asked. */
  asked: readonly string[]
}

/** One attack, and what it must come to. */
export interface HostileCase {
  name: string
  code: string
  /** The addresses that may be asked; most attacks end before anybody is. */
  mayAsk: readonly string[]
  /** Attacks a verifier that knows nothing yet. The input is made before, so that its time is not counted. */
  run(): Promise<Outcome>
}

/** What has no effect is accepted: then nobody may have been asked for anything. */
export const accepted = 'ACCEPTED'

interface How {
  policy?: Policy
  mayAsk?: readonly string[]
}

export type Attacks = ReturnType<typeof attacksOn>

/** Ways to attack what stands there. */
export function attacksOn(stand: Stand) {
  const { issuer, attacker, document, statusUrl } = stand
  const header = { alg: 'ES256', kid: issuer.kid, typ: 'vc+jwt', cty: 'vc' }
  const claims = { ...document, iss: issuer.did, iat: now - 3600 }
  const claimsText = JSON.stringify(claims)

  const attack = (
    name: string,
    code: string,
    { policy, mayAsk = [] }: How,
    ask: (verifier: FreshVerifier) => Promise<readonly Report[]>,
  ): HostileCase => ({
    name,
    code,
    mayAsk,
    run: async () => {
      const verifier = stand.verifier(policy)
      return { code: gravest(await ask(verifier)), asked: verifier.asked }
    },
  })

  return {
    stand,
    header,
    claims,
    contexts: [document['@context']].flat(),
    /** The claims as JSON, with more members written before them. */
    claimsWith: (members: string) => `{${members},${claimsText.slice(1)}`,
    /** Where the issuer's key stands. */
    issuerDocument: 'https://college.example/.well-known/did.json',
    lists: [`${statusUrl}/revocation`, `${statusUrl}/suspension`],

    /** A token that the issuer itself signed: only what is wrong with it stands against it. */
    byIssuer: (head: Part = header, payload: Part = claims) =>
      forge(head, payload, (data) => issuer.signer.sign(data)),
    byAttacker: (head: Part = header, payload: Part = claims) =>
      forge(head, payload, (data) => attacker.signer.sign(data)),

    credential: (name: string, code: string, input: string | AnchoredCredential, how: How = {}) =>
      attack(name, code, how, async (verifier) => [await verifier.verifyCredential(input)]),
    presentation: (name: string, code: string, presentation: string, how: How = {}) =>
      attack(name, code, how, async (verifier) => {
        const input = { presentation, challenge, domain }
        const report = await verifier.verifyPresentation(input)
        return [report.presentation, ...report.credentials]
      }),
  }
}

/** A status entry in the list at an address. */
export function listedAt(statusListCredential: string) {
  const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
  return [{ id: 'urn:x:1', ...entry, statusListIndex: '4711', statusListCredential }]
}

function gravest(reports: readonly Report[]): string {
  if (reports.every(({ verdict }) => verdict === 'valid')) return accepted
  const checks = reports.flatMap((report) => report.checks)
  const worst =
    checks.find(({ status }) => status === 'failed') ??
    checks.find(({ status }) => status === 'undecided')
  return worst?.code ?? accepted
}

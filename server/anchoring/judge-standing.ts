import {
  issuerIdOf,
  judgeAccreditation,
  judgeBinding,
  judgeKey,
  type Address,
  type ChainView,
  type Did,
  type Hash,
  type Scope,
  type Seconds,
} from '#sdk'

/** Whose credential it is, under which key, for what. */
export interface Claim {
  did: Did
  /** Thumbprint of the signing key. */
  key: Hash
  scopes: readonly Scope[]
}

/** Whether a credential would count if it were anchored at a time, or what stands in its way first. */
export type Standing =
  | { stands: true; account: Address }
  | { stands: false; subject: 'binding' | 'key'; reason: string }
  | { stands: false; subject: 'accreditation'; reason: string; scope: Scope }

/** Judges an issuer at `time` as a verifier will: who speaks for it, its key, and every scope. */
export async function judgeStanding(
  view: ChainView,
  { did, key, scopes }: Claim,
  time: Seconds,
): Promise<Standing> {
  const issuerId = issuerIdOf(did)
  const [issuer, keyState] = await Promise.all([view.issuerOf(issuerId), view.keyOf(issuerId, key)])
  const binding = judgeBinding(issuer, time)
  if (!binding.bound) return { stands: false, subject: 'binding', reason: binding.reason }
  const judgement = judgeKey(keyState, issuer, time)
  if (!judgement.good) return { stands: false, subject: 'key', reason: judgement.reason }
  const { account } = binding
  for (const scope of scopes) {
    const accreditation = await judgeAccreditation(view, account, 'attest', scope, time)
    if (!accreditation.accredited) {
      return { stands: false, subject: 'accreditation', reason: accreditation.reason, scope }
    }
  }
  return { stands: true, account }
}

/** A standing that fell, in one word for log and store: `key-retired`, `accreditation-withdrawn`. */
export function reasonOf(standing: Exclude<Standing, { stands: true }>): string {
  return `${standing.subject}-${standing.reason}`
}

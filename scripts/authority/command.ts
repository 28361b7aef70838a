/**
 * What a command line of `npm run accredit` asks for, step by step.
 *
 * @module
 */
import { Address, DateTimeStamp, Did, parse, RegistryError, Scope, type Seconds } from '#sdk'
import { findIssuer } from './find-issuer.ts'
import {
  annulments,
  openEnd,
  type Annulment,
  type Grant,
  type Outcome,
  type Sponsor,
} from './sponsor.ts'

export const usage = `npm run accredit -- --issuer SLUG|DID --scope SCOPE… [--until DATE] [--account ADDRESS]
npm run accredit -- --operator ADDRESS [--until DATE]
npm run accredit -- … --withdraw [--at DATE]      ends the right; what was anchored before stays good
npm run accredit -- … --annul error|fraud|court   says that it never was valid

SCOPE    TrainingCertificate, or TrainingCertificate/RNCP34079, …
DATE     2027-12-31, or 2027-12-31T23:59:59Z
--policy FILE, LIVRET_POLICY    the chains; else policy.json in the data directory
LIVRET_AUTHORITY_KEY            file with the authority's key; else the demo authority's
LIVRET_URL                      the server that is asked for the issuer's account, unless --account says it`

/** The options of a command line. */
export interface Options {
  issuer?: string | undefined
  account?: string | undefined
  scope?: string[] | undefined
  until?: string | undefined
  operator?: string | undefined
  withdraw?: boolean | undefined
  at?: string | undefined
  annul?: string | undefined
}

/** One thing to do on each chain. */
export interface Step {
  words: string
  run: (sponsor: Sponsor) => Promise<Outcome>
}

/** For how many seconds from now on a withdrawn right lasts, so that the transaction comes in time. */
const noticeSeconds = 30

/** Throws INPUT_INVALID for options that make no sense together. */
export async function planOf(
  options: Options,
  serverUrl: string | undefined,
  now: Date,
): Promise<readonly Step[]> {
  const { issuer, operator, scope = [], withdraw = false, annul } = options
  if ((issuer === undefined) === (operator === undefined)) {
    throw invalid('give either --issuer or --operator')
  }
  if (withdraw && annul !== undefined) throw invalid('give either --withdraw or --annul')
  if (operator !== undefined) {
    if (scope.length > 0) throw invalid('--operator has no --scope: it anchors for all')
    const subject = parse(Address, operator.toLowerCase(), '--operator')
    return [stepOf(options, { subject, right: 'anchor', scope: Scope.parse('') }, now)]
  }
  if (scope.length === 0) throw invalid('--issuer needs a --scope')
  const found = await findIssuer(issuer ?? '', options.account, serverUrl)
  const grants = scope.map((text): Grant => {
    return { subject: found.account, right: 'attest', scope: parse(Scope, text, '--scope') }
  })
  const steps = grants.map((grant) => stepOf(options, grant, now))
  const [first] = grants
  if (withdraw || annul !== undefined || first === undefined) return steps
  return [...steps, confirmation(found.did, first)]
}

function confirmation(did: Did, grant: Grant): Step {
  return {
    words: `${grant.subject} speaks for ${did}`,
    run: (sponsor) => sponsor.confirm(did, grant),
  }
}

function stepOf({ withdraw, at, annul, until }: Options, grant: Grant, now: Date): Step {
  const right = grant.right === 'anchor' ? 'to anchor' : `to attest ${grant.scope}`
  const what = `the right of ${grant.subject} ${right}`
  if (annul !== undefined) {
    if (!isAnnulment(annul)) throw invalid('--annul: expected error, fraud or court')
    return { words: `${what} never was valid`, run: (sponsor) => sponsor.annul(grant, annul) }
  }
  if (withdraw === true) {
    const end =
      at === undefined ? Math.ceil(now.getTime() / 1000) + noticeSeconds : secondsOf(at, '--at')
    const words = `${what} ends at ${new Date(end * 1000).toISOString()}`
    return { words, run: (sponsor) => sponsor.withdraw(grant, end) }
  }
  const end = until === undefined ? openEnd : secondsOf(until, '--until')
  const words = `${grant.subject} has the right ${right}${until === undefined ? '' : ` until ${until}`}`
  return { words, run: (sponsor) => sponsor.accredit(grant, end) }
}

function isAnnulment(text: string): text is Annulment {
  return text in annulments
}

/** A date counts as its first second in UTC. */
function secondsOf(text: string, option: string): Seconds {
  const time = DateTimeStamp.safeParse(text.includes('T') ? text : `${text}T00:00:00Z`)
  if (!time.success) throw invalid(`${option}: expected a date such as 2027-12-31`)
  return Math.floor(Date.parse(time.data) / 1000)
}

function invalid(problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: 'command', problems: [problem] })
}

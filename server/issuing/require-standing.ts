import { RegistryError, type ChainView, type Seconds } from '#sdk'
import { judgeStanding, type Claim, type Standing } from '../anchoring/judge-standing.ts'
import { secondsUntilAnchored } from '../anchoring/patience.ts'
import type { Chain, Config, Context } from '../context.ts'
import { recently } from './recent.ts'

/** For how long a standing at a block is not judged again, though time goes on. */
const judgedSeconds = 10
const rememberStanding = recently<Standings>(judgedSeconds)

/** An issuer's standing as a credential is signed, and when it will be anchored at the latest. */
interface Standings {
  now: Standing
  then: Standing
  patience: Seconds
}

/**
 * Throws unless the issuer, its key and its accreditation for all scopes are good on every chain that
 * answers, as of a final block, and will be until the credential is anchored: ISSUER_NOT_READY,
 * NOT_ACCREDITED; CHAIN_UNREACHABLE if no chain answers.
 */
export async function requireStanding(
  context: Pick<Context, 'chains' | 'config' | 'now'>,
  claim: Claim,
): Promise<void> {
  const looks = await Promise.allSettled(
    context.chains.map((chain) => requireStandingOn(chain, context, claim)),
  )
  const refused = looks.find((look) => look.status === 'rejected' && !isOutage(look.reason))
  const reached = looks.find((look) => look.status === 'fulfilled')
  const outcome = refused ?? reached ?? looks[0]
  if (outcome?.status === 'rejected') throw outcome.reason
}

function isOutage(reason: unknown): boolean {
  return (
    reason instanceof RegistryError &&
    (reason.code === 'CHAIN_UNREACHABLE' || reason.code === 'CHAIN_MISMATCH')
  )
}

async function requireStandingOn(
  chain: Chain,
  { config, now }: Pick<Context, 'config' | 'now'>,
  claim: Claim,
): Promise<void> {
  const view = await chain.recent.view()
  const standings = await standingsAt(view, chain, config, claim, now())
  if (standings.now.stands && standings.then.stands) return
  // Who was accredited a second ago is not refused for what was seen before.
  const newest = await chain.final.view()
  refuseFallen(chain, claim, await standingsAt(newest, chain, config, claim, now()))
}

function standingsAt(
  view: ChainView,
  chain: Chain,
  config: Config,
  claim: Claim,
  now: Date,
): Promise<Standings> {
  const key = [claim.did, claim.key, ...claim.scopes].join(' ')
  return rememberStanding(view, key, now, async () => {
    const time = Math.max(view.block.timestamp, Math.floor(now.getTime() / 1000))
    const patience = secondsUntilAnchored(chain, config)
    return {
      now: await judgeStanding(view, claim, time),
      then: await judgeStanding(view, claim, time + patience + judgedSeconds),
      patience,
    }
  })
}

function refuseFallen({ pin }: Chain, claim: Claim, { now, then, patience }: Standings): void {
  const [standing, when] = now.stands
    ? [then, `within the ${patience} seconds that anchoring may take`]
    : [now, 'now']
  if (standing.stands) return
  const [issuer, chain] = [claim.did, pin.name]
  if (standing.subject === 'accreditation') {
    const reason = `${words[standing.reason] ?? standing.reason} ${when}`
    throw new RegistryError('NOT_ACCREDITED', { issuer, scope: standing.scope, chain, reason })
  }
  const subject = standing.subject === 'key' ? 'its key' : 'its account'
  const missing = `${subject} is not good (${standing.reason}) ${when}`
  throw new RegistryError('ISSUER_NOT_READY', { issuer, chain, missing })
}

/** Reasons of `judgeAccreditation`, so that they fit before "now" and "within". */
const words: Readonly<Record<string, string>> = {
  none: 'it has no accreditation',
  'not-covered': 'no accreditation covers it',
  withdrawn: 'its accreditation is withdrawn',
  annulled: 'its accreditation is annulled',
  expired: 'its accreditation ends',
  'not-yet': 'its accreditation has not begun',
}

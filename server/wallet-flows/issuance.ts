/**
 * An offer on its way into a wallet, as it is kept.
 *
 * @module
 */
import { Did, parse, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import type { Context, Flow } from '../context.ts'
import { refused } from './refused.ts'

/** How far one configuration of an offer has come. */
const Progress = z.strictObject({
  /** `issuing` while one request is being served. */
  state: z.enum(['open', 'issuing', 'pending', 'issued']),
  /** The holder's DIDs that asked while an approval is pending, each with a key of its own. */
  holders: z.optional(z.array(Did)),
  /** Since when it has been `issuing`, in milliseconds of Unix time. */
  since: z.optional(z.number()),
  /** What was issued. */
  locators: z.optional(z.array(z.string())),
  /** What the wallet said of it. */
  event: z.optional(z.enum(['credential_accepted', 'credential_failure', 'credential_deleted'])),
})
export type Progress = z.infer<typeof Progress>

/** What is kept of an offer. */
export const Issuance = z.strictObject({
  /** Slug of the issuer. */
  issuer: z.string(),
  credentialId: z.string(),
  /** The content, without its holder; gone once everything is issued. */
  credential: z.optional(z.record(z.string(), z.unknown())),
  configurations: z.record(z.string(), Progress),
  approval: z.enum(['given', 'pending', 'refused']),
  /** Seal over the transaction code. */
  txCode: z.optional(z.string()),
  /** Whether its holder signs in, instead of bringing the offer's code. */
  needsSignIn: z.optional(z.boolean()),
  /** Until when its code may be redeemed, ISO 8601. */
  redeemableUntil: z.string(),
  /** Thumbprint of the key that the access token is bound to (DPoP). */
  tokenKey: z.optional(z.string()),
  /** Whether the wallet must name what it wants by `credential_identifier`. */
  isIdentified: z.optional(z.boolean()),
})
export type Issuance = z.infer<typeof Issuance>

/** A flow of kind `issuance`, read. */
export interface OpenIssuance {
  flow: Flow
  issuance: Issuance
}

/** Reads what was kept. */
export function issuanceOf(flow: Flow): OpenIssuance {
  return { flow, issuance: parse(Issuance, flow.data, 'issuance') }
}

/** The issuance `id`; throws FLOW_UNKNOWN. */
export async function findIssuance(
  { store }: Pick<Context, 'store'>,
  id: string,
): Promise<OpenIssuance> {
  const isId = z.uuid().safeParse(id).success
  const flow = isId ? await store.flows.byId(id) : undefined
  if (flow?.kind !== 'issuance') throw new RegistryError('FLOW_UNKNOWN', { flow: id })
  return issuanceOf(flow)
}

/** How often a change is tried when other processes change the same flow. */
const attempts = 5

/**
 * Changes an issuance as it is now; `change` may be called again, and throws what it refuses. Answers
 * what was saved.
 */
export async function changeIssuance(
  context: Pick<Context, 'store'>,
  id: string,
  change: (issuance: Issuance) => Issuance,
): Promise<OpenIssuance> {
  for (let i = 0; i < attempts; i++) {
    const { flow, issuance } = await findIssuance(context, id)
    const changed = change(issuance)
    const next = { ...flow, data: withoutWhatIsDone(changed) }
    if (await context.store.flows.save(next)) return { flow: next, issuance: changed }
  }
  throw refused('server_error', 'too much happens to this offer at the same time; ask again')
}

/** Changes one configuration of an issuance. */
export function changeProgress(
  context: Pick<Context, 'store'>,
  id: string,
  configuration: string,
  change: (progress: Progress) => Progress,
): Promise<OpenIssuance> {
  return changeIssuance(context, id, (issuance) => {
    const progress = issuance.configurations[configuration]
    if (progress === undefined) {
      throw refused('unknown_credential_configuration', 'it is not part of the offer')
    }
    return {
      ...issuance,
      configurations: { ...issuance.configurations, [configuration]: change(progress) },
    }
  })
}

/** The content is kept no longer than it is needed. */
function withoutWhatIsDone({ credential, ...rest }: Issuance): Issuance {
  const isDone = Object.values(rest.configurations).every(({ state }) => state === 'issued')
  return isDone || credential === undefined ? rest : { ...rest, credential }
}

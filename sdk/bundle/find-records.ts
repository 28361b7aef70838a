import type { RecordName } from '../chain/registry-calls.ts'
import type { AccreditationRecord, ChainView } from '../chain/source.ts'
import { isRegistryError } from '../errors.ts'
import type { DecodedCredential } from '../formats/decoded.ts'
import type { Seconds } from '../model/primitives.ts'
import type { Scope } from '../model/scope.ts'
import { scopesOf } from '../model/scopes-of.ts'
import { judgeAccreditation } from '../trust/judge-accreditation.ts'
import { judgeBinding } from '../trust/judge-binding.ts'
import { withNegativeFacts } from '../verify/negative-facts.ts'
import { recordOrder } from './bundle.ts'
import type { Questions } from './questions.ts'

/** A chain that is asked for evidence. */
export interface AskedChain {
  view: ChainView
  questions: Questions
}

/**
 * The records that a bundle must name for each chain, in the chains' order: those by which the issuer was accredited
 * when the credential was anchored, or the one that speaks against it. With several chains, each names them all to
 * the end of their series, so that none can hide how another ended.
 */
export async function findRecords(
  chains: readonly AskedChain[],
  { credential }: DecodedCredential,
): Promise<readonly (readonly RecordName[])[]> {
  const scopes = scopesIn(credential)
  const found = await Promise.all(chains.map((chain) => recordsOn(chain, chains, scopes)))
  if (chains.length === 1) return found.map(inOrder)
  const series = new Map(found.flat().map((name) => [seriesOrder(name), name]))
  return Promise.all(
    chains.map(async ({ view }) => {
      const whole = await Promise.all([...series.values()].map((name) => wholeSeries(view, name)))
      return inOrder(whole.flat())
    }),
  )
}

async function recordsOn(
  { view, questions }: AskedChain,
  chains: readonly AskedChain[],
  scopes: readonly Scope[],
): Promise<readonly RecordName[]> {
  const time = (await anchoredAt({ view, questions })) ?? view.block.timestamp
  const others = chains.map((each) => each.view).filter((each) => each !== view)
  const merged = withNegativeFacts(view, others, time)
  const binding = judgeBinding(await merged.issuerOf(questions.issuerId), time)
  if (!binding.bound) return []
  const judgements = await Promise.all(
    scopes.map((scope) => judgeAccreditation(merged, binding.account, 'attest', scope, time)),
  )
  return judgements.flatMap((judgement) =>
    judgement.accredited ? judgement.path : (judgement.record ?? []),
  )
}

async function anchoredAt({ view, questions }: AskedChain): Promise<Seconds | undefined> {
  const { operators, root } = questions
  const anchors = await Promise.all(operators.map((operator) => view.anchorOf(operator, root)))
  const times = anchors.flatMap((anchor) => anchor?.anchoredAt ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** The series of a record up to the first number that is free. */
async function wholeSeries(view: ChainView, name: RecordName): Promise<readonly RecordName[]> {
  const isSame = (record: AccreditationRecord) => seriesOrder(record) === seriesOrder(name)
  const there = (await view.accreditationsOf(name.subject)).filter(isSame)
  return Array.from({ length: there.length + 1 }, (_, number) => ({ ...name, number }))
}

function seriesOrder(name: RecordName): string {
  return recordOrder({ ...name, number: 0 })
}

/** Bare names, each once, as a bundle lists them. */
function inOrder(names: readonly RecordName[]): readonly RecordName[] {
  const bare = names.map(({ subject, right, scope, accreditor, number }) => ({
    subject,
    right,
    scope,
    accreditor,
    number,
  }))
  const byOrder = new Map(bare.map((name) => [recordOrder(name), name]))
  return [...byOrder].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
}

function scopesIn(credential: DecodedCredential['credential']): readonly Scope[] {
  try {
    return scopesOf(credential)
  } catch (error) {
    if (isRegistryError(error)) return []
    throw error
  }
}

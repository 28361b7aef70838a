/**
 * A revocation, annulment, compromise or end that is final on *any* chain of the policy applies to
 * all of them (DESIGN section 5): whoever can end something on one chain has ended it.
 *
 * What is positive never crosses: a key registered on one chain is not registered on another.
 *
 * @module
 */
import type {
  AccreditationRecord,
  ChainView,
  IssuerBinding,
  IssuerState,
  KeyState,
} from '../chain/source.ts'
import type { Seconds } from '../model/primitives.ts'

/**
 * Looks at one chain with the negative facts of the others laid over it.
 *
 * @param view - The chain whose positive facts count.
 * @param others - The other chains of the policy.
 * @param time - The instant that will be judged at: an end on another chain that was followed by a
 *   new beginning there, both before `time`, ends nothing.
 * @returns `view` itself if there are no others.
 */
export function withNegativeFacts(
  view: ChainView,
  others: readonly ChainView[],
  time: Seconds,
): ChainView {
  if (others.length === 0) return view
  return {
    pin: view.pin,
    block: view.block,
    anchorOf: (operator, root) => view.anchorOf(operator, root),

    async keyOf(issuerId, thumbprint) {
      const [own, ...theirs] = await askAll((each) => each.keyOf(issuerId, thumbprint))
      return own && theirs.reduce<KeyState>(endKey, own)
    },

    async issuerOf(issuerId) {
      const [own, ...theirs] = await askAll((each) => each.issuerOf(issuerId))
      return (
        own && theirs.reduce<IssuerState>((state, other) => endBindings(state, other, time), own)
      )
    },

    async accreditationsOf(subject) {
      const [own = [], ...theirs] = await askAll((each) => each.accreditationsOf(subject))
      return own.map((record) =>
        theirs.reduce((ended, records) => endRecord(ended, records, time), record),
      )
    },

    async statusOf(issuerId, list, word) {
      const words = await askAll((each) => each.statusOf(issuerId, list, word))
      return {
        revoked: words.reduce((all, { revoked }) => all | revoked, 0n),
        suspended: words.reduce((all, { suspended }) => all | suspended, 0n),
      }
    },
  }

  function askAll<T>(question: (view: ChainView) => Promise<T>): Promise<readonly T[]> {
    return Promise.all([view, ...others].map(question))
  }
}

function endKey(own: KeyState, other: KeyState | undefined): KeyState {
  if (other === undefined) return own
  return {
    ...own,
    retiredAt: earlier(own.retiredAt, other.retiredAt),
    compromisedSince: earlier(own.compromisedSince, other.compromisedSince),
  }
}

/**
 * A binding that the other chain annuls is annulled; if nobody speaks for the issuer there any longer,
 * nobody does here. That another account does there is a rotation under way, and ends nothing.
 */
function endBindings(own: IssuerState, other: IssuerState | undefined, time: Seconds): IssuerState {
  const theirs = other?.bindings ?? []
  const spoke = theirs.filter(({ annulled, until }) => !annulled && until <= time)
  const released = theirs.some((each) => isBoundAt(each, time))
    ? undefined
    : spoke.map(({ until }) => until).reduce<Seconds | undefined>(latest, undefined)
  const bindings = own.bindings.map((binding, number) => ({
    ...binding,
    annulled: binding.annulled || isAnnulled(binding, number, theirs, time),
    until: Math.min(binding.until, released ?? binding.until),
  }))
  return { ...own, bindings }
}

/** Whether the other chain annuls the same binding, or one of the same account that was never renewed. */
function isAnnulled(
  { account }: IssuerBinding,
  number: number,
  theirs: readonly IssuerBinding[],
  time: Seconds,
): boolean {
  const twin = theirs[number]
  if (twin?.account === account) return twin.annulled
  const same = theirs.filter((each) => each.account === account)
  return same.some(({ annulled }) => annulled) && !same.some((each) => isBoundAt(each, time))
}

function endRecord(
  own: AccreditationRecord,
  others: readonly AccreditationRecord[],
  time: Seconds,
): AccreditationRecord {
  const same = others.filter(
    ({ right, scope, accreditor }) =>
      right === own.right && scope === own.scope && accreditor === own.accreditor,
  )
  if (same.some((each) => isGoodAt(each, time))) return own
  const withdrawn = same.filter(({ withdrawnFrom }) => withdrawnFrom !== 0 && withdrawnFrom <= time)
  return {
    ...own,
    annulled: own.annulled || same.some(({ annulled }) => annulled),
    withdrawnFrom: withdrawn.reduce(
      (first, each) => earlier(first, each.withdrawnFrom),
      own.withdrawnFrom,
    ),
  }
}

function isGoodAt(record: AccreditationRecord, time: Seconds): boolean {
  const { annulled, validFrom, validUntil, withdrawnFrom } = record
  const isWithdrawn = withdrawnFrom !== 0 && withdrawnFrom <= time
  return !annulled && !isWithdrawn && validFrom <= time && time < validUntil
}

function isBoundAt({ annulled, from, until }: IssuerBinding, time: Seconds): boolean {
  return !annulled && from <= time && time < until
}

/** The earlier of two times of which 0 means "never". */
function earlier(a: Seconds, b: Seconds): Seconds {
  return a === 0 || b === 0 ? a + b : Math.min(a, b)
}

function latest(a: Seconds | undefined, b: Seconds): Seconds {
  return a === undefined ? b : Math.max(a, b)
}

/**
 * What the AccreditationRegistry has to remember and to answer, put as plainly as can be: a list of entries, and
 * recursion up to the authority. `IAccreditationPaths` and `IAccreditations` are its specification.
 *
 * @module
 */
import type { Right } from '../../sdk/chain/source.ts'
import { labelsOf, type Scope } from '../../sdk/model/scope.ts'
import type { Address } from '../../sdk/model/primitives.ts'
import type { PathLink } from '../../sdk/trust/path-links.ts'

/** One accreditation. */
export interface Entry {
  subject: Address
  right: Right
  scope: Scope
  accreditor: Address
  number: number
  from: number
  until: number
  /** Infinity: not withdrawn. */
  withdrawn: number
  annulled: boolean
  /** By which its accreditor could give it; none if the authority gave it. */
  parent: Entry | undefined
}

/** What is asked for: a right over a scope. */
export interface Question {
  subject: Address
  right: Right
  scope: Scope
}

type Path = readonly PathLink[]

/** The most records in a path, the subject's own included. */
const mostLinks = 6

const depthOf = (scope: Scope) => labelsOf(scope).length
const covers = (wide: Scope, scope: Scope) =>
  wide === '' || scope === wide || scope.startsWith(`${wide}/`)
const holds = (entry: Entry, time: number) =>
  !entry.annulled && entry.from <= time && time < Math.min(entry.until, entry.withdrawn)
const lineage = (entry: Entry): Entry[] => [
  entry,
  ...(entry.parent === undefined ? [] : lineage(entry.parent)),
]

export type HistoryModel = ReturnType<typeof createHistory>

/** An empty registry. What changes it answers whether the contract may accept it. */
export function createHistory(authority: Address) {
  const entries: Entry[] = []

  /** The entries that a path names, if it leads up to the authority and ends there. */
  function along({ subject, right, scope }: Question, path: Path): readonly Entry[] | undefined {
    const [link, ...above] = path
    const entry = entries.find(
      (each) =>
        each.subject === subject &&
        each.right === right &&
        covers(each.scope, scope) &&
        depthOf(each.scope) === link?.depth &&
        each.accreditor === link.accreditor &&
        each.number === link.number,
    )
    if (entry === undefined) return undefined
    if (entry.accreditor === authority) return above.length === 0 ? [entry] : undefined
    const rest = along({ subject: entry.accreditor, right: 'accredit', scope: entry.scope }, above)
    return rest && [entry, ...rest]
  }

  /** `accreditationAt`: whether a path shows that the right was held at `time`. */
  const isShown = (question: Question, path: Path, time: number, most = mostLinks): boolean =>
    question.subject === authority ||
    (path.length <= most && (along(question, path)?.every((each) => holds(each, time)) ?? false))

  /** What `judgeAccreditation` answers: whether any path would show it. */
  const isAccredited = (question: Question, time: number, most = mostLinks): boolean =>
    question.subject === authority ||
    (most > 0 &&
      entries.some(
        ({ accreditor, ...each }, i) =>
          each.subject === question.subject &&
          each.right === question.right &&
          covers(each.scope, question.scope) &&
          holds(entries[i]!, time) &&
          isAccredited(
            { subject: accreditor, right: 'accredit', scope: each.scope },
            time,
            most - 1,
          ),
      ))

  /** Whether `actor` is the authority, or gave the entry or one it descends from and may still accredit. */
  function isAbove(actor: Address, entry: Entry, path: Path, now: number): boolean {
    if (actor === authority) return true
    const line = lineage(entry)
    const steps = line.findIndex(({ accreditor }) => accreditor === actor)
    const own = line[steps]
    if (own === undefined || path.length > mostLinks - 1) return false
    const isDescent = line.slice(1, steps + 1).every((each, i) => {
      const link = path[i]
      const isNamed = link?.accreditor === each.accreditor && link.number === each.number
      return isNamed && link.depth === depthOf(each.scope)
    })
    const question = { subject: actor, right: 'accredit', scope: own.scope } as const
    return isDescent && isShown(question, path.slice(steps), now)
  }

  return {
    entries,
    isShown,
    isAccredited,
    accredit(now: number, actor: Address, asked: Question, until: number, path: Path): boolean {
      const same = entries.filter(
        ({ subject, right, scope, accreditor }) =>
          accreditor === actor &&
          subject === asked.subject &&
          right === asked.right &&
          scope === asked.scope,
      )
      const stands = (each: Entry) =>
        each.until === until && each.withdrawn === Infinity && holds(each, now)
      if (same.some(stands)) return true
      const question = { subject: actor, right: 'accredit', scope: asked.scope } as const
      const isSound = until > now && (asked.right !== 'anchor' || asked.scope === '')
      if (!isSound || !isShown(question, path, now, mostLinks - 1)) return false
      const parent = actor === authority ? undefined : along(question, path)?.[0]
      const period = { from: now, until, withdrawn: Infinity, annulled: false }
      entries.push({ ...asked, accreditor: actor, number: same.length, ...period, parent })
      return true
    },
    withdraw(now: number, actor: Address, entry: Entry, at: number, path: Path): boolean {
      if (!isAbove(actor, entry, path, now)) return false
      if (entry.from <= at && !holds(entry, at)) return true
      if (at < now) return false
      entry.withdrawn = at
      return true
    },
    annul(now: number, actor: Address, entry: Entry, path: Path): boolean {
      const isReserved = entry.right === 'accredit' && actor !== authority
      if (isReserved || !isAbove(actor, entry, path, now)) return false
      entry.annulled = true
      return true
    },
    /** Paths that entries suggest, whether or not they hold or cover each other; at most four links. */
    pathsFor({ subject, right, scope }: Question, links = 4): PathLink[][] {
      if (links === 0) return [[]]
      return entries
        .filter((each) => each.subject === subject && each.right === right)
        .filter((each) => covers(each.scope, scope))
        .flatMap((each) => {
          const link = {
            accreditor: each.accreditor,
            number: each.number,
            depth: depthOf(each.scope),
          }
          const up = { subject: each.accreditor, right: 'accredit', scope } as const
          const above = each.accreditor === authority ? [[]] : this.pathsFor(up, links - 1)
          return above.map((path) => [link, ...path])
        })
        .slice(0, 24)
    },
    /** The links from an entry's accreditor up to the one that gave its last ancestor. */
    descentOf: (entry: Entry): PathLink[] =>
      lineage(entry)
        .slice(1)
        .map(({ accreditor, number, scope }) => ({ accreditor, number, depth: depthOf(scope) })),
  }
}

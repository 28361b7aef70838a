/**
 * What the AccreditationRegistry has to remember of one issuer and its keys, put as plainly as can be. The authority is
 * its sponsor. `IIssuers` and `IIssuerKeys` are the specification.
 *
 * @module
 */
import type { Address, Hash } from '../../sdk/model/primitives.ts'

/** A period in which an account spoke for the issuer. */
interface Period {
  account: Address
  from: number
  until: number
  annulled: boolean
}

/** One key. */
interface Key {
  /** Under which period, and since when; none if it was only reported. */
  registered?: { at: number; under: Period }
  /** Infinity: not. */
  retired: number
  compromised: number
}

const thirtyDays = 30 * 86_400

export type IssuerModel = ReturnType<typeof createIssuerHistory>

/** An issuer that nobody has confirmed. What changes it answers whether the contract may accept it. */
export function createIssuerHistory(authority: Address) {
  const periods: Period[] = []
  const keys = new Map<Hash, Key>()

  const current = () => periods.filter((each) => each.until === Infinity && !each.annulled).at(-1)
  const keyOf = (thumbprint: Hash): Key =>
    keys.get(thumbprint) ?? { retired: Infinity, compromised: Infinity }
  const hasEnded = ({ retired, compromised }: Key) => Math.min(retired, compromised) !== Infinity
  const endLast = (now: number) => {
    const last = periods.at(-1)
    if (last?.until === Infinity) last.until = now
  }

  return {
    /** The account that speaks for the issuer now. */
    account: () => current()?.account,
    confirm(now: number, account: Address): boolean {
      if (current()?.account === account) return true
      endLast(now)
      periods.push({ account, from: now, until: Infinity, annulled: false })
      return true
    },
    release(now: number): boolean {
      if (periods.length === 0) return false
      if (current() !== undefined) endLast(now)
      return true
    },
    annul(number: number): boolean {
      const period = periods[number]
      if (period === undefined) return false
      period.annulled = true
      return true
    },
    register(now: number, actor: Address, thumbprint: Hash): boolean {
      const [under, key] = [current(), keyOf(thumbprint)]
      if (under?.account !== actor) return false
      if (hasEnded(key)) return false
      const stands = key.registered !== undefined && !key.registered.under.annulled
      if (!stands) keys.set(thumbprint, { ...key, registered: { at: now, under } })
      return true
    },
    retire(now: number, actor: Address, thumbprint: Hash, at: number): boolean {
      const key = keyOf(thumbprint)
      if (current()?.account !== actor || key.registered === undefined) return false
      if (Math.min(key.retired, key.compromised) <= at) return true
      if (at < now) return false
      keys.set(thumbprint, { ...key, retired: at })
      return true
    },
    report(now: number, actor: Address, thumbprint: Hash, since: number): boolean {
      const mayReport = actor === authority || current()?.account === actor
      if (since > now || !mayReport) return false
      const earliest = actor === authority ? 1 : now - thirtyDays
      const key = keyOf(thumbprint)
      const compromised = Math.min(key.compromised, Math.max(since, earliest))
      keys.set(thumbprint, { ...key, compromised })
      return true
    },
    /** How many times an account came to speak for the issuer. */
    count: () => periods.length,
    /** When the key was retired and compromised, as the contract writes it: 0 for never. */
    endsOf(thumbprint: Hash): readonly [number, number] {
      const { retired, compromised } = keyOf(thumbprint)
      return [retired === Infinity ? 0 : retired, compromised === Infinity ? 0 : compromised]
    },
    /** Which account spoke for the issuer at `time`, as known now. */
    spokeAt: (time: number): Address | undefined =>
      periods.find((each) => !each.annulled && each.from <= time && time < each.until)?.account,
    /** Whether a signature with the key, dated `time`, counts. */
    isGood(thumbprint: Hash, time: number): boolean {
      const { registered, retired, compromised } = keyOf(thumbprint)
      if (registered === undefined || registered.under.annulled) return false
      return registered.at <= time && time < Math.min(retired, compromised)
    },
    /** Every second at which an answer may change, and the ones beside it. */
    turns(): readonly number[] {
      const ends = [...keys.values()].flatMap((key) => [
        key.registered?.at ?? Infinity,
        key.retired,
        key.compromised,
      ])
      const seconds = [...periods.flatMap(({ from, until }) => [from, until]), ...ends]
      return [...new Set(seconds.filter(Number.isFinite).flatMap((at) => [at - 1, at]))]
    },
  }
}

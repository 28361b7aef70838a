/**
 * The small types everything else is made of. Each is a branded string, so that the compiler keeps
 * an address out of a place for a hash, and each has one schema through which strings become it.
 *
 * @module
 */
import * as z from 'zod/mini'

const hash = /^0x[0-9a-f]{64}$/

/** 32 bytes as `0x` and 64 lower-case hex digits. */
export const Hash = z
  .string()
  .check(z.regex(hash, 'expected 0x and 64 lower-case hex digits'))
  .brand<'Hash'>()
export type Hash = z.infer<typeof Hash>

/** {@link Hash} without a schema's time, for hashes that are made by the thousand. */
export function isHash(text: string): text is Hash {
  return hash.test(text)
}

/** A 20-byte account or contract address as `0x` and 40 lower-case hex digits. */
export const Address = z
  .string()
  .check(z.regex(/^0x[0-9a-f]{40}$/, 'expected 0x and 40 lower-case hex digits'))
  .brand<'Address'>()
export type Address = z.infer<typeof Address>

/** A DID as in DID Core 1.0, section 3.1, without path, query or fragment. */
export const Did = z
  .string()
  .check(
    z.maxLength(2048),
    z.regex(
      /^did:[a-z0-9]+:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}|:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})$/,
      'expected a DID',
    ),
  )
  .brand<'Did'>()
export type Did = z.infer<typeof Did>

/**
 * An https address as the name of an issuer that has no DID (Open Badges 3.0, `Profile.id`): without
 * user, query or fragment, and as WHATWG writes it, so that one issuer has one name.
 */
export const IssuerUrl = z
  .string()
  .check(
    z.maxLength(2048),
    z.refine((text) => {
      if (!/^https:\/\/[^\s?#@]+$/.test(text) || !URL.canParse(text)) return false
      const { href } = new URL(text)
      return href === text || href === `${text}/`
    }, 'expected an https address without query or fragment'),
  )
  .brand<'IssuerUrl'>()
export type IssuerUrl = z.infer<typeof IssuerUrl>

/** How an issuer is named: by a DID, or, on other platforms, by an https address. */
export const IssuerId = z.union([Did, IssuerUrl])
export type IssuerId = z.infer<typeof IssuerId>

/** An absolute URL (WHATWG), of any scheme: `https:`, `urn:`, `did:`, `data:`. */
export const Url = z
  .string()
  .check(z.refine((text) => !/\s/.test(text) && URL.canParse(text), 'expected an absolute URL'))
export type Url = z.infer<typeof Url>

/** Most characters of a time: no clock tells more digits of a second. */
const maxTimeLength = 64

/**
 * An XML Schema `dateTimeStamp` (VCDM 2.0 section 4.9): the zone offset or `Z` is mandatory.
 * Only instants that the calendar knows are accepted, in at most 64 characters.
 */
export const DateTimeStamp = z.string().check(
  z.refine((text) => {
    if (text.length > maxTimeLength) return false
    const match =
      /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/.exec(
        text,
      )
    if (match === null) return false
    const [, year, month, day] = match
    const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
    return Number(day) >= 1 && Number(day) <= days && !Number.isNaN(Date.parse(text))
  }, 'expected a date and time with a zone offset or Z'),
)
export type DateTimeStamp = z.infer<typeof DateTimeStamp>

/** Unix time in whole seconds, as contracts and JWTs use it. */
export type Seconds = number

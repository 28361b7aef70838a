/**
 * Certifications of the French registers (RNCP, RS) that a credential names.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { isShared, judgeOnce } from '../lib/shared.ts'
import { unknownContexts } from './contexts.ts'

/** Most characters outside ASCII that are made comparable; the time it takes grows with their square. */
const maxOddLength = 256
/** Most characters of a code among them; a longer text is prose. */
const maxCodeLength = 64

/**
 * The certifications that a credential names on any level: as a code, number or page of a register in
 * an alignment or an identifier, or as any text that is nothing but an RNCP code or a register's page. A
 * block counts as its certification. Prose that mentions one claims nothing.
 *
 * @returns `RNCP34079`, `RS5000` …; `undefined` if nobody can tell, because a member may mean another
 *   term than its name says: an address or a keyword as name, a context that is not known here.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `SCOPE_UNKNOWN` for what belongs to a
 *   register but cannot be read.
 */
export function certificationsIn(credential: object): ReadonlySet<string> | undefined {
  const found = new Set<string>()
  return collect(credential, found) ? found : undefined
}

/**
 * Adds to `found` what stands in `value`; `false` if nobody can tell. Loops, not maps: every credential
 * that is verified goes through it (bench: verify).
 */
function collect(value: unknown, found: Set<string>): boolean {
  if (typeof value === 'string') return collectText(value, found)
  if (typeof value !== 'object' || value === null) return true
  if (!isShared(value)) return collectInside(value, found)
  const names = namedIn(value)
  for (const name of names.found) found.add(name)
  return names.isKnown
}

/** What stands in a value that many credentials share. */
const namedIn = judgeOnce((value: object) => {
  const found = new Set<string>()
  return { isKnown: collectInside(value, found), found }
})

function collectInside(value: object, found: Set<string>): boolean {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    for (const item of items) if (!collect(item, found)) return false
    return true
  }
  return isRecord(value) ? collectMembers(value, found) : true
}

type Members = Readonly<Record<string, unknown>>

function isRecord(value: object): value is Members {
  return !Array.isArray(value)
}

function collectMembers(members: Members, found: Set<string>): boolean {
  if (!collectCodes(members, found)) return false
  for (const name in members) {
    const inner = members[name]
    if (name === '@context') {
      if (unknownContexts(Array.isArray(inner) ? inner : [inner]).length > 0) return false
    } else if (isOdd(name) || !collect(inner, found)) return false
  }
  return true
}

/** Addresses (`https://…#targetCode`, `xsd:…`) and keywords, but for those of a text in a language. */
function isOdd(name: string): boolean {
  if (!name.startsWith('@')) return name.includes(':')
  return name !== '@value' && name !== '@language' && name !== '@direction'
}

/** A text that is a code or a page as a whole. What begins otherwise is neither. */
function collectText(text: string, found: Set<string>): boolean {
  const first = text.charCodeAt(0) | 0x20
  const isPlain = first > 0x20 && first < 0x7f
  if (!isPlain || first === letterR) {
    if (text.length <= maxCodeLength) {
      const code = rncp.exec(comparable(text))
      if (code !== null) found.add(nameOf(code))
    }
  }
  if (first === letterH || first === blank) for (const name of pagesOf(text)) found.add(name)
  return true
}

const letterR = 'r'.charCodeAt(0)
const letterH = 'h'.charCodeAt(0)
const blank = ' '.charCodeAt(0)

/** What the code, number and address of an alignment, an identifier or an achievement name. */
function collectCodes(members: Members, found: Set<string>): boolean {
  if ('targetCode' in members || 'targetUrl' in members || 'targetFramework' in members) {
    const codes = textsOf(members['targetCode'])
    const urls = textsOf(members['targetUrl'])
    const frameworks = textsOf(members['targetFramework'])
    if (codes === undefined || urls === undefined || frameworks === undefined) return false
    const registers = frameworks.flatMap(registersNamed)
    const pages = urls.flatMap(pagesOf)
    for (const name of [...certificationsOf(codes, registers), ...pages]) found.add(name)
    if (registers.length > 0 && codes.length === 0 && pages.length === 0) throw noNumber()
  }
  if ('identifierType' in members) {
    const types = textsOf(members['identifierType'])
    const codes = textsOf(members['identifier'])
    if (types === undefined || codes === undefined) return false
    const registers = types.flatMap(registersNamed)
    if (registers.length > 0) {
      for (const name of certificationsOf(codes, registers)) found.add(name)
    }
  }
  if ('humanCode' in members) {
    const codes = textsOf(members['humanCode'])
    if (codes === undefined) return false
    for (const name of certificationsOf(codes, [])) found.add(name)
  }
  return true
}

/** The texts of a member, however they are wrapped; `undefined` if there is something else. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [comparable(value)]
  if (typeof value === 'number') return [String(value)]
  if (value === undefined || value === null || typeof value === 'boolean') return []
  if (Array.isArray(value)) {
    const items = value.map(textsOf)
    const known = items.filter((item) => item !== undefined)
    return known.length === items.length ? known.flat() : undefined
  }
  return typeof value === 'object' && '@value' in value ? textsOf(value['@value']) : undefined
}

type Register = 'RNCP' | 'RS'

/** `RNCP34079`, `RNCP 34079`, `RNCP34079BC01`, `rs5000`. */
const register = /^(RNCP|RS)[^\dA-Z]*([0-9]{1,12})(?:\s*BC\s*\d{1,2})?$/i
const rncp = /^(RNCP)[^\dA-Z]*([0-9]{1,12})(?:\s*BC\s*\d{1,2})?$/i
/** What belongs to a register, readable or not. */
const ofRegister = /RNCP|^RS[^\dA-Z]*\d/i

function certificationsOf(
  codes: readonly string[],
  registers: readonly Register[],
): readonly string[] {
  return codes.flatMap((code) => {
    const match = register.exec(code)
    if (match !== null) return [nameOf(match)]
    if (registers.length > 0 && /^\d{1,12}$/.test(code)) {
      return registers.map((each) => numbered(each, code))
    }
    if (registers.length > 0 || ofRegister.test(code)) throw noNumber()
    return []
  })
}

function nameOf([, named = '', number = '']: RegExpExecArray): string {
  return numbered(named.toUpperCase(), number)
}

function numbered(named: string, number: string): string {
  const plain = number.replace(/^0+/, '')
  if (plain === '' || plain.length > 6) throw noNumber()
  return `${named}${plain}`
}

/** The page of a certification, old and new; nothing if the address is of something else. */
function pagesOf(text: string): readonly string[] {
  if (!/^\s*https?:.*(?:francecompetences|%|[^\x20-\x7e])/is.test(text)) return []
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/(?:^|\.)francecompetences\.fr\.?$/.test(url.hostname)) return []
  const match = /\/(rncp|rs)\/+([0-9]{1,12})(?![0-9])/i.exec(comparable(unescaped(url.pathname)))
  return match === null ? [] : [nameOf(match)]
}

/** An address without its escapes. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw unknownScope('a page of a register whose address cannot be read')
  }
}

/** A text with its compatible characters made one (`ＲＮＣＰ` is RNCP), without invisible ones and edges. */
function comparable(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.trim()
  if (text.length > maxOddLength) {
    throw unknownScope(`an alignment in more than ${maxOddLength} characters`)
  }
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
}

function registersNamed(text: string): readonly Register[] {
  if (/\bR\.?N\.?C\.?P\b|r[ée]pertoire national des certifications/i.test(text)) return ['RNCP']
  return /^(?:ext:)?RS\b|\(RS\)|r[ée]pertoire sp[ée]cifique/i.test(text) ? ['RS'] : []
}

function noNumber(): RegistryError<'TOKEN_INVALID'> {
  return unknownScope('an alignment to RNCP or RS without a number')
}

/** The error of what cannot be put into a scope. */
export function unknownScope(reason: string): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', { code: 'SCOPE_UNKNOWN', reason })
}

/**
 * Does a JSON-LD document say what it seems to say?
 *
 * A Data Integrity proof covers what a document means, not how it is written. So whoever holds one may
 * rewrite it without breaking the proof, and hide a claim from a reader of JSON: `credentialStatus` under
 * its full address, under another name that a context of one's own gives it, in an `@included` node, or in
 * a second node of the same `id`. VCDM 2.0 section 1.3 wants the compact form; here nothing else is read.
 *
 * @module
 */
import { unknownContexts, vocabulary } from '../../model/contexts.ts'
import { refused, type Refusal } from '../refusal.ts'

type Members = Readonly<Record<string, unknown>>

/** Keywords that a document in compact form may hold: contexts, and texts with their language. */
const keywords: ReadonlySet<string> = new Set(['@context', '@value', '@language', '@direction'])

/** Vocabularies whose terms are read by name: only the contexts that Livret brings along may name them. */
const reserved = [
  'https://www.w3.org/2018/credentials#',
  'https://www.w3.org/ns/credentials/',
  'https://w3id.org/security#',
  'https://purl.imsglobal.org/',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  vocabulary,
]

/**
 * Refuses a document that could be read in two ways: `malformed` for members that are addresses or
 * keywords, types that stand under their address, nodes without a name that are referred to, and a second
 * node of the document's own `id`; `CONTEXT_UNAVAILABLE` for inline contexts that do more than give names
 * to terms of other vocabularies.
 *
 * @param document - With its `@context`, without its proof.
 * @throws {@link RegistryError} `TOKEN_INVALID`.
 */
export function requireCompactForm(document: Members, malformed: Refusal): void {
  const { id } = document

  function visitMembers(object: Members): void {
    if (object !== document && id !== undefined && object['id'] === id && hasClaims(object)) {
      throw refused(malformed, 'id: a second node says something of the same subject')
    }
    for (const [name, value] of Object.entries(object)) {
      if (name === '@context') visitContexts(value)
      else if (isAddress(name) || (name.startsWith('@') && !keywords.has(name))) {
        throw refused(malformed, `${name.slice(0, 100)}: expected the compact form`)
      } else visit(value, name)
    }
  }

  function visit(value: unknown, name: string): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, name)
      return
    }
    if (isMembers(value)) {
      visitMembers(value)
      return
    }
    if (typeof value !== 'string') return
    if (value.startsWith('_:')) throw refused(malformed, `${name}: a node without a name`)
    if (name === 'type' && isReserved(value)) {
      throw refused(malformed, `type: ${value.slice(0, 100)} has a shorter name`)
    }
  }

  visitMembers(document)
}

function visitContexts(value: unknown): void {
  const contexts: readonly unknown[] = [value].flat()
  for (const context of contexts) {
    if (typeof context === 'string' || unknownContexts([context]).length === 0) continue
    if (!isMembers(context) || !Object.entries(context).every(isPlainTerm)) {
      throw refused('CONTEXT_UNAVAILABLE', 'an inline context that does more than name terms')
    }
  }
}

/** A name, and the address that it stands for; perhaps how its values are read. */
function isPlainTerm([name, meaning]: readonly [string, unknown]): boolean {
  if (name === '@protected') return typeof meaning === 'boolean'
  if (name.startsWith('@') || isAddress(name)) return false
  if (typeof meaning === 'string') return isForeign(meaning)
  if (!isMembers(meaning)) return false
  const { '@id': id, '@type': type = '@id', '@protected': isProtected = true, ...rest } = meaning
  return (
    typeof id === 'string' &&
    isForeign(id) &&
    (type === '@id' || (typeof type === 'string' && isWebAddress(type))) &&
    typeof isProtected === 'boolean' &&
    Object.keys(rest).length === 0
  )
}

/** The address of one term: what ends as these do is a prefix, which changes what other values mean. */
function isForeign(address: string): boolean {
  return isWebAddress(address) && !isReserved(address) && !/[:/?#[\]@]$/.test(address)
}

function isReserved(address: string): boolean {
  return reserved.some((start) => address.startsWith(start))
}

/** What no prefix of a context can change: a prefix never stands before `//`. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text)
}

function isAddress(name: string): boolean {
  return name.includes(':')
}

function hasClaims(object: Members): boolean {
  return Object.keys(object).some((name) => name !== 'id')
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

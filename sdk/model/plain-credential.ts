/**
 * Reading credentials that are plainly well formed, in a twentieth of the time that the schema takes
 * (bench: verify). The schema {@link Credential} says what a credential is; most that are one are
 * recognised here.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { credentialsV2, type Credential, type Subject, type Typed } from './credential.ts'
import { isDateTimeStamp, isDid, isUrl } from './plain-text.ts'

/**
 * What the schema {@link Credential} makes of `claims`, if they are plainly a credential: members that are
 * rare, or in a form that is, are left to the schema.
 *
 * @returns `undefined` if only the schema can tell.
 */
export function readPlainCredential(claims: JsonObject): Credential | undefined {
  const credential = withLists(claims)
  return isPlainCredential(credential) ? credential : undefined
}

/** A copy in which what may be one or many is many. */
function withLists(claims: JsonObject): JsonObject {
  const { issuer, credentialSubject, credentialStatus, evidence } = claims
  const copy: Record<string, Json | undefined> = { ...claims }
  if (typeof issuer === 'string') copy['issuer'] = { id: issuer }
  if (!isList(credentialSubject)) copy['credentialSubject'] = toList(credentialSubject)
  if (credentialStatus !== undefined) copy['credentialStatus'] = typed(credentialStatus)
  if (evidence !== undefined) copy['evidence'] = typed(evidence)
  return copy
}

function typed(value: Json): Json {
  return toList(value).map((item) =>
    isJsonObject(item) && typeof item['type'] === 'string'
      ? { ...item, type: [item['type']] }
      : item,
  )
}

function toList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return []
  return isJsonList(value) ? value : [value]
}

function isPlainCredential(value: unknown): value is Credential {
  return (
    isRecord(value) &&
    rareMembers.every((name) => !(name in value)) &&
    isContexts(value['@context']) &&
    isTypes(value['type']) &&
    isProfile(value['issuer']) &&
    isAbsentOr(isUrl, value['id']) &&
    isAbsentOr(isText, value['name']) &&
    isAbsentOr(isText, value['description']) &&
    isAbsentOr(isDateTimeStamp, value['validFrom']) &&
    isListOf(isSubject, value['credentialSubject']) &&
    isAbsentOr(isTypedList, value['credentialStatus']) &&
    isAbsentOr(isTypedList, value['evidence'])
  )
}

/** Left to the schema; with `validUntil` goes that it is not before `validFrom`. */
const rareMembers = [
  'validUntil',
  'credentialSchema',
  'termsOfUse',
  'refreshService',
  'relatedResource',
] as const

const isTypedList = (value: unknown): value is Typed[] => isListOf(isTyped, value)

function isTyped(value: unknown): value is Typed {
  return isRecord(value) && isAbsentOr(isUrl, value['id']) && isListOf(isName, value['type'])
}

function isSubject(value: unknown): value is Subject {
  // An id is a claim already: whether there are others need not be asked.
  return isRecord(value) && isUrl(value['id'])
}

function isProfile(value: unknown): value is Credential['issuer'] {
  return (
    isRecord(value) &&
    isDid(value['id']) &&
    isAbsentOr(isText, value['name']) &&
    isAbsentOr(isText, value['description'])
  )
}

function isContexts(value: unknown): value is Credential['@context'] {
  const isContext = (each: unknown) => (typeof each === 'string' ? isUrl(each) : isRecord(each))
  return isList(value) && value.length <= 32 && value[0] === credentialsV2 && value.every(isContext)
}

function isTypes(value: unknown): value is Credential['type'] {
  return (
    isListOf(isName, value) &&
    value.includes('VerifiableCredential') &&
    value.every((name, i) => value.indexOf(name) === i)
  )
}

/** Lists that are plain are short; at least one item, as everywhere in a credential. */
function isListOf<T>(isItem: (value: unknown) => value is T, value: unknown): value is T[] {
  return isList(value) && value.length > 0 && value.length <= 16 && value.every(isItem)
}

function isAbsentOr<T>(is: (value: unknown) => value is T, value: unknown): value is T | undefined {
  return value === undefined || is(value)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): value is string => typeof value === 'string' && value.length > 0

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * Changes to JSON, anywhere in it.
 *
 * @module
 */
import fc from 'fast-check'

/** What is done to one value of a document; `at` says which, counted through all levels. */
export interface JsonEdit {
  at: number
  act: 'set' | 'delete' | 'wrap' | 'rename' | 'add' | 'twice'
  name: string
  value: unknown
}

/** Values that readers have stumbled over. */
const oddValues: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\ud800',
  '\u0000',
  '__proto__',
  'did:web:127.0.0.1',
  'did:web:evil.example',
  'did:jwk:e30',
  'https://evil.example/x',
  'http://169.254.169.254/',
  'data:application/vc+jwt,a.b.c',
  '2026-13-45T99:99:99Z',
  '2026-02-28T12:00:00Z',
  '１',
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  1e300,
  [],
  {},
  [[]],
  [null],
  { id: 'x' },
  { '@value': 'x' },
  { '@context': 'https://www.w3.org/ns/credentials/v2' },
]

/** Names of members that mean something somewhere. */
const names = [
  ...['alg', 'typ', 'cty', 'kid', 'crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c'],
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'vc', 'vp'],
  ...['@context', '@id', '@type', 'id', 'type', 'issuer', 'holder', 'validFrom', 'validUntil'],
  ...['credentialSubject', 'credentialStatus', 'credentialSchema', 'evidence', 'proof'],
  ...['statusListIndex', 'statusListCredential', 'statusPurpose', 'statusList', 'encodedList'],
  ...['verifiableCredential', 'receipt', 'credential', 'salt', 'root', 'anchors', 'issuerKey'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'd', ''],
]

export const jsonEdit: fc.Arbitrary<JsonEdit> = fc.record({
  at: fc.nat(),
  act: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('set', 'set', 'add', 'rename') },
    { weight: 6, arbitrary: fc.constantFrom('delete', 'wrap') },
    // Refused at once, whatever stands twice.
    { weight: 1, arbitrary: fc.constant('twice') },
  ),
  name: fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 8 })),
  value: fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue({ maxDepth: 3 })),
})

/** The text of `document` after the edits. A member that is to stand twice does so only in text. */
export function editJson(document: unknown, edits: readonly JsonEdit[]): string {
  const changed = edits
    .filter(({ act }) => act !== 'twice')
    .reduce((whole, edit) => editOne(whole, edit), document)
  const text = changed === undefined ? '' : JSON.stringify(changed)
  return edits.filter(({ act }) => act === 'twice').reduce(writeTwice, text)
}

function editOne(document: unknown, { at, act, name, value }: JsonEdit): unknown {
  let left = at % countValues(document)

  function visit(current: unknown): unknown {
    if (left-- === 0) return changed(current)
    if (Array.isArray(current)) return current.map(visit).filter((item) => item !== undefined)
    if (!isRecord(current)) return current
    const entries = Object.entries(current).map(([key, item]) => {
      const isChosen = left === 0 && act === 'rename'
      return [isChosen ? name : key, visit(item)] as const
    })
    return Object.fromEntries(entries)
  }

  function changed(current: unknown): unknown {
    if (act === 'set') return value
    if (act === 'delete') return undefined
    if (act === 'wrap') return [current, value]
    return act === 'add' && isRecord(current) ? { ...current, [name]: value } : current
  }

  return visit(document)
}

/** Writes a member before the others of one object. */
function writeTwice(text: string, { at, name, value }: JsonEdit): string {
  const starts = [...text.matchAll(/\{(?=")/g)].map(({ index }) => index + 1)
  const start = starts[at % Math.max(starts.length, 1)]
  if (start === undefined) return text
  return `${text.slice(0, start)}${JSON.stringify(name)}:${JSON.stringify(value)},${text.slice(start)}`
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((count, item) => count + countValues(item), 1)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../sdk/lib/json.ts'
import { openBadgeContexts } from '../../../sdk/model/contexts.ts'
import { Credential } from '../../../sdk/model/credential.ts'
import { AchievementSubject } from '../../../sdk/model/open-badge.ts'
import { readPlainCredential } from '../../../sdk/model/plain-credential.ts'
import { isPlainAchievement } from '../../../sdk/model/plain-open-badge.ts'
import { isDateTimeStamp, isDid, isUrl } from '../../../sdk/model/plain-text.ts'
import { DateTimeStamp, Did, Url } from '../../../sdk/model/primitives.ts'

const subject = {
  id: 'did:key:z6Mk',
  type: ['AchievementSubject'],
  activityEndDate: '2025-02-28T00:00:00Z',
  achievement: {
    id: 'urn:uuid:1#achievement',
    type: ['Achievement'],
    achievementType: 'CertificateOfCompletion',
    name: 'Comptable',
    description: 'Formation',
    criteria: { narrative: 'Épreuves' },
    alignment: [
      {
        type: ['Alignment'],
        targetName: 'TP - Comptable',
        targetUrl: 'https://www.francecompetences.fr/recherche/rncp/37949/',
        targetType: 'ext:Occupation',
      },
    ],
    resultDescription: [
      { id: 'urn:r1', type: ['ResultDescription'], name: 'Note', resultType: 'RawScore' },
    ],
  },
  result: [{ type: ['Result'], resultDescription: 'urn:r1', value: '17' }],
}
const credential: JsonObject = {
  '@context': JSON.parse(JSON.stringify(openBadgeContexts)) as Json,
  id: 'urn:uuid:00000000-0000-8000-8000-000000000000',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Comptable',
  issuer: { id: 'did:web:training.example', name: 'École' },
  validFrom: '2025-02-28T17:00:00Z',
  credentialStatus: [
    { id: 'https://training.example/status/0#7', type: 'OnChainStatusEntry', statusListIndex: '7' },
  ],
  credentialSubject: subject,
  evidence: { type: ['Evidence'], narrative: 'PT35H' },
}

/** Every place in a value, by its members and positions. */
function placesIn(value: Json | undefined): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [
    [],
    ...Object.entries(value).flatMap(([name, inner]) =>
      placesIn(inner).map((place) => [name, ...place]),
    ),
  ]
}

/** The value with something else at a place; without it, if that is `undefined`. */
function withAt(value: Json, [name, ...rest]: readonly string[], other: Json | undefined): Json {
  if (name === undefined || typeof value !== 'object' || value === null) return other ?? null
  const copy = structuredClone(value) as Record<string, Json>
  if (rest.length > 0) copy[name] = withAt(copy[name] ?? null, rest, other)
  else if (other !== undefined) copy[name] = other
  else if (Array.isArray(copy)) copy.splice(Number(name), 1)
  else Reflect.deleteProperty(copy, name)
  return copy
}

const texts = fc.constantFrom('', 'x', 'did:key:z', 'https://a.example/b', '2025-02-30T00:00:00Z')
const others: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constant(undefined),
  texts,
  texts.map((text) => [text]),
  fc.constantFrom<Json>(null, 1, true, [], {}, [[]], [{}], { id: 'x' }, { type: 'T' }),
  fc.jsonValue() as fc.Arbitrary<Json>,
)
const changed = (original: Json) =>
  fc
    .array(fc.tuple(fc.constantFrom(...placesIn(original).slice(1)), others), { maxLength: 3 })
    .map((changes) => changes.reduce((value, [place, to]) => withAt(value, place, to), original))

describe('readPlainCredential', () => {
  test('knows a certificate', () => {
    expect(readPlainCredential(credential)).toEqual(Credential.parse(credential))
  })

  test('takes nothing that the schema refuses, and makes the same of the rest', () => {
    fc.assert(
      fc.property(changed(credential), (value) => {
        const plain = readPlainCredential(value as JsonObject)
        if (plain !== undefined) expect(plain).toEqual(Credential.parse(value))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('isPlainAchievement', () => {
  test('knows the subject of a certificate', () => {
    expect(isPlainAchievement(subject)).toBe(true)
  })

  test('takes nothing that the schema refuses, or would change', () => {
    fc.assert(
      fc.property(changed(subject), (value) => {
        if (isPlainAchievement(value)) expect(AchievementSubject.parse(value)).toEqual(value)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe.each([
  [
    'isUrl',
    isUrl,
    Url,
    ['https://a.bc/d#e', 'urn:x:y', 'did:a:b', 'https://1.2.3.4.5/', 'https://xn--.de/'],
  ],
  ['isDid', isDid, Did, ['did:web:a.b', 'did:a:', 'did:web:a:', 'did:web:%3', 'did:x:y#z']],
  [
    'isDateTimeStamp',
    isDateTimeStamp,
    DateTimeStamp,
    [
      '2024-02-29T00:00:00Z',
      '2023-02-29T00:00:00Z',
      '2023-01-01T24:00:00Z',
      '2023-01-31T00:00:00+01:00',
    ],
  ],
] as const)('%s', (_, is, schema, samples) => {
  test('agrees with the schema', () => {
    const edited = fc
      .tuple(fc.constantFrom(...samples), fc.nat(30), fc.string())
      .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at))
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...samples), edited), (text) => {
        expect(is(text)).toBe(schema.safeParse(text).success)
      }),
      { numRuns: 2_000 },
    )
  })
})

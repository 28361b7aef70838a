import { expect, test } from 'vitest'
import { Did } from '../../../sdk/model/primitives.ts'
import type { StatusPlaces } from '../../../sdk/model/status-entry.ts'
import { onChainPlace } from '../../../sdk/status/own-place.ts'

const issuer = Did.parse('did:web:livret.example:issuers:mer')
const own = 'https://livret.example/issuers/mer/status/7/revocation'
const entry = (url: string, index = 3) => ({ purpose: 'revocation' as const, url, index })
const places = (change: object): StatusPlaces => ({
  bitstrings: [entry(own)],
  onChain: undefined,
  tokens: [],
  unknown: [],
  ...change,
})

test('is the one that the credential names', () => {
  const onChain = { list: 9n, index: 4 }
  expect(onChainPlace(places({ onChain }), issuer)).toBe(onChain)
})

test('else follows from the address of the issuer’s own list', () => {
  expect(onChainPlace(places({}), issuer)).toEqual({ list: 7n, index: 3 })
})

test.each<[string, object, string?]>([
  ['a list of another issuer', { bitstrings: [entry(own.replace('mer', 'terre'))] }],
  ['a longer path', { bitstrings: [entry(own.replace('mer', 'mer/a'))] }],
  ['another host', { bitstrings: [entry(own.replace('livret', 'evil'))] }],
  ['a list of suspensions', { bitstrings: [entry(own.replace('revocation', 'suspension'))] }],
  ['no number of a list', { bitstrings: [entry(own.replace('/7/', '/07/'))] }],
  ['an index beyond the list', { bitstrings: [entry(own, 131_072)] }],
  ['two entries', { bitstrings: [entry(own), entry(own)] }],
  ['an entry that says nothing here', { unknown: ['StatusList2021Entry'] }],
  ['no entry', { bitstrings: [] }],
  ['an issuer without did:web', {}, 'did:example:mer'],
])('is none with %s', (_, change, did = issuer) => {
  expect(onChainPlace(places(change), Did.parse(did))).toBeUndefined()
})

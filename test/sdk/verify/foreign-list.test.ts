import { expect, test } from 'vitest'
import { Did } from '../../../sdk/model/primitives.ts'
import { isForeignList } from '../../../sdk/verify/foreign-list.ts'

const college = 'did:web:livret.example:issuers:mer'

test.each([
  ['its own', college, 'https://livret.example/issuers/mer/status/7/revocation', false],
  [
    'another’s on the same host',
    college,
    'https://livret.example/issuers/terre/status/7/revocation',
    true,
  ],
  [
    'another’s behind dots',
    college,
    'https://livret.example/issuers/mer/../terre/status/7/revocation',
    true,
  ],
  [
    'one that begins alike',
    college,
    'https://livret.example/issuers/mer2/status/7/revocation',
    true,
  ],
  ['the host’s own', college, 'https://livret.example/status/7/suspension', true],
  [
    'one on another host',
    college,
    'https://lists.example/issuers/terre/status/7/revocation',
    false,
  ],
  ['one that is not laid out as ours', college, 'https://livret.example/lists/7', false],
  [
    'its own, on a host of its own',
    'did:web:mer.example',
    'https://mer.example/status/7/revocation',
    false,
  ],
  [
    'its own, on a port',
    'did:web:localhost%3A3000:issuers:mer',
    'http://localhost:3000/issuers/mer/status/1/revocation',
    false,
  ],
  [
    'one of an issuer without an address',
    'did:key:z6Mk',
    'https://livret.example/issuers/mer/status/7/revocation',
    false,
  ],
  ['no address', college, 'no address', false],
])('%s', (_, issuer, url, expected) => {
  expect(isForeignList(url, Did.parse(issuer))).toBe(expected)
})

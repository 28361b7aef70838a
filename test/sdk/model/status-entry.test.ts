import { describe, expect, test } from 'vitest'
import { readStatusEntries, statusEntries } from '../../../sdk/model/status-entry.ts'
import { codeOf } from '../../support/issuer.ts'

const url = 'https://region.example/issuers/greta/status/7'
const entries = statusEntries({ url, list: 7n, index: 94_567 })
const [revocation, suspension, onChain] = entries as [object, object, object]

/** As decoding makes them: types are lists. */
const decoded = (...list: object[]) =>
  list.map((entry) => ({ ...entry, type: [(entry as { type: string }).type].flat() }))

describe('statusEntries', () => {
  test('are two bitstrings with one index, and the place on chain', () => {
    expect(entries).toEqual([
      {
        id: `${url}/revocation#94567`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '94567',
        statusListCredential: `${url}/revocation`,
      },
      {
        id: `${url}/suspension#94567`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'suspension',
        statusListIndex: '94567',
        statusListCredential: `${url}/suspension`,
      },
      { id: `${url}#94567`, type: 'OnChainStatusEntry', statusList: '7', statusListIndex: '94567' },
    ])
  })
})

describe('readStatusEntries', () => {
  test('reads what statusEntries makes', () => {
    expect(readStatusEntries(decoded(...entries))).toEqual({
      bitstrings: [
        { purpose: 'revocation', index: 94_567, url: `${url}/revocation` },
        { purpose: 'suspension', index: 94_567, url: `${url}/suspension` },
      ],
      onChain: { list: 7n, index: 94_567 },
      tokens: [],
      unknown: [],
    })
  })

  test('reads the largest list and index', () => {
    const largest = { ...onChain, statusList: String(2n ** 64n - 1n), statusListIndex: '131071' }
    expect(readStatusEntries(decoded(largest)).onChain).toEqual({
      list: 2n ** 64n - 1n,
      index: 131_071,
    })
  })

  test('names what it does not know', () => {
    const revocationList = { id: 'https://a.example/r', type: '1EdTechRevocationList' }
    const message = { ...revocation, statusPurpose: 'message', statusSize: 2 }
    expect(readStatusEntries(decoded(revocationList, message))).toEqual({
      bitstrings: [],
      onChain: undefined,
      tokens: [],
      unknown: ['1EdTechRevocationList', 'message'],
    })
  })

  test.each<[string, object[]]>([
    ['an index with a zero before it', [{ ...revocation, statusListIndex: '07' }]],
    ['an index as number', [{ ...revocation, statusListIndex: 7 }]],
    ['a negative index', [{ ...revocation, statusListIndex: '-1' }]],
    ['an index in hex', [{ ...revocation, statusListIndex: '0x7' }]],
    ['an index beyond what numbers hold', [{ ...revocation, statusListIndex: '9'.repeat(16) }]],
    ['no index', [{ ...revocation, statusListIndex: undefined }]],
    ['no list', [{ ...revocation, statusListCredential: undefined }]],
    ['no purpose', [{ ...revocation, statusPurpose: undefined }]],
    ['the list’s own id', [{ ...revocation, id: `${url}/revocation` }]],
    ['two bits', [{ ...revocation, statusSize: 2 }]],
    ['a purpose twice', [revocation, { ...suspension, statusPurpose: 'revocation' }]],
    ['two places on chain', [onChain, onChain]],
    ['an index beyond the list on chain', [{ ...onChain, statusListIndex: '131072' }]],
    ['a list beyond 64 bits', [{ ...onChain, statusList: String(2n ** 64n) }]],
    ['a list that is no number', [{ ...onChain, statusList: 'abc' }]],
    ['a list with an exponent', [{ ...onChain, statusList: '1e5' }]],
    ['a list in hex', [{ ...onChain, statusList: '0x10' }]],
    ['a list with a zero before it', [{ ...onChain, statusList: '07' }]],
    ['a list of a million digits', [{ ...onChain, statusList: '1'.repeat(1e6) }]],
    ['a list as number', [{ ...onChain, statusList: 7 }]],
    ['a place on chain that says more', [{ ...onChain, issuer: 'did:web:other.example' }]],
    ['a place on chain of two types', [{ ...onChain, type: ['OnChainStatusEntry', 'Other'] }]],
    ['a bitstring of two types', [{ ...revocation, type: ['BitstringStatusListEntry', 'Other'] }]],
  ])('refuses %s', (_, list) => {
    expect(codeOf(() => readStatusEntries(decoded(...list)))).toBe('STATUS_MALFORMED')
  })
})

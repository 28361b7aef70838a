import { describe, expect, test } from 'vitest'
import { Credential } from '../../../sdk/model/credential.ts'
import { Did, Hash } from '../../../sdk/model/primitives.ts'
import { entryMask, isEntrySet, wordOfBits } from '../../../sdk/status/bitstring.ts'
import { chainStateType, makeStatusList, readStatusList } from '../../../sdk/status/status-list.ts'

const url = 'https://registry.example/issuers/college/status/7/revocation'
const block = {
  chainId: 31337,
  number: 12,
  hash: Hash.parse('0x' + 'ab'.repeat(32)),
  timestamp: Date.parse('2026-03-01T12:00:00Z') / 1000,
}
const input = {
  url,
  issuer: Did.parse('did:web:registry.example:issuers:college'),
  purpose: 'revocation',
  words: [[369, entryMask(94_567)]],
  blocks: [block, { ...block, chainId: 31338, timestamp: block.timestamp - 30 }],
} as const
const malformed = expect.objectContaining({
  code: 'TOKEN_INVALID',
  facts: expect.objectContaining({ code: 'STATUS_LIST_MALFORMED' }) as unknown,
}) as Error

const document = await makeStatusList(input)
const subject = document.credentialSubject as Record<string, unknown>

describe('makeStatusList', () => {
  test('gives a credential as the standard wants it', () => {
    expect(Credential.safeParse(document).success).toBe(true)
    expect(document).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:registry.example:issuers:college',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: expect.stringMatching(/^uH4sI/) as unknown,
      },
    })
  })

  test('names chain and block, and is as old as the oldest of them', () => {
    expect(document.validFrom).toBe('2026-03-01T11:59:30Z')
    expect(document.evidence).toEqual([
      { id: `urn:livret:block:31337:12:${block.hash}`, type: chainStateType },
      { id: `urn:livret:block:31338:12:${block.hash}`, type: chainStateType },
    ])
  })

  test('ends when it is told to', async () => {
    expect(document).not.toHaveProperty('validUntil')
    const ending = await makeStatusList({ ...input, validUntil: block.timestamp + 300 })
    expect(ending.validUntil).toBe('2026-03-01T12:05:00Z')
  })

  test('refuses to be of no block', async () => {
    await expect(makeStatusList({ ...input, blocks: [] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})

describe('readStatusList', () => {
  test('reads what was made', async () => {
    const { purposes, bits, blocks } = await readStatusList(Credential.parse(document))
    expect(purposes).toEqual(['revocation'])
    expect(isEntrySet(bits, 94_567)).toBe(true)
    expect(wordOfBits(bits, 369)).toBe(entryMask(94_567))
    expect(blocks).toEqual([
      { chainId: 31337, number: 12, hash: block.hash },
      { chainId: 31338, number: 12, hash: block.hash },
    ])
  })

  test('reads one that names no block, and several purposes', async () => {
    const several = { ...subject, statusPurpose: ['revocation', 'suspension'] }
    const unnamed = { ...document, credentialSubject: several, evidence: undefined }
    const { purposes, blocks } = await readStatusList(Credential.parse(unnamed))
    expect(purposes).toEqual(['revocation', 'suspension'])
    expect(blocks).toEqual([])
  })

  test.each<[string, object]>([
    ['another type', { type: ['VerifiableCredential'] }],
    ['two subjects', { credentialSubject: [subject, { id: url }] }],
    ['a subject that is no list', { credentialSubject: { ...subject, type: 'List' } }],
    ['a list without a purpose', { credentialSubject: { ...subject, statusPurpose: [] } }],
    ['a list that does not expand', { credentialSubject: { ...subject, encodedList: 'u' } }],
    [
      'a block that is none',
      { evidence: [{ id: 'urn:livret:block:1:2:0x', type: chainStateType }] },
    ],
    ['evidence without a block', { evidence: [{ type: chainStateType }] }],
  ])('refuses %s', async (_, change) => {
    await expect(readStatusList(Credential.parse({ ...document, ...change }))).rejects.toThrow(
      malformed,
    )
  })
})

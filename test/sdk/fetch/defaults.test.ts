import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import type { Lookup } from '../../../sdk/fetch/node.ts'
import { Did } from '../../../sdk/model/primitives.ts'
import { createStatusListFetcher } from '../../../sdk/verify/fetch-status-list.ts'

// The internet of this test: one name, which leads inside.
beforeAll(() => {
  const inside: Lookup = (_, __, callback) => {
    callback(null, [{ address: '127.0.0.1', family: 4 }])
  }
  vi.spyOn(dns, 'lookup').mockImplementation(inside as typeof dns.lookup)
  syncBuiltinESMExports()
})
afterAll(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

test('a resolver without options asks no did:web of the inner network', async () => {
  const did = Did.parse('did:web:inside.example')
  await expect(createDidResolver().resolve(did)).rejects.toMatchObject({
    code: 'DID_UNREACHABLE',
    facts: { reason: 'inside.example has no public address' },
  })
})

test('status lists are not fetched from there either', async () => {
  await expect(createStatusListFetcher()('https://inside.example/list')).rejects.toThrow(
    'has no public address',
  )
})

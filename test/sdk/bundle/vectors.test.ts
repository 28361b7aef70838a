import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commitmentOf, credentialDigest, leafOf } from '../../../sdk/anchor/commitment.ts'
import { receiptRoot } from '../../../sdk/anchor/receipt.ts'
import { readBundle } from '../../../sdk/bundle/bundle.ts'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import { toHash } from '../../../sdk/lib/bytes.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { parsePolicy } from '../../../sdk/verify/policy.ts'
import { openQuestions } from '../../support/reports.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8')

describe.each(['one-chain', 'two-chains'])('the vector %s', (name) => {
  const bundle = read(`${name}.bundle.json`)
  const policy = parsePolicy(read(`${name}.policy.json`))
  const now = Date.parse('2026-12-01T00:00:00Z')

  test('is valid under its policy', async () => {
    expect((await verifyBundle(bundle, { policy, now: () => now })).verdict).toBe('valid')
  })

  test('is valid in fifty years', async () => {
    const later = Date.parse('2076-01-01T00:00:00Z')
    expect((await verifyBundle(bundle, { policy, now: () => later })).verdict).toBe('valid')
  })

  test('is undecided under a policy that wants a fresh status', async () => {
    const strict = { ...policy, maxStatusAgeSeconds: 3_600 }
    const report = await verifyBundle(bundle, { policy: strict, now: () => now })
    expect([report.verdict, openQuestions(report)]).toEqual(['undecided', ['STATUS_STALE']])
  })

  test('is undecided under a policy that trusts none of its blocks', async () => {
    const chains = policy.chains.map(({ finalizedBlocks, checkpointKeys, ...pin }) => {
      expect(finalizedBlocks ?? checkpointKeys).toHaveLength(1)
      return pin
    })
    const report = await verifyBundle(bundle, { policy: { ...policy, chains }, now: () => now })
    expect(report.verdict).toBe('undecided')
  })

  test('shows the whole way to the authority', () => {
    for (const { accreditations } of readBundle(bundle).chains) {
      const accreditors = new Set(accreditations.map(({ accreditor }) => accreditor))
      expect(accreditors.size).toBe(3)
    }
  })

  test('takes 16 kB at most', () => {
    expect(bundle.length).toBeLessThanOrEqual(16_384)
  })
})

test('the vector of a receipt leads from the credential to its root', () => {
  const { credential, receipt, expected } = JSON.parse(
    read('receipt.json'),
  ) as AnchoredCredential & {
    expected: Record<'digest' | 'commitment' | 'leaf' | 'root', string>
  }
  const digest = credentialDigest(receipt.format, credential)
  const commitment = commitmentOf(receipt.salt, receipt.format, digest)
  expect({
    digest: toHash(digest),
    commitment,
    leaf: leafOf(commitment),
    root: receiptRoot(receipt, credential),
  }).toEqual(expected)
})

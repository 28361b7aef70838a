import { describe, expect, test } from 'vitest'
import { parsePolicy, policyDigest, quorumOf } from '../../../sdk/verify/policy.ts'
import { badPolicies } from '../../support/policy-file.ts'

const pin = (chainId: number) => ({
  name: `chain-${String(chainId)}`,
  chainId,
  creationBlock: { number: 0, hash: `0x${'11'.repeat(32)}` },
  authority: `0x${'22'.repeat(20)}`,
  accreditationRegistry: { address: `0x${'33'.repeat(20)}`, codeHash: `0x${'44'.repeat(32)}` },
  anchorRegistry: { address: `0x${'55'.repeat(20)}`, codeHash: `0x${'66'.repeat(32)}` },
  statusRegistry: { address: `0x${'77'.repeat(20)}`, codeHash: `0x${'88'.repeat(32)}` },
})
const policy = (change: object) =>
  JSON.stringify({ version: 1, chains: [pin(1), pin(2)], ...change })

describe('parsePolicy', () => {
  test('fills in the safe defaults', () => {
    expect(parsePolicy(policy({}))).toMatchObject({
      anchorRequired: true,
      graceSeconds: 86_400,
      maxStatusAgeSeconds: 3_600,
      clockSkewSeconds: 60,
    })
  })

  test.each(badPolicies)('names member and rule of %s', (_, text, problem) => {
    expect(() => parsePolicy(text)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        facts: { input: 'policy', problems: [problem] },
      }) as Error,
    )
  })

  test('names every problem at once', () => {
    const text = policy({ graceSeconds: -1, foreign: 'trust' })
    expect(() => parsePolicy(text)).toThrow(
      expect.objectContaining({
        facts: {
          input: 'policy',
          problems: ['foreign: expected refuse or report', 'graceSeconds: expected at least 0'],
        },
      }) as Error,
    )
  })
})

describe('policyDigest', () => {
  const digest = (change: object) => policyDigest(parsePolicy(policy(change)))

  test('is the same however defaults are written', () => {
    expect(digest({ anchorRequired: true, graceSeconds: 86_400 })).toBe(digest({}))
  })

  test('is another one for whatever changes a verdict', () => {
    const changes = [
      { quorum: 1 },
      { anchorRequired: false },
      { foreign: 'report' },
      { algorithms: ['ES256'] },
      { maxStatusAgeSeconds: 60 },
      { chains: [pin(1)] },
      { chains: [pin(2), pin(1)] },
    ]
    const digests = [{}, ...changes].map(digest)
    expect(new Set(digests).size).toBe(digests.length)
  })

  test('tells nothing of endpoints, which may hold an access key', () => {
    const rpc = ['https://node.example/v3/secret']
    expect(digest({ chains: [{ ...pin(1), rpc }] })).toBe(digest({ chains: [pin(1)] }))
  })
})

describe('quorumOf', () => {
  test('is all chains unless the policy says less', () => {
    expect(quorumOf(parsePolicy(policy({})))).toBe(2)
    expect(quorumOf(parsePolicy(policy({ quorum: 1 })))).toBe(1)
    expect(quorumOf(parsePolicy(policy({ chains: [] })))).toBe(0)
  })
})

import { describe, expect, test } from 'vitest'
import { parsePolicy, quorumOf } from '../../../sdk/verify/policy.ts'

const invalid = (problem: string) =>
  expect.objectContaining({
    code: 'INPUT_INVALID',
    facts: {
      input: 'policy',
      problems: expect.arrayContaining([expect.stringContaining(problem) as string]) as string[],
    },
  }) as Error

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

  test.each([
    ['text that is not JSON', '{', 'not JSON'],
    ['a member that stands twice', '{"version":1,"version":1,"chains":[]}', 'twice'],
    ['another version', policy({ version: 2 }), 'version'],
    ['a member that nobody knows', policy({ anchorOptional: true }), 'policy'],
    ['a quorum of more than there are chains', policy({ quorum: 3 }), 'quorum'],
    ['a quorum of nothing', policy({ quorum: 0 }), 'quorum'],
    ['the same chain twice', policy({ chains: [pin(1), pin(1)] }), 'chainId'],
  ])('refuses %s', (_, text, problem) => {
    expect(() => parsePolicy(text)).toThrow(invalid(problem))
  })
})

describe('quorumOf', () => {
  test('is all chains unless the policy says less', () => {
    expect(quorumOf(parsePolicy(policy({})))).toBe(2)
    expect(quorumOf(parsePolicy(policy({ quorum: 1 })))).toBe(1)
    expect(quorumOf(parsePolicy(policy({ chains: [] })))).toBe(0)
  })
})

import { sha256 } from '#crypto'
import { RegistryError } from '../errors.ts'
import { toHash, utf8 } from '../lib/bytes.ts'
import { canonicalize } from '../lib/canonicalize.ts'
import { readJson } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Policy } from '../model/policy.ts'
import type { Hash } from '../model/primitives.ts'

/**
 * Reads a policy from the text of a policy file (JSON) and fills in the safe defaults.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if it is not strict JSON, saying where if the platform does, or
 *   naming the member and the rule of each problem: `chains.0.authority: expected 0x and 40 lower-case hex digits`.
 */
export function parsePolicy(text: string): Policy {
  const { value, problem } = readJson(text)
  if (problem !== undefined) {
    const problems = [`policy: ${problem}${problem === 'not JSON' ? placeOfError(text) : ''}`]
    throw new RegistryError('INPUT_INVALID', { input: 'policy', problems })
  }
  return parse(Policy, value, 'policy')
}

/** How many chains must agree: the policy's quorum, else all of them. 0 if it names no chain. */
export function quorumOf({ chains, quorum }: Policy): number {
  return chains.length === 0 ? 0 : (quorum ?? chains.length)
}

/**
 * The name of a policy in signed reports: SHA-256 of its canonical JSON (RFC 8785) with all defaults filled in,
 * without the endpoints (`rpc`). They say who is asked, not what is trusted, and often hold an access key.
 */
export function policyDigest(policy: Policy): Hash {
  const chains = policy.chains.map((pin) => ({ ...pin, rpc: undefined }))
  return toHash(sha256(utf8(canonicalize({ ...policy, chains }))))
}

/** Where a text stops being JSON; empty where the platform does not say. */
function placeOfError(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const [, line, column] = /\bline (\d+) column (\d+)\b/.exec(message) ?? []
    return line === undefined || column === undefined ? '' : ` (line ${line}, column ${column})`
  }
}

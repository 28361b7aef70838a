import { RegistryError } from '../errors.ts'
import { readJson } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Policy } from '../model/policy.ts'

/**
 * Reads a policy from the text of a policy file (JSON) and fills in the safe defaults.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if it is not strict JSON, or naming the member and the rule
 *   of each problem.
 */
export function parsePolicy(text: string): Policy {
  const { value, problem } = readJson(text)
  if (problem !== undefined) {
    throw new RegistryError('INPUT_INVALID', { input: 'policy', problems: [problem] })
  }
  return parse(Policy, value, 'policy')
}

/** How many chains must agree: the policy's quorum, else all of them. 0 if it names no chain. */
export function quorumOf({ chains, quorum }: Policy): number {
  return chains.length === 0 ? 0 : (quorum ?? chains.length)
}

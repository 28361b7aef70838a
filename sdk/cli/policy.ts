/**
 * `livret policy`: how a policy file is written, and what is wrong with one.
 *
 * @module
 */
import {
  isRegistryError,
  parsePolicy,
  policyDigest,
  policyJsonSchema,
  printable,
  quorumOf,
  type Language,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { languageOf, readOptions } from './options.ts'
import { policyProblem } from './policy-problems.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret policy --schema
       livret policy --check FILE [--lang fr|en]

  --schema       prints the JSON Schema of a policy file, with every member and default explained
  --check FILE   says which members of a policy break which rule; - for standard input. Of a good one it
                 says the number of chains, how many must agree, and the digest that signed reports name
  --lang fr|en   language of the problems; else that of LC_ALL or LANG

Exit code: 0 good, 1 not a policy, 64 usage.`

const options = {
  schema: { type: 'boolean' },
  check: { type: 'string' },
  lang: { type: 'string' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const { schema = false, check } = values
  const language = languageOf(values.lang, io.env)
  if (schema === (check !== undefined) || positionals.length > 0) {
    throw new UsageError('expected --schema or --check FILE')
  }
  if (check !== undefined) return checkPolicy(await readInput(check, io), language, io)
  io.out(JSON.stringify(policyJsonSchema(), undefined, 2))
  return 0
}

function checkPolicy(text: string, language: Language, io: Io): number {
  try {
    const policy = parsePolicy(text)
    const [count, quorum] = [policy.chains.length, quorumOf(policy)]
    const digest = policyDigest(policy)
    io.out(
      language === 'fr'
        ? `politique correcte : chaînes ${count}, quorum ${quorum}, empreinte ${digest}`
        : `good policy: chains ${count}, quorum ${quorum}, digest ${digest}`,
    )
    return 0
  } catch (error) {
    if (!isRegistryError(error) || error.code !== 'INPUT_INVALID') throw error
    const { problems } = error.facts
    io.out(problems.map((each) => printable(policyProblem(each, language))).join('\n'))
    return exitCodes.invalid
  }
}

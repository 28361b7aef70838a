import { isRegistryError, parsePolicy, printable, type Policy } from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { inDataDir } from './data-dir.ts'
import { languageOf } from './options.ts'
import { policyProblem } from './policy-problems.ts'
import { readText } from './read-input.ts'

/**
 * The policy of `--policy`, else of `LIVRET_POLICY`, else of the data directory. Throws {@link UsageError} if there is
 * none, or naming member and rule of each problem of one that cannot be used.
 */
export async function loadPolicy(
  option: string | undefined,
  env: Io['env'],
  lang?: string,
): Promise<Policy> {
  const file = option ?? (env['LIVRET_POLICY'] || inDataDir('policy.json', env))
  const text = await readPolicy(file)
  try {
    return parsePolicy(text)
  } catch (error) {
    if (!isRegistryError(error) || error.code !== 'INPUT_INVALID') throw error
    const language = languageOf(lang, env)
    const problems = error.facts.problems.map((each) => printable(policyProblem(each, language)))
    const head = language === 'fr' ? 'politique inutilisable :' : 'no policy that can be used:'
    throw new UsageError([`${head} ${file}`, ...problems].join('\n  '), false)
  }
}

async function readPolicy(file: string): Promise<string> {
  try {
    return await readText(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `no policy, so nobody to trust: ${reason}\nName one with --policy or LIVRET_POLICY.`,
    )
  }
}

import { parsePolicy, type Policy } from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { inDataDir } from './data-dir.ts'
import { readText } from './read-input.ts'

/** The policy of `--policy`, else of `LIVRET_POLICY`, else of the data directory. */
export async function loadPolicy(option: string | undefined, env: Io['env']): Promise<Policy> {
  const file = option ?? (env['LIVRET_POLICY'] || inDataDir('policy.json', env))
  try {
    return parsePolicy(await readText(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `no policy, so nobody to trust: ${reason}\nName one with --policy or LIVRET_POLICY.`,
    )
  }
}

import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Language } from '../index.ts'
import { UsageError, type Io } from './command.ts'

/**
 * Reads options and positionals; unknown options, missing and superfluous values are usage errors.
 *
 * @param options - As for `parseArgs` of node:util.
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // parseArgs explains at length how to pass a positional that starts with a dash.
    const [message = ''] = error instanceof Error ? error.message.split('. ') : []
    throw new UsageError(message)
  }
}

/** The language of `--lang`, else of `LC_ALL` or `LANG`, else English. */
export function languageOf(option: string | undefined, env: Io['env']): Language {
  if (option === 'fr' || option === 'en') return option
  if (option !== undefined) throw new UsageError(`--lang: expected fr or en, got '${option}'`)
  // POSIX: an empty variable counts as unset.
  const locale = env['LC_ALL'] || env['LANG'] || ''
  return /^fr(?:[_.@-]|$)/i.test(locale) ? 'fr' : 'en'
}

/**
 * `livret`, the command line: finds the subcommand and runs it.
 *
 * @module
 */
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { isRegistryError, type Language } from '../index.ts'
import { exitCodes, UsageError, type Command, type Io } from './command.ts'
import { languageOf } from './options.ts'
import { ServerError } from './server.ts'

interface Entry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** The subcommands. Each is loaded only when it is asked for. */
const commands: ReadonlyMap<string, Entry> = new Map([
  ['verify', { summary: 'verify credentials', load: () => import('./verify.ts') }],
  ['bundle', { summary: 'make one file to verify offline', load: () => import('./bundle.ts') }],
  ['policy', { summary: 'check a policy, or print its schema', load: () => import('./policy.ts') }],
  ['report', { summary: 'read a signed report', load: () => import('./report.ts') }],
  ['inspect', { summary: 'show what is in a credential', load: () => import('./inspect.ts') }],
  ['export', { summary: 'write as ELM or CLR', load: () => import('./export.ts') }],
  ['issue', { summary: 'issue a credential', load: () => import('./issue.ts') }],
  ['offer', { summary: 'offer a credential to a wallet', load: () => import('./offer.ts') }],
  ['request', { summary: 'ask a holder for credentials', load: () => import('./request.ts') }],
  ['result', { summary: 'show what came of a request', load: () => import('./result.ts') }],
  ['wallet', { summary: 'receive, keep and show credentials', load: () => import('./wallet.ts') }],
  ['status', { summary: 'show or change a status', load: () => import('./status.ts') }],
  ['proof', { summary: 'print a receipt’s Merkle proof', load: () => import('./proof.ts') }],
  ['jose-cose', { summary: 'what W3C’s suite calls', load: () => import('./jose-cose.ts') }],
  ['canonicalize', { summary: 'write JSON as RFC 8785', load: () => import('./canonicalize.ts') }],
  ['issuer', { summary: 'create or list issuers', load: () => import('./issuer.ts') }],
])

/**
 * Runs the command line.
 *
 * @param args - Without the program's name.
 * @returns The exit code: 0 valid or done, 1 invalid or refused, 2 undecided or unreachable, 64 usage.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args
  const entry = commands.get(name ?? '')
  const language = wantedLanguage(args, io.env)
  if (entry === undefined) {
    const isHelp = name === 'help' || name === '--help' || name === '-h'
    const help = await overview(language)
    const problem = name === undefined ? 'no command' : `unknown command '${name}'`
    if (isHelp) io.out(help)
    else io.err(`livret: ${problem}\n${help}`)
    return isHelp ? 0 : exitCodes.usage
  }
  const command = await entry.load()
  const usage = await usageIn(language, name, command)
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(usage)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    return explain(error, usage, io)
  }
}

/** That of `--lang`, wherever it stands, else of the environment. One that is none is for the command to refuse. */
function wantedLanguage(args: readonly string[], env: Io['env']): Language {
  const at = args.indexOf('--lang')
  const named = at === -1 ? args.find((arg) => arg.startsWith('--lang='))?.slice(7) : args[at + 1]
  return languageOf(named === 'fr' || named === 'en' ? named : undefined, env)
}

async function usageIn(language: Language, name = '', { usage }: Command): Promise<string> {
  if (language === 'en') return usage
  const { usages } = await import('./usages/fr.ts')
  return usages[name] ?? usage
}

function explain(error: unknown, usage: string, io: Io): number {
  if (error instanceof UsageError) {
    io.err(`livret: ${error.message}${error.showsUsage ? `\n${usage}` : ''}`)
    return exitCodes.usage
  }
  if (error instanceof ServerError) {
    io.err(`livret: ${error.message}`)
    return error.isTemporary ? exitCodes.undecided : exitCodes.invalid
  }
  if (!isRegistryError(error)) throw error
  io.err(`livret: ${error.message} ${error.hint}`)
  return error.code.endsWith('_UNREACHABLE') ? exitCodes.undecided : exitCodes.invalid
}

async function overview(language: Language): Promise<string> {
  const { overview: french, summaries } = await import('./usages/fr.ts')
  const isFrench = language === 'fr'
  const [head, foot] = isFrench ? french : english
  const lines = [...commands].map(([name, { summary }]) => {
    const words = isFrench ? (summaries[name] ?? summary) : summary
    return `  ${name.padEnd(12)}  ${words}`
  })
  return [head, ...lines, foot].join('\n')
}

const english = [
  'Usage: livret COMMAND [--help] [--lang fr|en]',
  'Exit code: 0 valid or done, 1 invalid or refused, 2 undecided or no answer, 64 usage.',
] as const

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), {
    env: process.env,
    out: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    err: (line) => process.stderr.write(`${line}\n`),
    readStdin: () => text(process.stdin),
    input: process.stdin,
    drained: () => (process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined),
    fetch,
    now: Date.now,
  })
}

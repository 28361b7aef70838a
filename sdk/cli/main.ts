/**
 * `livret`, the command line: finds the subcommand and runs it.
 *
 * @module
 */
import { text } from 'node:stream/consumers'
import { isRegistryError } from '../index.ts'
import { exitCodes, UsageError, type Command, type Io } from './command.ts'
import { ServerError } from './server.ts'

interface Entry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** The subcommands. Each is loaded only when it is asked for. */
const commands: ReadonlyMap<string, Entry> = new Map([
  ['verify', { summary: 'verify credentials', load: () => import('./verify.ts') }],
  ['bundle', { summary: 'make one file to verify offline', load: () => import('./bundle.ts') }],
  ['inspect', { summary: 'show what is in a credential', load: () => import('./inspect.ts') }],
  ['issue', { summary: 'issue a credential', load: () => import('./issue.ts') }],
  ['offer', { summary: 'offer a credential to a wallet', load: () => import('./offer.ts') }],
  ['request', { summary: 'ask a holder for credentials', load: () => import('./request.ts') }],
  ['result', { summary: 'show what came of a request', load: () => import('./result.ts') }],
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
  if (entry === undefined) {
    const isHelp = name === 'help' || name === '--help' || name === '-h'
    if (isHelp) io.out(overview())
    else
      io.err(
        `livret: ${name === undefined ? 'no command' : `unknown command '${name}'`}\n${overview()}`,
      )
    return isHelp ? 0 : exitCodes.usage
  }
  const command = await entry.load()
  if (rest.includes('--help')) {
    io.out(command.usage)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    return explain(error, command, io)
  }
}

function explain(error: unknown, { usage }: Command, io: Io): number {
  if (error instanceof UsageError) {
    io.err(`livret: ${error.message}\n${usage}`)
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

function overview(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(12)}  ${summary}`)
  return ['Usage: livret COMMAND [--help]', ...lines].join('\n')
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), {
    env: process.env,
    out: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    err: (line) => process.stderr.write(`${line}\n`),
    readStdin: () => text(process.stdin),
    fetch,
    now: Date.now,
  })
}

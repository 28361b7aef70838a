/**
 * What a subcommand of `livret` is.
 *
 * @module
 */

/** The world as a command sees it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Writes one line, or several, to standard output. */
  out(text: string): void
  /** Writes to standard output exactly what it is given, without the end of a line. */
  write(text: string): void
  /** The same to standard error. */
  err(text: string): void
  /** All of standard input. */
  readStdin(): Promise<string>
  /** The same as it comes, for inputs of any length. Default: all of it at once. */
  readonly input?: AsyncIterable<Uint8Array | string>
  /** Waits until what was written is taken, so that it does not pile up. Default: nobody waits. */
  readonly drained?: () => Promise<unknown> | undefined
  /** Asks the server that the user named. */
  readonly fetch: typeof fetch
  /** Asks the hosts that credentials name. Default: the SDK's own way, public addresses only. */
  readonly fetchPublic?: typeof fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A subcommand's module. */
export interface Command {
  /** Shown for `--help` and after a usage error. */
  readonly usage: string
  /**
   * @param args - What stands after the command's name.
   * @returns The exit code.
   * @throws {@link UsageError}
   */
  run(args: readonly string[], io: Io): Promise<number>
}

/** Exit codes; 64 is `EX_USAGE` of sysexits.h. */
export const exitCodes = { valid: 0, invalid: 1, undecided: 2, usage: 64 } as const

/** The command was called in a way that it does not understand; exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Whether it helps to see how the command is used. */
  readonly showsUsage: boolean

  constructor(message: string, showsUsage = true) {
    super(message)
    this.showsUsage = showsUsage
  }
}

/**
 * `livret canonicalize`: writes JSON in its canonical form (RFC 8785).
 *
 * @module
 */
import { canonicalize, readJson } from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret canonicalize [FILE]

Writes the JSON in FILE (standard input for - or if no FILE is named) as RFC 8785 says. JSON that two
readers could understand in two ways is refused: a member twice, half of a surrogate pair, a number
beyond what a double holds.

Exit code: 0 written, 1 refused, 64 usage.`

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = readOptions(args, {})
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const { value, problem } = readJson(await readInput(file, io))
  if (problem !== undefined) {
    io.err(`livret: not canonicalized: ${problem}`)
    return exitCodes.invalid
  }
  io.write(canonicalize(value))
  return exitCodes.valid
}

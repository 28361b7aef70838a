import { createReadStream } from 'node:fs'
import { UsageError, type Io } from './command.ts'

/** The longest line that is read whole, in characters: more than a credential and its receipt may have. */
const longestLine = 2_200_000

/**
 * The lines of a file, or of standard input for `-`, one after the other and never all at once. Empty
 * ones are left out; of a longer one than any credential is, the beginning is given, to be refused.
 *
 * @throws {@link UsageError} for a file that cannot be read.
 */
export async function* linesOf(file: string, io: Io): AsyncGenerator<string, void, void> {
  try {
    yield* split(file === '-' ? inputOf(io) : createReadStream(file))
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new UsageError(`cannot read ${file}: ${error.message}`)
  }
}

async function* inputOf(io: Io): AsyncGenerator<Uint8Array | string, void, void> {
  if (io.input === undefined) yield await io.readStdin()
  else yield* io.input
}

async function* split(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const [first = '', ...more] = text.split('\n')
    rest = rest.length > longestLine ? rest : rest + first
    for (const next of more) {
      if (rest.trim() !== '') yield rest
      rest = next
    }
  }
  if (rest.trim() !== '') yield rest
}

import { readFile } from 'node:fs/promises'
import { UsageError, type Io } from './command.ts'

/** The text of a file, or of standard input for `-`. A file that cannot be read is a usage error. */
export async function readInput(file: string, io: Io): Promise<string> {
  if (file === '-') return io.readStdin()
  return readText(file)
}

/** The text of a file. A file that cannot be read is a usage error. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error'
    throw new UsageError(`cannot read ${file}: ${reason}`)
  }
}

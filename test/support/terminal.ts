import type { Io } from '../../sdk/cli/command.ts'
import { main } from '../../sdk/cli/main.ts'

/** What a run of the command line gave. */
export interface Run {
  code: number
  out: string
  err: string
}

/** Runs `livret` in this process, with nothing of this machine's environment. */
export async function livret(
  args: readonly string[],
  { stdin = '', ...io }: Partial<Io> & { stdin?: string } = {},
): Promise<Run> {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await main(args, {
    env: {},
    out: (text) => lines.out.push(text),
    write: (text) => lines.out.push(text),
    err: (text) => lines.err.push(text),
    readStdin: () => Promise.resolve(stdin),
    fetch,
    now: Date.now,
    ...io,
  })
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

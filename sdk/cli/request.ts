/**
 * `livret request`: has a Livret server ask a holder for credentials.
 *
 * @module
 */
import * as z from 'zod/mini'
import { UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { callServer, readAnswer, serverUsage } from './server.ts'

export const usage = `Usage: livret request --query FILE [--mode direct_post|direct_post.jwt]
                      [--client decentralized_identifier|x509_hash] [--redirect URL]

Has a Livret server ask a holder for what the DCQL query in FILE describes, by OpenID4VP 1.0. Prints
STATE=…, for livret result, and on the next line the request's URI; show it as a QR code.

  --mode M        how the wallet answers; direct_post.jwt, encrypted, if left out
  --client C      how the server names itself; decentralized_identifier if left out
  --redirect URL  where the holder's browser goes then, with the code that the result needs

${serverUsage}

Exit code: 0 asked, 1 refused, 2 no answer, 64 usage.`

const options = {
  query: { type: 'string' },
  mode: { type: 'string' },
  client: { type: 'string' },
  redirect: { type: 'string' },
} as const

const Request = z.looseObject({ state: z.string(), uri: z.string() })

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  if (positionals.length > 0) throw new UsageError(`superfluous: ${positionals.join(' ')}`)
  if (values.query === undefined) throw new UsageError('--query FILE is needed')
  const { mode, client, redirect } = values
  const answer = await callServer(io, '/requests', {
    query: readJson(await readInput(values.query, io)),
    options: {
      ...(mode !== undefined && { responseMode: mode }),
      ...(client !== undefined && { clientIdPrefix: client }),
      ...(redirect !== undefined && { redirectUri: redirect }),
    },
  })
  const { state, uri } = readAnswer(Request, answer)
  io.out(`STATE=${state}`)
  io.out(uri)
  return 0
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('the query is not JSON')
  }
}

/**
 * The Livret server that `issue`, `status` and `issuer` talk to.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { UsageError, type Io } from './command.ts'
import { inDataDir } from './data-dir.ts'

/** What the usage texts of these commands end with. */
export const serverUsage = `  $LIVRET_URL    the server; http://localhost:8080 if unset
  $LIVRET_TOKEN  its token; else the file token in $LIVRET_DATA_DIR (./.livret)`

/** An answer of the server, with a good status. */
export interface ServerAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** The server said no, or nothing. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** Whether trying again later may help. */
  readonly isTemporary: boolean

  constructor(message: string, isTemporary: boolean, options?: ErrorOptions) {
    super(message, options)
    this.isTemporary = isTemporary
  }
}

/** RFC 9457, as far as it is shown. */
const Problem = z.object({
  title: z.string(),
  detail: z.optional(z.string()),
  problems: z.optional(z.array(z.string())),
})

/** Longest wait for an answer, in milliseconds. */
const PATIENCE = 30_000

/**
 * Sends a request to the server of `LIVRET_URL`, with the token if there is one.
 *
 * @param path - With a leading slash.
 * @param body - Sent as JSON; without it, the request is a GET.
 * @throws {@link ServerError} if it does not answer, or not with a good status.
 */
export async function callServer(io: Io, path: string, body?: unknown): Promise<ServerAnswer> {
  const base = baseUrlOf(io.env)
  const token = await tokenOf(io.env)
  const headers = {
    accept: 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const content =
    body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }
  let response: Response
  let text: string
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    response = await io.fetch(`${base}${path}`, { headers, signal, redirect: 'error', ...content })
    text = await response.text()
  } catch (cause) {
    throw new ServerError(`no answer from ${base}; is LIVRET_URL right?`, true, { cause })
  }
  const answer = readJson(text)
  if (!response.ok) throw new ServerError(explain(response, answer), response.status >= 500)
  return { status: response.status, headers: response.headers, body: answer }
}

/** Reads an answer, or throws {@link ServerError}: then it is not a Livret server that answered. */
export function readAnswer<S extends z.ZodMiniType>(
  schema: S,
  { body }: ServerAnswer,
): z.output<S> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new ServerError('the answer is not that of a Livret server; is LIVRET_URL right?', false)
}

function baseUrlOf(env: Io['env']): string {
  const url = env['LIVRET_URL'] || 'http://localhost:8080'
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(`LIVRET_URL: expected an http or https address, got '${url}'`)
  }
  return url.replace(/\/+$/, '')
}

/** Public routes need no token, so that a missing one is for the server to complain about. */
async function tokenOf(env: Io['env']): Promise<string | undefined> {
  const token =
    env['LIVRET_TOKEN'] || (await readFile(inDataDir('token', env), 'utf8').catch(() => ''))
  return token.trim() || undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function explain({ status }: Response, body: unknown): string {
  const problem = Problem.safeParse(body)
  if (!problem.success) return `the server answers ${String(status)}`
  const { title, detail, problems = [] } = problem.data
  const lines = problems.length > 1 ? problems.map((each) => `\n  ${each}`).join('') : ''
  return [title, detail].filter((part) => part !== undefined).join(' ') + lines
}

/**
 * Kills at a marked point, from outside of the code that is put to the test: loaded before a server by
 * `NODE_OPTIONS=--import`, it watches what crosses the process's border (points.ts). The file that
 * `LIVRET_CRASH_FILE` names arms one point, `{"point", "victim", "dataDir"}`; it is gone once the blow fell.
 *
 * @module
 */
import { readFileSync, rmSync } from 'node:fs'
import pg from 'pg'
import { z } from 'zod'
import { crashPoints, victims, type CrashPoint } from './points.ts'
import { kill } from './victims.ts'

/** What the file holds. */
export const Armed = z.strictObject({
  point: z.string(),
  victim: z.enum(victims),
  /** Where database and node of the server are found. */
  dataDir: z.string(),
})

const file = process.env['LIVRET_CRASH_FILE']
if (file !== undefined) {
  watchQueries(file)
  watchRequests(file)
}

/** What crosses the border: a statement and the transaction that it is part of, or a request. */
interface Crossed {
  sql?: string
  /** Statements of the transaction that is being committed. */
  committed?: readonly string[]
  /** The text of a request's body. */
  rpc?: string
}

/** Answers what to do at each moment of a crossing that is armed; undefined for all others. */
function blowAt(file: string, crossed: Crossed): ((when: CrashPoint['when']) => void) | undefined {
  const armed = read(file)
  const point = crashPoints.find(({ name }) => name === armed?.point)
  if (armed === undefined || point === undefined || !isAt(point, crossed)) return undefined
  return (when) => {
    if (when !== point.when || read(file) === undefined) return
    rmSync(file, { force: true })
    kill(armed.victim, armed.dataDir)
  }
}

function read(file: string): z.infer<typeof Armed> | undefined {
  try {
    return Armed.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function isAt({ crossing }: CrashPoint, { sql, committed, rpc }: Crossed): boolean {
  if ('sql' in crossing) return sql !== undefined && crossing.sql.test(sql)
  if ('commit' in crossing) return committed?.some((each) => crossing.commit.test(each)) === true
  return rpc?.includes(`"${crossing.rpc}"`) === true
}

/** Every statement goes through one method of the driver: drizzle's, pg-boss's, and the store's own. */
function watchQueries(file: string): void {
  const query: unknown = Reflect.get(pg.Client.prototype, 'query')
  if (!isFunction(query)) throw new Error('the driver has no such method')
  const transactions = new WeakMap<object, string[]>()
  const watched = function (this: pg.Client, ...given: unknown[]): unknown {
    const sql = textOf(given[0])
    const statements = transactions.get(this)
    const committed = sql === 'commit' ? statements : undefined
    if (sql === 'begin') transactions.set(this, [])
    else if (sql === 'commit' || sql === 'rollback') transactions.delete(this)
    else if (sql !== undefined) statements?.push(sql)

    const blow = blowAt(file, {
      ...(sql !== undefined && { sql }),
      ...(committed !== undefined && { committed }),
    })
    if (blow === undefined) return Reflect.apply(query, this, given)
    blow('before')
    const last = given.at(-1)
    if (isFunction(last)) {
      const callback = (...answer: unknown[]) => {
        blow('answered')
        Reflect.apply(last, undefined, answer)
      }
      Reflect.apply(query, this, [...given.slice(0, -1), callback])
      blow('sent')
      return undefined
    }
    const answer: unknown = Reflect.apply(query, this, given)
    blow('sent')
    return Promise.resolve(answer).finally(() => {
      blow('answered')
    })
  }
  Object.defineProperty(pg.Client.prototype, 'query', { value: watched, writable: true })
}

function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query
  const named = z.object({ text: z.string() }).safeParse(query)
  return named.success ? named.data.text : undefined
}

type Query = (...given: unknown[]) => unknown

function isFunction(value: unknown): value is Query {
  return typeof value === 'function'
}

function watchRequests(file: string): void {
  const { fetch } = globalThis
  globalThis.fetch = async (url, init) => {
    const blow = typeof init?.body === 'string' ? blowAt(file, { rpc: init.body }) : undefined
    if (blow === undefined) return fetch(url, init)
    blow('before')
    const answer = fetch(url, init)
    // A request leaves some turns later than a statement.
    setTimeout(blow, 3, 'sent')
    return answer.finally(() => {
      blow('answered')
    })
  }
}

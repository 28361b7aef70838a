/**
 * The parent's half of the issue bench: starts contestants, sends them requests, and counts how many they
 * answer for a second of their own processor time. The sender's time does not count.
 *
 * @module
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { Hello, Usage } from './contestant.ts'

export interface Contestant {
  name: string
  /** Answers for one second of its processor time, measured over `milliseconds`. */
  run(milliseconds: number): Promise<number>
  stop(): Promise<void>
}

/** How many requests are under way at any time. */
const connections = 16

/** Starts the contestant that `script` is. */
export async function startContestant(name: string, script: URL): Promise<Contestant> {
  const child = fork(script, {
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const hello = Hello.parse(await messageOf(child))
  const agent = new Agent({ keepAlive: true, maxSockets: connections })

  async function microseconds(): Promise<number> {
    const answer = messageOf(child)
    child.send('usage')
    return Usage.parse(await answer).microseconds
  }

  return {
    name,
    async run(milliseconds) {
      const before = await microseconds()
      const end = performance.now() + milliseconds
      const counts = await Promise.all(
        Array.from({ length: connections }, async () => {
          let count = 0
          for (; performance.now() < end; count++) await answered(hello, agent)
          return count
        }),
      )
      const used = (await microseconds()) - before
      return (counts.reduce((a, b) => a + b, 0) * 1e6) / used
    },
    async stop() {
      agent.destroy()
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController()
  const exit = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('bench: a contestant ended')
  })
  try {
    const messages: readonly unknown[] = await Promise.race([once(child, 'message'), exit])
    return messages[0]
  } finally {
    exit.catch(() => undefined)
    gone.abort()
  }
}

/** Sends one request and reads the answer to its end; anything but 2xx is an error. */
function answered({ port, path, method, headers, body }: Hello, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers, agent },
      (response) => {
        const { statusCode = 0 } = response
        response.resume().once('error', reject)
        response.once('end', () => {
          if (statusCode >= 200 && statusCode < 300) resolve()
          else reject(new Error(`bench: ${path} answered ${statusCode}`))
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

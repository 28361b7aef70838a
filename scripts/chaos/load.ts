import { setTimeout as sleep } from 'node:timers/promises'
import type { Clients } from '../kill9/clients.ts'

/** What clients asked for while it lasted. */
export interface Load {
  /** Ends it once everything that was asked for is acknowledged. Answers what never was. */
  stop(): Promise<readonly string[]>
}

const workers = 3
const pauseMilliseconds = 60
/** One of so many credentials is revoked. */
const revokedShare = 8
const patienceMilliseconds = 180_000

/** Clients that issue and revoke, and insist on every request until it is acknowledged. */
export function startLoad(clients: Clients): Load {
  let isOn = true
  let count = 0
  const refused: string[] = []

  const insist = async (what: string, ask: () => Promise<boolean>) => {
    for (const began = Date.now(); Date.now() - began < patienceMilliseconds;) {
      if (await ask()) return
      await sleep(200)
    }
    refused.push(what)
  }
  const work = async () => {
    while (isOn) {
      const id = clients.newId()
      await insist(`${id} is refused`, () => clients.issue(id))
      if (++count % revokedShare === 0) {
        await insist(`revoking ${id} is refused`, () => clients.revoke(id))
      }
      await sleep(pauseMilliseconds)
    }
  }
  const working = Array.from({ length: workers }, work)
  return {
    stop: async () => {
      isOn = false
      await Promise.all(working)
      return refused
    },
  }
}

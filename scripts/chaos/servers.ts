/**
 * Several equal servers on one database, each of which can be killed, stopped and started.
 *
 * @module
 */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, startProcess, type ServerProcess } from '../../test/support/server-process.ts'

const preload = new URL('../kill9/crash-at.ts', import.meta.url).href

/** Starts `count` servers with their files in `dataDir`; all have the public address of the first. */
export async function startServers(
  count: number,
  dataDir: string,
  environment: Readonly<Record<string, string>>,
) {
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const crashFile = (i: number) => join(dataDir, `crash-${String(i)}.json`)
  const start = (i: number): Promise<ServerProcess> =>
    startProcess('server/main.ts', ports[i] ?? 0, {
      ...environment,
      LIVRET_BASE_URL: `http://localhost:${String(ports[0])}`,
      LIVRET_DATA_DIR: join(dataDir, `server-${String(i)}`),
      LIVRET_CRASH_FILE: crashFile(i),
      NODE_OPTIONS: `--import=${preload}`,
    })
  const running = await Promise.all(ports.map((_, i) => start(i)))
  const isDown = ({ child }: ServerProcess) => child.exitCode !== null || child.signalCode !== null
  const at = (i: number) => {
    const server = running[i]
    if (server === undefined) throw new Error(`there is no server ${String(i)}`)
    return server
  }

  return {
    count,
    urls: () => running.map(({ url }) => url),
    /** Which of them ended. */
    down: () => running.flatMap((server, i) => (isDown(server) ? [i] : [])),
    output: (i: number) => at(i).output(),
    kill: (i: number) => at(i).kill(),
    stop: (i: number) => at(i).stop(),
    start: async (i: number) => {
      running[i] = await start(i)
    },
    /** Has a server die at a marked point; `disarm` in case that it never comes by. */
    arm: (i: number, point: string) =>
      writeFile(crashFile(i), JSON.stringify({ point, victim: 'server', dataDir })),
    disarm: (i: number) => rm(crashFile(i), { force: true }),
    stopAll: () => Promise.all(running.map((server) => server.stop('SIGKILL'))),
  }
}

/**
 * A PostgreSQL that can be killed and started again behind one address.
 *
 * @module
 */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { startEmbeddedPostgres } from '../../server/store/embedded.ts'
import { killDatabase } from '../kill9/victims.ts'

/** Starts it with its files in `dataDir`. */
export async function startDatabase(dataDir: string) {
  let server = await startEmbeddedPostgres(dataDir)
  const gate = createServer((client) => {
    const { port, hostname } = new URL(server.url)
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const address = gate.address()
  const url = new URL(server.url)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    kill: () => {
      killDatabase(dataDir)
    },
    restart: async () => {
      server = await startEmbeddedPostgres(dataDir)
    },
    stop: async () => {
      gate.close()
      await server.stop()
    },
  }
}

import { once } from 'node:events'
import { createServer } from 'node:net'
import { RegistryError } from '#sdk'

/** The port of last time, since policies name it; another one if somebody else has taken it. */
export async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && (await listen(wanted)) !== undefined) return wanted
  const free = await listen(0)
  if (free === undefined)
    throw new RegistryError('NODE_FAILED', { reason: 'there is no free port' })
  return free
}

async function listen(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return undefined
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? address?.port : undefined
}

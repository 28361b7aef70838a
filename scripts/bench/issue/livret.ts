/**
 * Livret's whole server as `npm start` runs it, with database, chain and background jobs, in a temporary
 * folder: `POST /credentials/issue` checks the content against Open Badges 3.0 and the issuer's standing
 * against the chain, draws a status index, signs, salts, and answers once the certificate is on disk.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../../server/config.ts'
import { createLog } from '../../../server/log.ts'
import { startServer } from '../../../server/main.ts'
import { admitIssuer, certificateOf } from './admit-issuer.ts'
import { freePort } from './free-port.ts'
import { introduce } from './contestant.ts'

const folder = await mkdtemp(join(tmpdir(), 'livret-bench-'))
const port = await freePort()
const config = await loadConfig({ PORT: String(port), LIVRET_DATA_DIR: folder })
const server = await startServer(config, createLog('error'))
const did = await admitIssuer(server)
introduce(
  {
    port,
    path: '/credentials/issue',
    method: 'POST',
    body: JSON.stringify({ credential: certificateOf(did) }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${config.token}` },
  },
  async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  },
)

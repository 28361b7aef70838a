/**
 * Livret's whole server as `npm start` runs it, with database, chain and background jobs, in a temporary
 * folder: `POST /credentials/issue` checks the content against Open Badges 3.0 and the issuer's standing
 * against the chain, draws a status index, signs, salts, and answers once the certificate is on disk.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildTrainingCertificate, Did, Scope } from '#sdk'
import { loadConfig } from '../../../server/config.ts'
import { createIssuer } from '../../../server/issuing/create-issuer.ts'
import { describeIssuer } from '../../../server/issuing/describe-issuer.ts'
import { NewIssuer } from '../../../server/issuing/issuer-input.ts'
import { createLog } from '../../../server/log.ts'
import { startServer, type Server } from '../../../server/main.ts'
import { openEnd, sponsorOn } from '../../authority/sponsor.ts'
import { introduce } from './contestant.ts'

const slug = 'bench'
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

/** Makes an issuer, and waits until it lacks nothing. */
async function admitIssuer({ context, embedded }: Server): Promise<Did> {
  if (embedded === undefined) throw new Error('bench: no chain of its own')
  const input = NewIssuer.parse({ slug, name: 'Organisme fictif' })
  const { did } = await createIssuer(context, input)
  const { account: subject } = await describeIssuer(context, slug)
  const operator = await context.store.operator.get(() => context.keys.makeAccount())
  const sponsor = sponsorOn(embedded.chain, embedded.authority)
  const toAttest = { subject, right: 'attest', scope: Scope.parse('TrainingCertificate') } as const
  await sponsor.accredit(toAttest, openEnd)
  await sponsor.confirm(did, toAttest)
  const toAnchor = { subject: operator.address, right: 'anchor', scope: Scope.parse('') } as const
  await sponsor.accredit(toAnchor, openEnd)
  for (let second = 0; second < 60; second++) {
    const { chains } = await describeIssuer(context, slug)
    if (chains.every(({ missing }) => missing.length === 0)) return did
    await sleep(1_000)
  }
  throw new Error('bench: the issuer is never ready')
}

/** What a caller sends: the certificate without what the server adds. */
function certificateOf(did: Did) {
  const certificate = buildTrainingCertificate(
    {
      issuer: { id: did, name: 'Organisme fictif' },
      holder: { id: Did.parse('did:example:ada') },
      title: 'Boulanger',
      description: 'Formation préparant au CAP Boulanger.',
      criteria: 'Pétrir, façonner et cuire, seul, pendant une nuit de production.',
      achievementId: 'urn:example:boulanger',
      certifications: [{ code: 'RNCP37537', title: 'CAP - Boulanger' }],
      rome: [{ code: 'D1102', title: 'Boulanger / Boulangère' }],
      completedOn: '2025-06-30',
    },
    { id: 'urn:example:replaced', validFrom: '2025-06-30T00:00:00Z' },
  )
  return { ...certificate, id: undefined, validFrom: undefined }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('bench: no free port')
  return address.port
}

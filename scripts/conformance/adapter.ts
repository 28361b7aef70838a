/**
 * What the suites want and a server behind a proxy has anyway: HTTPS, with a certificate for a day. For
 * the suite of status lists, which reads credentials with embedded proofs only, it takes credentials
 * out of their envelopes, leaves away status entries of other types, and puts credentials back into
 * their envelopes to be verified.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { isJsonObject, openEnvelope, readJson, type Json, type JsonObject } from '#sdk'
import type { Site } from './start-site.ts'

export interface Adapter {
  url: string
  stop(): Promise<void>
}

/** @param opensEnvelopes Whether the suite reads embedded credentials only. */
export async function startAdapter(site: Site, opensEnvelopes: boolean): Promise<Adapter> {
  const envelopes = new Map<Json | undefined, Json>()
  const server = createServer(await certificate())
  const own = () => {
    const address = server.address()
    return `https://localhost:${String(typeof address === 'object' ? address?.port : 0)}`
  }
  const opened = (token: string) => openToken(token, site.url, own())

  /** What the suite sees of an answer. */
  const show = (path: string, mediaType: string, body: string): string => {
    if (!opensEnvelopes) return body
    if (mediaType.startsWith('application/vc+jwt')) return JSON.stringify(opened(body))
    const envelope = path === '/credentials/issue' ? read(body)['verifiableCredential'] : undefined
    if (!isJsonObject(envelope)) return body
    const { id } = envelope
    const credential = opened(typeof id === 'string' ? (openEnvelope(id) ?? '') : '')
    envelopes.set(credential['id'], envelope)
    return JSON.stringify({ verifiableCredential: credential })
  }
  /** What the server sees of a request. */
  const pass = (body: string): string => {
    if (!opensEnvelopes || body === '') return body
    const request = read(body)
    const { verifiableCredential: credential } = request
    const known = isJsonObject(credential) ? envelopes.get(credential['id']) : undefined
    return known === undefined ? body : JSON.stringify({ ...request, verifiableCredential: known })
  }

  server.on('request', (request, response) => {
    const { url: path = '/', method = 'GET' } = request
    const answer = async () => {
      const body = pass(await text(request))
      const got = await fetch(`${site.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${site.token}` },
        ...(body !== '' && { body }),
      })
      const mediaType = got.headers.get('content-type') ?? ''
      response.statusCode = got.status
      response.setHeader('content-type', 'application/json')
      response.end(show(path, mediaType, await got.text()))
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.listen(0)
  await once(server, 'listening')
  return {
    url: own(),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The credential in a token, with the addresses of its status lists behind the adapter. */
function openToken(token: string, from: string, to: string): JsonObject {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const claims = Object.entries(read(payload.replaceAll(from, to)))
  const credential = Object.fromEntries(claims.filter(([name]) => !['iss', 'iat'].includes(name)))
  const { credentialStatus } = credential
  if (!Array.isArray(credentialStatus)) return credential
  const entries: readonly Json[] = credentialStatus
  const bitstrings = entries.filter(
    (entry) => isJsonObject(entry) && entry['type'] === 'BitstringStatusListEntry',
  )
  return { ...credential, credentialStatus: bitstrings }
}

function read(body: string): JsonObject {
  const { value } = readJson(body)
  return isJsonObject(value) ? value : {}
}

async function certificate(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost']
  try {
    await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...files])
    return { key: await readFile(key), cert: await readFile(cert) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { certificate, startServer, token, type TestServer } from '../../support/server.ts'
import { livret } from '../../support/terminal.ts'

let server: TestServer
let env: Record<string, string>
let folder: string
let did: string
beforeAll(async () => {
  server = await startServer()
  env = { LIVRET_URL: `${server.baseUrl}/`, LIVRET_TOKEN: token }
  ;({ did } = await server.readyIssuer('greta'))
  folder = await mkdtemp(join(tmpdir(), 'livret-cli-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const run = (args: readonly string[], io: Parameters<typeof livret>[1] = {}) =>
  livret(args, { env, ...io })

const issue = async (args: readonly string[] = []) =>
  run(['issue', ...args], { stdin: JSON.stringify(certificate(did)) })

describe('livret issuer', () => {
  test('creates an issuer, and says what it lacks', async () => {
    const { code, out } = await run([
      'issuer',
      'create',
      ...['--slug', 'afpa', '--name', 'AFPA Marseille', '--siret', '73282932000074'],
      ...['--url', 'https://afpa.example'],
    ])
    expect(code).toBe(0)
    expect(out).toContain('AFPA Marseille (afpa)')
    expect(out).toMatch(/needed: a sponsor confirms that 0x[0-9a-f]{40} speaks for did:web:/)
  })

  test('lists issuers, one a line', async () => {
    const { code, out } = await run(['issuer', 'list'])
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toBe(`greta\t${did}\tGreta des Calanques`)
  })

  test('shows one that is ready', async () => {
    expect((await run(['issuer', 'show', 'greta'])).out).toContain('ready to issue')
    const { out } = await run(['issuer', 'show', 'greta', '--json'])
    expect(JSON.parse(out)).toMatchObject({ slug: 'greta', did })
  })

  test('exits with 1 and the server’s reason when it is refused', async () => {
    const { code, err } = await run(['issuer', 'create', '--slug', 'greta', '--name', 'Greta'])
    expect(code).toBe(1)
    expect(err).toContain('There is an issuer "greta" already')
  })

  test.each([
    [['issuer']],
    [['issuer', 'delete']],
    [['issuer', 'create', '--name', 'Greta']],
    [['issuer', 'show']],
    [['issuer', 'list', 'greta']],
  ])('%j exits with 64', async (args) => {
    expect((await run(args)).code).toBe(64)
  })
})

describe('livret issue', () => {
  test('prints the signed credential, and says where it is', async () => {
    const { code, out, err } = await issue()
    expect(code).toBe(0)
    expect(decodeCredential(out).issuer).toBe(did)
    expect(err).toContain(`${server.baseUrl}/credentials/`)
  })

  test('reads a file, and takes issuer, format and id', async () => {
    const file = join(folder, 'certificate.json')
    await writeFile(file, JSON.stringify({ ...certificate(did), issuer: undefined }))
    const { code, out } = await run([
      ...['issue', file, '--issuer', 'greta', '--format', 'jwt_vc_json', '--id', 'urn:x:1'],
    ])
    expect(code).toBe(0)
    expect(decodeCredential(out)).toMatchObject({
      format: 'jwt_vc_json',
      credential: { id: 'urn:x:1' },
    })
  })

  test('prints an award in several formats one a line, each with where it is', async () => {
    const { code, out, err } = await issue(['--format', 'dc+sd-jwt,vc+jwt'])
    expect(code).toBe(0)
    const formats = out.split('\n').map((text) => decodeCredential(text).format)
    expect(formats).toEqual(['dc+sd-jwt', 'vc+jwt'])
    expect(new Set(err.split('\n')).size).toBe(2)
  })

  test('waits for the receipt', async () => {
    const waiting = issue(['--wait', '20'])
    const settling = new Promise((resolve) => setTimeout(resolve, 500))
    await settling.then(() => server.settle())
    const { code, out } = await waiting
    expect(code).toBe(0)
    const { credential, receipt } = JSON.parse(out) as AnchoredCredential
    const report = await server.context.verifier.verifyCredential({ credential, receipt })
    expect(report.verdict).toBe('valid')
  })

  test('exits with 2 when the receipt takes longer', async () => {
    const { code, out, err } = await issue(['--wait', '0'])
    expect(code).toBe(2)
    expect(decodeCredential(out).issuer).toBe(did)
    expect(err).toContain('/receipt')
  })

  test('exits with 1 for what the server refuses, naming the member', async () => {
    const body = { ...certificate(did), credentialSubject: 'Ada' }
    const { code, err } = await run(['issue'], { stdin: JSON.stringify(body) })
    expect(code).toBe(1)
    expect(err).toContain('credentialSubject')
  })

  test('exits with 64 for what is not JSON', async () => {
    expect((await run(['issue'], { stdin: 'hello' })).code).toBe(64)
    expect((await issue(['--wait', 'long'])).code).toBe(64)
  })
})

describe('livret status', () => {
  let id: string
  let locator: string
  beforeAll(async () => {
    const { text, locator: name } = await server.issue(certificate(did))
    id = decodeCredential(text).credential.id ?? ''
    locator = name
  })

  test('shows the state, by id or by locator', async () => {
    const byId = await run(['status', id])
    expect(byId.code).toBe(0)
    expect(byId.out).toMatch(/^state: {2}signed\n[^]*status: good$/)
    expect((await run(['status', locator])).out).toBe(byId.out)
  })

  test('suspends, reinstates and revokes', async () => {
    expect((await run(['status', id, '--suspend'])).out).toBe('wanted: suspended')
    expect((await run(['status', id])).out).toContain('status: suspended')
    expect((await run(['status', id, '--reinstate'])).out).toBe('wanted: good')
    expect((await run(['status', locator, '--revoke'])).out).toBe('wanted: revoked')
    const { out } = await run(['status', id, '--json'])
    expect(JSON.parse(out)).toMatchObject({ status: { revocation: true } })
  })

  test('exits with 1 for a credential that nobody knows', async () => {
    const { code, err } = await run(['status', 'urn:uuid:nothing'])
    expect(code).toBe(1)
    expect(err).toContain('urn:uuid:nothing')
  })

  test.each([[['status']], [['status', 'a', '--revoke', '--suspend']], [['status', 'a', 'b']]])(
    '%j exits with 64',
    async (args) => {
      expect((await run(args)).code).toBe(64)
    },
  )
})

describe('the server', () => {
  test('that does not answer is exit code 2', async () => {
    const dead = { LIVRET_URL: 'http://127.0.0.1:1', LIVRET_TOKEN: token }
    const { code, err } = await run(['issuer', 'list'], { env: dead })
    expect(code).toBe(2)
    expect(err).toContain('LIVRET_URL')
  })

  test('must be an address', async () => {
    const { code } = await run(['issuer', 'list'], { env: { LIVRET_URL: 'livret.example' } })
    expect(code).toBe(64)
  })

  test('must be one of Livret', async () => {
    const other = () => Promise.resolve(Response.json({ hello: 'world' }))
    const { code, err } = await run(['issuer', 'list'], { fetch: other })
    expect(code).toBe(1)
    expect(err).toContain('not that of a Livret server')
  })

  test('says that the token is wrong, or missing', async () => {
    for (const environment of [
      { ...env, LIVRET_TOKEN: 'wrong' },
      { ...env, LIVRET_TOKEN: '', LIVRET_DATA_DIR: folder },
    ]) {
      const { code, err } = await run(['status', 'urn:uuid:1'], { env: environment })
      expect(code).toBe(1)
      expect(err).toContain('token')
    }
  })

  test('is shown the token that it keeps in the data directory', async () => {
    await writeFile(join(folder, 'token'), `${token}\n`)
    const environment = { ...env, LIVRET_TOKEN: '', LIVRET_DATA_DIR: folder }
    const { err } = await run(['status', 'urn:uuid:1'], { env: environment })
    expect(err).toContain('urn:uuid:1')
  })
})

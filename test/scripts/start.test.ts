import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePolicy, verifyBundle } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  childrenOf,
  freePort,
  isAlive,
  runScript,
  startProcess,
  until,
  type ServerProcess,
} from '../support/server-process.ts'

let dataDir: string
let port: number
let server: ServerProcess
let did: string
const environment = () => ({ LIVRET_DATA_DIR: dataDir, LIVRET_BATCH_SECONDS: '1' })
const start = async (by: 'scripts/start.ts' | 'npm start' = 'scripts/start.ts') => {
  server = await startProcess(by, port, environment())
  await until(() => Promise.resolve(server.output().includes('Ctrl-C') || undefined))
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'livret-start-'))
  port = await freePort()
  await start()
  did = ((await get('/issuers/demo')) as { did: string }).did
})
afterAll(async () => {
  await server.stop('SIGKILL')
  for (const pid of await childrenOf(dataDir)) process.kill(pid, 'SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

async function get(path: string): Promise<unknown> {
  const response = await fetch(path.startsWith('http') ? path : `${server.url}${path}`)
  return response.status === 200 ? response.json() : undefined
}

interface Issued {
  location: string
  verifiableCredential: unknown
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** Issues the example, under a new id. */
async function issue(): Promise<Issued> {
  const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim()
  const example = JSON.parse(await readFile(join(dataDir, 'example.json'), 'utf8')) as object
  const credential = { ...example, id: undefined, issuer: did }
  const response = await post(
    '/credentials/issue',
    { credential },
    { authorization: `Bearer ${token}` },
  )
  if (response.status !== 201) throw new Error(await response.text())
  const { verifiableCredential } = (await response.json()) as Issued
  return { location: response.headers.get('location')!, verifiableCredential }
}

const receiptOf = ({ location }: Issued) => until(() => get(`${location}/receipt`))

async function isValid({ verifiableCredential }: Issued): Promise<boolean> {
  const response = await post('/credentials/verify', { verifiableCredential })
  const answer = (await response.json()) as { verified: boolean; problemDetails: unknown }
  expect(answer.problemDetails).toEqual([])
  return answer.verified
}

describe('npm start', () => {
  test('prints what to copy, and says that it is for trying out only', () => {
    const text = server.output()
    expect(text).toContain('FOR TRYING OUT ONLY')
    for (const command of ['export LIVRET_', 'npx livret issue', 'npx livret verify', '--revoke']) {
      expect(text).toContain(command)
    }
  })

  test('issues what verifies, anchored on its own chain', async () => {
    const issued = await issue()
    await receiptOf(issued)
    expect(await isValid(issued)).toBe(true)
  })

  test('gives out bundles that verify offline under the policy it leaves behind', async () => {
    const issued = await issue()
    await receiptOf(issued)
    const bundle = await (await fetch(`${issued.location}/bundle`)).text()
    const policy = parsePolicy(await readFile(join(dataDir, 'policy.json'), 'utf8'))
    expect((await verifyBundle(bundle, { policy })).verdict).toBe('valid')
  })

  test('goes on after kill -9: same issuer, same receipt, and what waited is anchored', async () => {
    const anchored = await issue()
    const receipt = await receiptOf(anchored)
    const document = await get('/issuers/demo/did.json')
    const late = await issue()
    await server.kill()
    expect(await childrenOf(dataDir)).toHaveLength(2)

    await start()
    expect(await get('/issuers/demo/did.json')).toEqual(document)
    expect(await receiptOf(anchored)).toEqual(receipt)
    await receiptOf(late)
    expect(await isValid(anchored)).toBe(true)
    expect(await isValid(late)).toBe(true)
  })

  test('goes on after kill -9 of server, chain and database at once', async () => {
    const issued = await issue()
    const receipt = await receiptOf(issued)
    const policy = await get('/policy.json')
    const children = await childrenOf(dataDir)
    await server.kill()
    for (const pid of children) process.kill(pid, 'SIGKILL')
    await until(() => Promise.resolve(children.some(isAlive) ? undefined : true))

    await start('npm start')
    expect(await get('/policy.json')).toEqual(policy)
    expect(await receiptOf(issued)).toEqual(receipt)
    expect(await isValid(issued)).toBe(true)
  })

  test('lets the demo authority accredit for more, and take it away', async () => {
    const accredit = async (...args: string[]) => {
      const env = { LIVRET_DATA_DIR: dataDir, LIVRET_URL: server.url }
      const { exited, output } = runScript('scripts/accredit.ts', args, env)
      const [code] = await exited
      return { code, output: output() }
    }
    const scopes = async () => {
      const { chains } = (await get('/issuers/demo')) as {
        chains: { accreditations: { scope: string }[] }[]
      }
      return chains[0]!.accreditations.map(({ scope }) => scope)
    }
    const given = await accredit('--issuer', 'demo', '--scope', 'OpenBadge')
    expect(given).toMatchObject({ code: 0 })
    expect(given.output).toContain(`speaks for ${did} (as it was)`)
    await until(async () => (await scopes()).includes('OpenBadge') || undefined)

    const annulled = await accredit('--issuer', did, '--scope', 'OpenBadge', '--annul', 'error')
    expect(annulled).toMatchObject({ code: 0 })
    await until(async () => !(await scopes()).includes('OpenBadge') || undefined)
    expect(await scopes()).toEqual(['TrainingCertificate'])
    expect(await accredit('--issuer', 'nobody', '--scope', 'OpenBadge')).toMatchObject({ code: 64 })
  })

  test('refuses a second server on the same data directory', async () => {
    const env = { ...environment(), PORT: String(await freePort()) }
    const { exited, output } = runScript('scripts/start.ts', [], env)
    expect((await exited)[0]).toBe(1)
    expect(output()).toContain('data directory')
  })

  test('stops in order when npm is told to: exit code 0, nothing left running', async () => {
    const children = await childrenOf(dataDir)
    expect(children).toHaveLength(2)
    expect(await server.stop()).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
  })
})

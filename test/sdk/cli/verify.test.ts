import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../../sdk/model/report.ts'
import { serveRpc } from '../../support/rpc-server.ts'
import { livret } from '../../support/terminal.ts'
import { startWorld, type World } from '../../support/world.ts'

let world: World
let node: Awaited<ReturnType<typeof serveRpc>>
let folder: string
let good: string
let io: { now: () => number; env: Record<string, string> }
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  world = await startWorld()
  node = await serveRpc(world.place.chain)
  folder = await mkdtemp(join(tmpdir(), 'livret-cli-'))
  const college = await world.accreditedCollege('mer')
  const { text } = await world.issue(college)
  const { text: young } = await world.issue(college)
  const issuerKey = college.publicJwk
  const [anchored] = await world.anchor([text], { issuerKey })
  const [badScope] = await world.anchor(
    [(await world.issue(college, undefined, { type: ['VerifiableCredential', 'Licence'] })).text],
    { issuerKey },
  )
  good = JSON.stringify(anchored)
  const policy = world.policy({ chains: [{ ...world.place.pin, rpc: [node.url] }] })
  await mkdir(file('data'))
  const files = {
    'good.json': good,
    'bad.json': JSON.stringify(badScope),
    'young.jwt': `${young}\n`,
    'policy.json': JSON.stringify(policy),
    'data/policy.json': JSON.stringify(policy),
    'dead.json': JSON.stringify({ ...policy, chains: [world.place.pin] }),
    'broken.json': '{"version":1}',
  }
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content)
  const now = (await world.time()) * 1000
  io = { now: () => now, env: { LIVRET_POLICY: file('policy.json') } }
})
afterAll(async () => {
  await node.stop()
  await world.stop()
  await rm(folder, { recursive: true })
})

describe('livret verify', () => {
  test('exits with 0 for a valid credential, and says why', async () => {
    const { code, out } = await livret(['verify', file('good.json')], io)
    expect(code).toBe(0)
    expect(out).toMatch(/^VALID/)
    expect(out).toContain('✓ Accreditation')
  })

  test('exits with 1 for an invalid one, and gives the code', async () => {
    const { code, out } = await livret(['verify', file('bad.json')], io)
    expect(code).toBe(1)
    expect(out).toContain('[SCOPE_NOT_COVERED]')
  })

  test('exits with 2 for one that is undecided', async () => {
    const dead = ['verify', file('good.json'), '--policy', file('dead.json')]
    const { code, out } = await livret(dead, io)
    expect(code).toBe(2)
    expect(out).toContain('[CHAIN_UNREACHABLE]')
  })

  test.each([
    [['good.json', 'young.jwt'], 2],
    [['young.jwt', 'bad.json', 'good.json'], 1],
    [['good.json', 'good.json'], 0],
  ])('exits with the worst of %j: %i', async (names, expected) => {
    const offline = { ...io, fetchPublic: () => Promise.reject(new Error('offline')) }
    expect((await livret(['verify', ...names.map(file)], offline)).code).toBe(expected)
  })

  test.each([[['verify']], [['verify', '-']]])('reads standard input: %j', async (args) => {
    expect((await livret(args, { ...io, stdin: good })).code).toBe(0)
  })

  test('writes one line of JSON for each file', async () => {
    const args = ['verify', '--json', file('good.json'), file('bad.json')]
    const { out } = await livret(args, io)
    const reports = out.split('\n').map((line) => JSON.parse(line) as Report & { file: string })
    expect(reports).toMatchObject([
      { file: file('good.json'), verdict: 'valid', issuer: 'did:web:livret.example:issuers:mer' },
      { file: file('bad.json'), verdict: 'invalid' },
    ])
  })

  test('takes a text that is no credential for an invalid one', async () => {
    const { code, out } = await livret(['verify'], { ...io, stdin: '\u001b[31mhello' })
    expect(code).toBe(1)
    expect(out).toContain('[MALFORMED]')
    expect(out).not.toContain('\u001b')
  })

  test('does not ask the issuer’s host for lists unless it is told to', async () => {
    const asked: string[] = []
    const fetchPublic = (url: RequestInfo | URL) => {
      asked.push(url instanceof Request ? url.url : url.toString())
      return Promise.reject(new Error('offline'))
    }
    await livret(['verify', file('good.json')], { ...io, fetchPublic })
    expect(asked).toEqual([])
    await livret(['verify', '--lists', file('good.json')], { ...io, fetchPublic })
    expect(asked).toHaveLength(2)
  })
})

describe('its policy', () => {
  test('comes from the data directory if nothing is said', async () => {
    const env = { LIVRET_DATA_DIR: file('data'), LIVRET_POLICY: '' }
    expect((await livret(['verify', file('good.json')], { ...io, env })).code).toBe(0)
  })

  test('is needed', async () => {
    const env = { LIVRET_DATA_DIR: file('nowhere') }
    const { code, out, err } = await livret(['verify', file('good.json')], { ...io, env })
    expect([code, out]).toEqual([64, ''])
    expect(err).toContain('--policy')
  })

  test('must be one', async () => {
    const { code, err } = await livret(['verify', '--policy', file('broken.json')], io)
    expect(code).toBe(64)
    expect(err).toContain('chains')
  })
})

describe('its language', () => {
  test.each([
    [['--lang', 'fr'], {}, 'VALABLE'],
    [[], { LANG: 'fr_FR.UTF-8' }, 'VALABLE'],
    [[], { LANG: 'fr_FR.UTF-8', LC_ALL: 'C' }, 'VALID'],
    [[], { LANG: 'fur_IT' }, 'VALID'],
    [['--lang', 'en'], { LANG: 'fr' }, 'VALID'],
    [[], {}, 'VALID'],
  ])('%j with %j is %s', async (args, env, word) => {
    const environment = { ...io, env: { ...io.env, ...env } }
    const { out } = await livret(['verify', file('good.json'), ...args], environment)
    expect(out).toMatch(new RegExp(`^${word}`))
  })
})

describe('called wrongly', () => {
  test.each([
    [['verify', '--lang', 'de']],
    [['verify', '--polcy', 'x']],
    [['verify', '--json=yes']],
    [['verify', '/no/such/file']],
    [['verifiy']],
    [[]],
  ])('%j exits with 64 and explains', async (args) => {
    const { code, out, err } = await livret(args, io)
    expect([code, out]).toEqual([64, ''])
    expect(err).toMatch(/^livret: .+\n[^]*Usage: livret/)
  })

  test.each([[['--help']], [['help']], [['verify', '--help']], [['inspect', '--help']]])(
    '%j shows how',
    async (args) => {
      const { code, out } = await livret(args, io)
      expect(code).toBe(0)
      expect(out).toMatch(/^Usage: livret/)
    },
  )
})

describe('livret inspect', () => {
  test('shows what is inside, and that nothing was verified', async () => {
    const { code, out, err } = await livret(['inspect', file('bad.json')], io)
    expect(code).toBe(0)
    expect(err).toContain('NOT VERIFIED')
    expect(JSON.parse(out)).toMatchObject({
      verified: false,
      format: 'vc+jwt',
      header: { typ: 'vc+jwt' },
      payload: { issuer: { name: 'Collège de la Mer' } },
      scopes: ['Licence'],
      receipt: { type: 'LivretReceipt' },
      commitment: expect.stringMatching(/^0x[0-9a-f]{64}$/) as string,
    })
  })

  test('shows a credential without a receipt, from standard input', async () => {
    const { credential } = JSON.parse(good) as { credential: string }
    const { code, out } = await livret(['inspect'], { ...io, stdin: credential })
    expect(code).toBe(0)
    expect(JSON.parse(out)).not.toHaveProperty('receipt')
  })

  test('exits with 1 for what cannot be read, with 64 for two files', async () => {
    expect((await livret(['inspect'], { ...io, stdin: 'hello' })).code).toBe(1)
    expect((await livret(['inspect', 'a', 'b'], io)).code).toBe(64)
  })
})

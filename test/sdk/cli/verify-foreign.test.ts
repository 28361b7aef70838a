import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signOb3Jwt } from '../../../sdk/formats/ob3-jwt.ts'
import type { Report } from '../../../sdk/model/report.ts'
import { foreignBadge, newPlatform } from '../../support/elsewhere.ts'
import { serveRpc } from '../../support/rpc-server.ts'
import { livret } from '../../support/terminal.ts'
import { startWorld, type World } from '../../support/world.ts'

const platform = newPlatform()
const schemaUrl = 'https://badges.example/schemas/1'
let world: World
let node: Awaited<ReturnType<typeof serveRpc>>
let folder: string
let badge: string
let now: number
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  world = await startWorld()
  node = await serveRpc(world.place.chain)
  folder = await mkdtemp(join(tmpdir(), 'livret-foreign-'))
  const policy = world.policy({ chains: [{ ...world.place.pin, rpc: [node.url] }] })
  await writeFile(file('policy.json'), JSON.stringify(policy))
  await writeFile(file('schema.json'), JSON.stringify({ required: ['image'] }))
  const credentialSchema = { id: schemaUrl, type: '1EdTechJsonSchemaValidator2019' }
  const contexts = [
    ...foreignBadge(platform.issuer)['@context'],
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ]
  const content = foreignBadge(platform.issuer, { '@context': contexts, credentialSchema })
  badge = await signOb3Jwt(content, platform.signer)
  now = (await world.time()) * 1000
})
afterAll(async () => {
  await node.stop()
  await world.stop()
  await rm(folder, { recursive: true })
})

const verify = async (...args: string[]) => {
  const asked: string[] = []
  const fetchPublic = async (url: RequestInfo | URL) => {
    const address = url instanceof Request ? url.url : url.toString()
    asked.push(address)
    return Response.json(await platform.fetchDocument(address))
  }
  const env = { LIVRET_POLICY: file('policy.json') }
  const io = { now: () => now, env, fetchPublic, stdin: badge }
  return { ...(await livret(['verify', ...args], io)), asked }
}

describe('livret verify, for a badge of another platform', () => {
  test('refuses it unless it is told otherwise, and asks nobody', async () => {
    const { code, out, asked } = await verify()
    expect([code, asked]).toEqual([1, []])
    expect(out).toContain('[ISSUER_UNKNOWN]')
    expect(out).toContain('[ACCREDITATION_FOREIGN]')
  })

  test('reports on it if it is to: undecided, with every reason', async () => {
    const { code, out, asked } = await verify('--foreign', 'report', '--lang', 'fr')
    expect([code, asked]).toEqual([2, [platform.issuer]])
    expect(out).toMatch(/^INDÉTERMINÉ/)
    expect(out).toContain('✓ Signature')
    expect(out).toMatch(/– Habilitation.*autre plateforme/)
    expect(out).toMatch(/– Date.*autre plateforme/)
  })

  test('holds it against the schema that it is given', async () => {
    const { out } = await verify(
      '--foreign=report',
      '--schema',
      `${schemaUrl}=${file('schema.json')}`,
      '--json',
    )
    const { checks } = JSON.parse(out) as Report
    const { code, facts } = checks.find(({ name }) => name === 'schema')!
    expect([code, facts['problems']]).toEqual([
      'SCHEMA_VIOLATED',
      ["credential: must have required property 'image'"],
    ])
  })

  test.each([
    [['--foreign', 'accept'], '--foreign'],
    [['--schema', 'x'], '--schema'],
    [['--schema', 'u=/no/such/file'], '/no/such/file'],
    [['--offline', '--schema', 'u=x'], '--schema'],
  ])('refuses %j', async (args, word) => {
    const { code, err } = await verify(...args)
    expect(code).toBe(64)
    expect(err.split('\n')[0]).toContain(word)
  })
})

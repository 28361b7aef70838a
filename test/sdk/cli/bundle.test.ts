import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBundle } from '../../../sdk/bundle/bundle.ts'
import { signCheckpoint } from '../../../sdk/bundle/checkpoint.ts'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { generateKey } from '../../../sdk/crypto/node.ts'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { bundleOf } from '../../support/bundle.ts'
import { serveRpc } from '../../support/rpc-server.ts'
import { livret } from '../../support/terminal.ts'
import { startWorld, type World } from '../../support/world.ts'

let world: World
let node: Awaited<ReturnType<typeof serveRpc>>
let folder: string
let checkpoint: string
let io: { now: () => number; env: Record<string, string> }
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  world = await startWorld()
  node = await serveRpc(world.place.chain)
  folder = await mkdtemp(join(tmpdir(), 'livret-bundle-'))
  const college = await world.accreditedCollege('mer')
  const { text } = await world.issue(college)
  const [anchored] = await world.anchor([text], { issuerKey: college.publicJwk })
  const { text: bundle, policy: pinned, now } = await bundleOf(world, anchored!)

  const { place } = world
  const keys = generateKey('ES256')
  const pin = { ...place.pin, rpc: [node.url], checkpointKeys: [keys.publicJwk] }
  const { block } = await createOnlineSource(place.pin, { request: place.chain.request }).view()
  const claims = { number: block.number, hash: block.hash, issuedAt: block.timestamp }
  checkpoint = await signCheckpoint(claims, pin, createSigner('#1', keys.privateJwk))
  const files = {
    'good.json': JSON.stringify(anchored),
    'bare.jwt': text,
    'bundle.json': bundle,
    'pinned.json': JSON.stringify(pinned),
    'policy.json': JSON.stringify(world.policy({ chains: [pin] })),
    'nobody.json': JSON.stringify(world.policy({ chains: [{ ...place.pin, rpc: [node.url] }] })),
    checkpoint: `${checkpoint}\n`,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content)
  io = { now: () => now, env: { LIVRET_POLICY: file('policy.json') } }
})
afterAll(async () => {
  await node.stop()
  await world.stop()
  await rm(folder, { recursive: true })
})

const silent = () => Promise.reject(new Error('no network'))

describe('livret bundle', () => {
  test('prints a bundle of the block that a checkpoint vouches for, and how it verifies', async () => {
    const { code, out, err } = await livret(
      ['bundle', file('good.json'), '--checkpoint', file('checkpoint')],
      io,
    )
    expect([code, err]).toEqual([0, 'valid under this policy'])
    expect(readBundle(out).chains[0]!.checkpoint).toBe(checkpoint)
    await writeFile(file('made.json'), out)
    const offline = { ...io, fetch: silent, fetchPublic: silent }
    expect((await livret(['verify', '--offline', file('made.json')], offline)).code).toBe(0)
  })

  test('asks the server for a checkpoint where the policy names keys for them', async () => {
    const asked: string[] = []
    const answer: typeof fetch = (url) => {
      asked.push(url instanceof Request ? url.url : url.toString())
      return Promise.resolve(Response.json({ checkpoint }))
    }
    const { code } = await livret(['bundle', file('good.json')], { ...io, fetch: answer })
    expect([code, asked]).toEqual([0, ['http://localhost:8080/checkpoints/31337']])
  })

  test('says so where nobody vouches for the block', async () => {
    const args = ['bundle', file('good.json'), '--policy', file('nobody.json')]
    const { code, err } = await livret(args, io)
    expect([code, err]).toEqual([2, 'undecided under this policy: EVIDENCE_MISSING'])
  })

  test('wants a receipt', async () => {
    const { code, err } = await livret(['bundle', file('bare.jwt')], io)
    expect(code).toBe(64)
    expect(err).toContain('--server')
  })
})

describe('livret verify --offline', () => {
  const args = () => ['verify', '--offline', file('bundle.json'), '--policy', file('pinned.json')]

  test('finds a bundle valid, and asks nobody', async () => {
    const { code, out } = await livret(args(), { ...io, fetch: silent, fetchPublic: silent })
    expect(code).toBe(0)
    expect(out).toMatch(/^VALID/)
  })

  test('takes a credential for no bundle', async () => {
    const { code, out } = await livret(['verify', '--offline', file('good.json')], io)
    expect(code).toBe(1)
    expect(out).toContain('[BUNDLE_MALFORMED]')
  })

  test('fetches no lists', async () => {
    expect((await livret([...args(), '--lists'], io)).code).toBe(64)
  })

  const hasNamespaces = spawnSync('unshare', ['-rn', 'true']).status === 0
  test.skipIf(!hasNamespaces)('works in a process that has no network at all', () => {
    const command = ['unshare', '-rn', process.execPath, 'sdk/cli/main.ts', ...args()]
    const { status, stdout } = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' })
    expect([status, stdout.slice(0, 5)]).toEqual([0, 'VALID'])
  })
  if (!hasNamespaces) console.warn('SKIPPED: unshare -rn is not permitted here')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveRpc } from '../../support/rpc-server.ts'
import { livret } from '../../support/terminal.ts'
import { startWorld, type World } from '../../support/world.ts'

let world: World
let node: Awaited<ReturnType<typeof serveRpc>>
let folder: string
let good: { credential: string; receipt: object }
let io: { now: () => number; env: Record<string, string> }
beforeAll(async () => {
  world = await startWorld()
  node = await serveRpc(world.place.chain)
  folder = await mkdtemp(join(tmpdir(), 'livret-lines-'))
  const college = await world.accreditedCollege('mer')
  const { text } = await world.issue(college)
  const [anchored] = await world.anchor([text], { issuerKey: college.publicJwk })
  if (anchored === undefined) throw new Error('nothing was anchored')
  good = anchored
  const chains = [{ ...world.place.pin, rpc: [node.url] }]
  // Threads live in real time, whatever time the chain says it is.
  const policy = world.policy({ chains, maxStatusAgeSeconds: 10 ** 9, clockSkewSeconds: 10 ** 9 })
  await writeFile(join(folder, 'policy.json'), JSON.stringify(policy))
  const now = (await world.time()) * 1000
  io = { now: () => now, env: { LIVRET_POLICY: join(folder, 'policy.json') } }
})
afterAll(async () => {
  await node.stop()
  await world.stop()
  await rm(folder, { recursive: true })
})

interface LineReport {
  file: string
  line: number
  verdict: string
  checks: { code: string }[]
}

async function lines(input: string, ...more: string[]) {
  const { code, out, err } = await livret(['verify', '--jsonl', ...more], { ...io, stdin: input })
  const text = out === '' ? [] : out.split('\n')
  return { code, err, reports: text.map((line) => JSON.parse(line) as LineReport) }
}

describe('livret verify --jsonl', () => {
  test('reports on each line, in their order, and exits by the worst', async () => {
    const bad = { ...good, receipt: { ...good.receipt, salt: `0x${'0'.repeat(64)}` } }
    const { code, reports } = await lines(
      [good, bad, good.credential].map((each) => JSON.stringify(each)).join('\n'),
    )
    expect(code).toBe(1)
    expect(reports.map(({ file, line, verdict }) => [file, line, verdict])).toEqual([
      ['-', 1, 'valid'],
      ['-', 2, 'invalid'],
      ['-', 3, 'undecided'],
    ])
  })

  test('takes bare tokens, empty lines and lines that are cut in two as they come', async () => {
    const text = `${good.credential}\r\n\n${JSON.stringify(good)}`
    const input = (async function* () {
      for (let at = 0; at < text.length; at += 1_000) {
        yield await Promise.resolve(new TextEncoder().encode(text.slice(at, at + 1_000)))
      }
    })()
    const { out, code } = await livret(['verify', '--jsonl'], { ...io, input })
    expect(out.split('\n').map((line) => (JSON.parse(line) as LineReport).verdict)).toEqual([
      'undecided',
      'valid',
    ])
    expect(code).toBe(2)
  })

  test('refuses a line that is longer than any credential, without keeping it', async () => {
    const input = (async function* () {
      for (let i = 0; i < 40; i++) yield await Promise.resolve('x'.repeat(100_000))
      yield `\n${good.credential}\n`
    })()
    const { out } = await livret(['verify', '--jsonl'], { ...io, input })
    const [long, next] = out.split('\n').map((line) => JSON.parse(line) as LineReport)
    expect(long?.checks[0]?.code).toBe('TOO_LARGE')
    expect(next?.verdict).toBe('undecided')
  })

  test('waits until what was written is taken', async () => {
    let waited = 0
    const drained = () => Promise.resolve(waited++)
    await livret(['verify', '--jsonl'], { ...io, stdin: `${good.credential}\n`.repeat(3), drained })
    expect(waited).toBe(3)
  })

  test('is undecided about nothing', async () => {
    expect(await lines('\n')).toMatchObject({ code: 2, reports: [] })
  })

  test('says the same with threads', async () => {
    const input = `${JSON.stringify(good)}\n`.repeat(200) + good.credential
    const { code, reports } = await lines(input, '--workers', '2')
    expect(reports).toHaveLength(201)
    expect(new Set(reports.slice(0, 200).map(({ verdict }) => verdict))).toEqual(new Set(['valid']))
    expect(reports.map(({ line }) => line)).toEqual(reports.map((_, i) => i + 1))
    expect(reports.at(-1)?.verdict).not.toBe('valid')
    expect(code).not.toBe(0)
  })

  test.each([
    [['--workers', '2'], '--workers: needs --jsonl'],
    [['--jsonl', '--workers', 'many'], '--workers: expected 0 to 64'],
    [['--jsonl', 'absent.jsonl'], 'cannot read absent.jsonl'],
  ])('%j is a usage error', async (args, message) => {
    const { code, err } = await livret(['verify', ...args], io)
    expect(code).toBe(64)
    expect(err).toContain(message)
  })
})

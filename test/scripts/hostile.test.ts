import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { accepted, type HostileCase, type Outcome } from '../../scripts/hostile/case.ts'
import { hostileCases } from '../../scripts/hostile/cases.ts'
import { runCase } from '../../scripts/hostile/run-case.ts'
import { challenge, domain, openStand } from '../../scripts/hostile/stand.ts'

const stand = await openStand()
const groups = await hostileCases(stand)
const untimed = { milliseconds: Infinity, megabytes: Infinity }

describe.each(groups)('$name', ({ cases }) => {
  test.each(cases)('$name: $code', async (hostile) => {
    const { code, misses } = await runCase(hostile, untimed, 1)
    expect(code).toBe(hostile.code)
    expect(misses).toEqual([])
  })
})

test('every case has a name of its own', () => {
  const names = groups.flatMap(({ name, cases }) => cases.map((each) => `${name}: ${each.name}`))
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([])
})

describe('what is attacked', () => {
  const { vcJwt, jwtVcJson, sdJwt, anchored, vpJwt, jwtVpJson, sdJwtBound } = stand.tokens

  test.each([
    ['vc+jwt', vcJwt],
    ['jwt_vc_json', jwtVcJson],
    ['dc+sd-jwt', sdJwt],
    ['a credential with its receipt', anchored],
  ])('accepts the good %s', async (_, credential) => {
    for (const policy of [stand.policies.chain, stand.policies.lists]) {
      const { verdict } = await stand.verifier(policy).verifyCredential(credential)
      expect(verdict).toBe('valid')
    }
  })

  test.each([
    ['vp+jwt', vpJwt],
    ['jwt_vp_json', jwtVpJson],
    ['dc+sd-jwt with key binding', sdJwtBound],
  ])('accepts the good %s', async (_, presentation) => {
    const request = { presentation, challenge, domain }
    const { verdict } = await stand.verifier().verifyPresentation(request)
    expect(verdict).toBe('valid')
  })
})

describe('runCase notes as a miss', () => {
  const hostile = (run: () => Outcome | Promise<Outcome>): HostileCase => ({
    name: 'a case',
    code: 'MALFORMED',
    mayAsk: ['https://college.example/'],
    run: async () => run(),
  })
  const refused = { code: 'MALFORMED', asked: [] }
  afterEach(() => {
    delete (Object.prototype as { polluted?: boolean }).polluted
  })

  test.each<[string, () => Outcome | Promise<Outcome>, RegExp]>([
    ['another code', () => ({ code: accepted, asked: [] }), /expected MALFORMED/],
    [
      'an address that nobody may ask',
      () => ({ code: 'MALFORMED', asked: ['https://college.example/', 'https://evil.example/'] }),
      /asked https:\/\/evil.example\//,
    ],
    [
      'a request around the verifier',
      async () => {
        await fetch('https://evil.example/').catch(() => undefined)
        return refused
      },
      /asked https:\/\/evil.example\//,
    ],
    [
      'a crash',
      () => {
        throw new TypeError('null')
      },
      /expected MALFORMED/,
    ],
    [
      'what takes too long',
      () => {
        const start = process.cpuUsage()
        while (process.cpuUsage(start).user < 100_000) continue
        return refused
      },
      /slower than 50 ms/,
    ],
    [
      'what takes too much',
      () => ({ ...refused, kept: Array.from({ length: 6_000_000 }, (_, i) => `${i}`) }),
      /more than 32 MB/,
    ],
    [
      'a changed prototype',
      () => {
        Object.assign(Object.prototype, { polluted: true })
        return refused
      },
      /prototype/,
    ],
  ])('%s', async (_, run, miss) => {
    const { misses } = await runCase(hostile(run))
    expect(misses.join()).toMatch(miss)
  })

  test('nothing else', async () => {
    const { misses } = await runCase(
      hostile(() => ({ ...refused, asked: ['https://college.example/'] })),
    )
    expect(misses).toEqual([])
  })
})

describe('npm run hostile', () => {
  async function run(...args: string[]) {
    const script = new URL('../../scripts/hostile.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = once(child, 'exit') as Promise<unknown[]>
    const [out, ended] = await Promise.all([text(child.stdout), exit])
    return { out, code: ended[0] }
  }

  test('gives a line a case', async () => {
    const { out, code } = await run('alg none')
    expect(out).toMatch(/✓ +[\d.]+ ms +[\d.]+ MB {2}ALGORITHM_NOT_ALLOWED +alg none\n/)
    expect(code).toBe(0)
  })

  test('gives one line of JSON', async () => {
    const { out } = await run('alg none', '--json')
    expect(JSON.parse(out)).toMatchObject({
      limits: { milliseconds: 50, megabytes: 32 },
      cases: [{ name: 'alg none' }, { name: 'alg none without a signature' }, { name: 'alg none' }],
      missed: 0,
    })
  })

  test('fails where there is no case', async () => {
    expect((await run('no such case')).code).toBe(1)
  })
})

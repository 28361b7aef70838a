import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateKey } from '../../../sdk/crypto/node.ts'
import type { Report } from '../../../sdk/model/report.ts'
import { forge, newParty, plainCredential } from '../../support/issuer.ts'
import { policyFile } from '../../support/policy-file.ts'
import { textOf, verifiedVector } from '../../support/signed-report.ts'
import { livret } from '../../support/terminal.ts'

let folder: string
let io: { now: () => number; env: Record<string, string> }
const file = (name: string) => join(folder, name)
const [keys, party] = [generateKey('EdDSA'), newParty()]

const signing = (input: string, out: string, key = 'key.jwk') =>
  livret(['verify', file(input), '--offline', '--sign-report', file(key), '--report-out', out], io)
const reading = (...more: string[]) =>
  livret(['report', file('report.jwt'), '--key', file('verifier.jwk'), ...more])
const about = (credential: string) =>
  reading('--credential', file(credential), '--salt', file('report.jwt.salt'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-report-'))
  const { bundle, credential, now, policy } = await verifiedVector()
  const header = { alg: 'ES256', kid: `${party.did}#0`, typ: 'vc+jwt' }
  const files = {
    'bundle.json': bundle,
    'policy.json': JSON.stringify(policy),
    'pins.json': policyFile({ chains: [] }),
    'certificate.jwt': credential,
    'other.jwt': await forge(header, plainCredential(party.did), party.signer),
    'key.jwk': JSON.stringify(keys.privateJwk),
    'named.jwk': JSON.stringify({ ...keys.privateJwk, kid: 'did:web:verifier.example#1' }),
    'verifier.jwk': JSON.stringify(keys.publicJwk),
    'stranger.jwk': JSON.stringify(party.publicJwk),
  }
  for (const [name, text] of Object.entries(files)) await writeFile(file(name), text)
  io = { now: () => now, env: { LIVRET_POLICY: file('policy.json') } }
  await signing('bundle.json', file('report.jwt'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('livret verify --sign-report', () => {
  test('writes report and salt, the salt for its owner alone', async () => {
    const { code, out } = await signing('bundle.json', file('again.jwt'))
    expect([code, out]).toEqual([0, expect.stringMatching(/^VALID/)])
    expect((await stat(file('again.jwt.salt'))).mode & 0o777).toBe(0o600)
    expect(await readFile(file('again.jwt.salt'), 'utf8')).toMatch(/^0x[0-9a-f]{64}\n$/)
  })

  test.each([
    ['key.jwk', '"kid":"urn:ietf:params:oauth:jwk-thumbprint:sha-256:'],
    ['named.jwk', '"kid":"did:web:verifier.example#1"'],
  ])('names the key of %s', async (key, kid) => {
    await signing('bundle.json', file('named.jwt'), key)
    expect(textOf(await readFile(file('named.jwt'), 'utf8'))).toContain(kid)
  })

  test.each([
    [['--sign-report', 'key.jwk']],
    [['--report-out', 'x']],
    [['--sign-report', 'verifier.jwk', '--report-out', 'x']],
    [['other.jwt', '--sign-report', 'key.jwk', '--report-out', 'x']],
    [['--jsonl', '--sign-report', 'key.jwk', '--report-out', 'x']],
  ])('%j is wrong usage', async (args) => {
    const named = args.map((each) => (each.startsWith('--') ? each : file(each)))
    const { code, out } = await livret(['verify', file('certificate.jwt'), ...named], io)
    expect([code, out]).toEqual([64, ''])
  })
})

describe('livret report', () => {
  test('exits with 0 for a genuine report of a valid credential, and writes it out', async () => {
    const { code, out } = await reading()
    expect(code).toBe(0)
    expect(out).toMatch(/^VALID/)
    expect(out).toContain('did:web:school.example')
    expect(out).toContain('Verified at: 2026-12-01T00:00:00.000Z')
    expect((await reading('--lang', 'fr')).out).toMatch(/^VALABLE[^]*Vérifié le : 2026-12-01/)
  })

  test('writes what was signed as JSON', async () => {
    const report = JSON.parse((await reading('--json')).out) as Report
    expect(report).toMatchObject({ type: 'LivretReport', verdict: 'valid' })
  })

  test('tells which credential it is about to whom the salt was given', async () => {
    expect(await about('certificate.jwt')).toMatchObject({
      code: 0,
      err: 'It is about this credential.',
    })
    expect(await about('other.jwt')).toMatchObject({
      code: 1,
      err: 'It is about ANOTHER credential.',
    })
  })

  test('exits with 1 for a key that did not sign it, and shows nothing of it', async () => {
    const args = ['report', file('report.jwt'), '--key', file('stranger.jwk')]
    const { code, out, err } = await livret(args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('not signed with this key')
  })

  test('exits with 1 for what is no report', async () => {
    const args = ['report', file('certificate.jwt'), '--key', file('verifier.jwk')]
    expect((await livret(args)).code).toBe(1)
  })

  test('exits with 1 or 2 as the verdict that was signed', async () => {
    for (const [policy, expected] of [
      [['--policy', file('pins.json')], 2],
      [[], 1],
    ] as const) {
      const key = ['--sign-report', file('key.jwk'), '--report-out', file('bad.jwt')]
      const input = expected === 2 ? ['--offline', file('bundle.json')] : [file('other.jwt')]
      const verified = await livret(['verify', ...input, ...policy, ...key], io)
      expect(verified.code).toBe(expected)
      const read = await livret(['report', file('bad.jwt'), '--key', file('verifier.jwk')])
      expect(read.code).toBe(expected)
    }
  })

  test.each([
    [['report']],
    [['report', 'a', 'b', '--key', 'verifier.jwk']],
    [['report', 'report.jwt', '--key', 'key.jwk']],
    [['report', 'report.jwt', '--key', 'verifier.jwk', '--salt', 'report.jwt.salt']],
    [
      [
        'report',
        'report.jwt',
        '--key',
        'verifier.jwk',
        '--credential',
        'other.jwt',
        '--salt',
        'key.jwk',
      ],
    ],
  ])('%j is wrong usage', async ([command = '', ...args]) => {
    const named = args.map((each) => (each.startsWith('--') ? each : file(each)))
    expect((await livret([command, ...named])).code).toBe(64)
  })
})

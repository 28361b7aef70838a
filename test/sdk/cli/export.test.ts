import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { foreignBadge } from '../../support/elsewhere.ts'
import { newParty, plainCredential } from '../../support/issuer.ts'
import { livret } from '../../support/terminal.ts'

const school = newParty()
let folder: string
let badge: string
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-export-'))
  badge = await signVcJwt(foreignBadge(school.did), school.signer)
  await writeFile(file('badge.jwt'), badge)
  await writeFile(file('plain.jwt'), await signVcJwt(plainCredential(school.did), school.signer))
})
afterAll(() => rm(folder, { recursive: true }))

const run = async (args: readonly string[], stdin = '') => {
  const { code, out, err } = await livret(['export', ...args], { stdin, now: () => 0 })
  return { code, err, json: out === '' ? undefined : (JSON.parse(out) as Record<string, unknown>) }
}

describe('livret export', () => {
  test('writes the European Learning Model, in the language that is wanted', async () => {
    const { code, json, err } = await run(['--to', 'elm', '--lang', 'fr', file('badge.jwt')])
    expect([code, err]).toEqual([0, 'NON VÉRIFIÉ, et non signé. Utilisez livret verify.'])
    expect(json).toMatchObject({
      type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
      credentialSubject: { hasClaim: { title: { fr: 'Teamwork' } } },
    })
  })

  test('writes a learner record of all files', async () => {
    const args = ['--to', 'clr', '--id', 'urn:uuid:1', '--name', 'Moi', file('badge.jwt'), '-']
    const { code, json } = await run(args, badge)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      id: 'urn:uuid:1',
      name: 'Moi',
      issuer: { id: school.did },
      validFrom: '1970-01-01T00:00:00.000Z',
      credentialSubject: { verifiableCredential: [{}, {}] },
    })
  })

  test.each<[string, string[], number, string]>([
    ['no model', ['badge.jwt'], 64, '--to'],
    ['another model', ['--to', 'pdf', 'badge.jwt'], 64, '--to'],
    ['two files for ELM', ['--to', 'elm', 'badge.jwt', 'badge.jwt'], 64, 'one FILE'],
    ['a name for ELM', ['--to', 'elm', '--name', 'x', 'badge.jwt'], 64, '--name'],
    ['an issuer that is none', ['--to', 'clr', '--issuer', 'me', 'badge.jwt'], 64, '--issuer'],
    ['two people', ['--to', 'clr', 'badge.jwt', 'plain.jwt'], 1, 'several people'],
    ['no Open Badge', ['--to', 'elm', 'plain.jwt'], 1, 'type'],
  ])('refuses %s', async (_, args, code, word) => {
    const paths = args.map((arg) => (arg.endsWith('.jwt') ? file(arg) : arg))
    const refused = await run(paths)
    expect([refused.code, refused.json]).toEqual([code, undefined])
    expect(refused.err.split('\n')[0]).toContain(word)
  })
})

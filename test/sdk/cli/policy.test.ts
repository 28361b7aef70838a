import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policyJsonSchema } from '../../../sdk/model/policy-schema.ts'
import { badPolicies, policyFile, vector } from '../../support/policy-file.ts'
import { livret } from '../../support/terminal.ts'

describe('livret policy', () => {
  test('prints the JSON schema', async () => {
    const { code, out } = await livret(['policy', '--schema'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual(policyJsonSchema())
  })

  test.each([
    ['en', /^good policy: chains 2, quorum 2, digest 0x[0-9a-f]{64}$/],
    ['fr', /^politique correcte : chaînes 2, quorum 2, empreinte 0x[0-9a-f]{64}$/],
  ])('says in %s that a policy is good', async (lang, words) => {
    const args = ['policy', '--check', '-', '--lang', lang]
    const { code, out } = await livret(args, { stdin: policyFile() })
    expect([code, out]).toEqual([0, expect.stringMatching(words)])
  })

  test.each(badPolicies)('names member and rule of %s', async (_, stdin, english, french) => {
    const check = (lang: string) =>
      livret(['policy', '--check', '-', '--lang', lang], { stdin }).then(({ code, out }) => [
        code,
        out,
      ])
    expect(await check('en')).toEqual([1, english])
    expect(await check('fr')).toEqual([1, french])
  })

  test('obeys no control characters of a file', async () => {
    const stdin = policyFile({ 'a\u001b[2J': 1 })
    const { out } = await livret(['policy', '--check', '-'], { stdin })
    expect(out).not.toContain('\u001b')
  })

  test.each([
    [['policy']],
    [['policy', '--schema', '--check', 'x']],
    [['policy', '--schema', 'x']],
    [['policy', '--check', '/no/such/file']],
  ])('%j is wrong usage', async (args) => {
    expect((await livret(args)).code).toBe(64)
  })
})

describe('livret verify --policy with a bad file', () => {
  let folder: string
  const file = (name: string) => join(folder, name)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-policy-'))
    await writeFile(file('bundle.json'), vector('one-chain').bundle)
  })
  afterAll(() => rm(folder, { recursive: true }))

  test.each(badPolicies)('names member and rule of %s', async (_, text, english, french) => {
    await writeFile(file('policy.json'), text)
    const args = ['verify', '--offline', file('bundle.json'), '--policy', file('policy.json')]
    const run = async (env: Record<string, string>, ...more: string[]) => {
      const { code, out, err } = await livret([...args, ...more], { env })
      return [code, out, err.split('\n')]
    }
    const head = `no policy that can be used: ${file('policy.json')}`
    expect(await run({})).toEqual([64, '', [`livret: ${head}`, `  ${english}`]])
    const tete = `politique inutilisable : ${file('policy.json')}`
    const inFrench = [64, '', [`livret: ${tete}`, `  ${french}`]]
    expect(await run({ LANG: 'fr_FR' })).toEqual(inFrench)
    expect(await run({}, '--lang', 'fr')).toEqual(inFrench)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { signOb3Jwt } from '../../../sdk/formats/ob3-jwt.ts'
import { signSdJwtVc } from '../../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { CredentialDocument } from '../../../sdk/model/credential.ts'
import { foreignBadge, newPlatform } from '../../support/elsewhere.ts'
import { newParty } from '../../support/issuer.ts'
import { livret } from '../../support/terminal.ts'

const school = newParty('EdDSA')
const [type, targetName] = [['Alignment'], 'souder à l’arc']
const targetUrl = 'http://data.europa.eu/esco/skill/1'
const { credentialSubject: subject } = foreignBadge(school.did)
const achievement = { ...subject.achievement, alignment: [{ type, targetName, targetUrl }] }
const badge = foreignBadge(school.did, {
  credentialSubject: { ...subject, achievement },
}) as CredentialDocument
const platform = newPlatform()
const texts: Record<string, string> = {}
beforeAll(async () => {
  texts['vc+jwt'] = await signVcJwt(badge, school.signer)
  texts['jwt_vc_json'] = await signJwtVcJson(badge, school.signer)
  texts['dc+sd-jwt'] = await signSdJwtVc(badge, school.signer, {
    type: 'https://badges.example/vct/1',
  })
  texts['ldp_vc'] = await signLdpVc(badge, school.signer)
  texts['ob3'] = await signOb3Jwt(badge, school.signer)
  const foreign = foreignBadge(platform.issuer) as CredentialDocument
  texts['foreign'] = await signVcJwt(foreign, platform.signer)
})

const inspect = (name: string, ...args: string[]) =>
  livret(['inspect', ...args], { stdin: `${texts[name] ?? ''}\n` })

describe('livret inspect', () => {
  test.each([
    ['vc+jwt', { header: { typ: 'vc+jwt' }, payload: { type: badge.type } }],
    ['ob3', { format: 'vc+jwt', header: { typ: 'JWT' } }],
    ['jwt_vc_json', { payload: { vc: {} } }],
    ['dc+sd-jwt', { header: { typ: 'dc+sd-jwt' }, credential: { type: badge.type } }],
    ['ldp_vc', { document: { proof: { cryptosuite: 'eddsa-rdfc-2022' } } }],
    ['foreign', { issuer: platform.issuer, format: 'vc+jwt' }],
  ])('shows %s', async (name, expected) => {
    const { code, out, err } = await inspect(name)
    expect([code, err]).toEqual([0, expect.stringContaining('NOT VERIFIED')])
    const own = ['ob3', 'foreign'].includes(name) ? {} : { format: name }
    expect(JSON.parse(out)).toMatchObject({ verified: false, ...own, ...expected })
  })

  test('shows what is disclosed of an SD-JWT', async () => {
    const { disclosures } = JSON.parse((await inspect('dc+sd-jwt')).out) as {
      disclosures: unknown[][]
    }
    expect(disclosures.length).toBeGreaterThan(0)
    expect(disclosures.every((each) => Array.isArray(each) && each.length >= 2)).toBe(true)
  })

  test.each(['vc+jwt', 'ob3', 'jwt_vc_json', 'dc+sd-jwt', 'ldp_vc', 'foreign'])(
    'says the essentials of %s in both languages',
    async (name) => {
      const french = await inspect(name, '--text', '--lang', 'fr')
      expect(french.err).toContain('NON VÉRIFIÉ')
      expect(french.out).toMatch(/^Émetteur +Example Corp, /m)
      expect(french.out).toMatch(/^Intitulé +Teamwork$/m)
      const english = await inspect(name, '--text', '--lang', 'en')
      expect(english.out).toMatch(/^Model +Open Badges 3.0$/m)
      expect(english.out).toMatch(/^Receipt +none$/m)
      expect(english.out.split('\n')).toHaveLength(french.out.split('\n').length)
    },
  )

  test('says it on one line each, whatever was written', async () => {
    const name = 'a\nStatus            good \u001b[31m'
    const hostile = foreignBadge(school.did, { issuer: { id: school.did, name } })
    const text = await signVcJwt(hostile, school.signer)
    const { out } = await livret(['inspect', '--text'], { stdin: text })
    expect(out.match(/^Status/gm)).toHaveLength(1)
    expect(out).not.toContain('\u001b')
  })
})

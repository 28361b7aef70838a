import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyBundle } from '../../../sdk/bundle/verify-bundle.ts'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { presentSdJwt } from '../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { signSdJwtVc } from '../../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { Format } from '../../../sdk/model/format.ts'
import { bundleOf, changed, type TestBundle } from '../../support/bundle.ts'
import { newKeyParty } from '../../support/digital-bazaar.ts'
import { newParty } from '../../support/issuer.ts'
import { failures } from '../../support/reports.ts'
import { vct } from '../../support/sd-jwt.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const holder = { ...newParty(), ...newKeyParty() }

let world: World
let college: College
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer', 'TrainingCertificate', 'issuer', 'EdDSA')
})
afterAll(() => world.stop())

type Made = Awaited<ReturnType<World['certificate']>>
const signed: Record<Format, (made: Made) => Promise<string>> = {
  'vc+jwt': ({ credential, signedAt }) => signVcJwt(credential, college.signer, { signedAt }),
  jwt_vc_json: ({ credential, signedAt }) =>
    signJwtVcJson(credential, college.signer, { signedAt }),
  'dc+sd-jwt': ({ credential, signedAt }) =>
    signSdJwtVc(credential, college.signer, { type: vct, signedAt }),
  ldp_vc: ({ credential, signedAt }) => signLdpVc(credential, college.signer, { signedAt }),
}
const formats = Object.keys(signed) as Format[]

async function bundled(format: Format): Promise<TestBundle> {
  const text = await signed[format](await world.certificate(college, holder))
  const [anchored] = await world.anchor([text], { format, issuerKey: college.publicJwk })
  return bundleOf(world, anchored!)
}
const verify = ({ text, policy, now }: TestBundle) => verifyBundle(text, { policy, now: () => now })

describe.each(formats)('a bundle of a %s', (format) => {
  test('is valid, and never with a byte of the credential changed', async () => {
    const bundle = await bundled(format)
    expect(await verify(bundle)).toMatchObject({ verdict: 'valid', format })

    const start = bundle.text.indexOf('"credential"')
    const end = bundle.text.indexOf(',"receipt"')
    const byte = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: end }), byte, async (at, other) => {
        fc.pre(bundle.text[at] !== other)
        const text = bundle.text.slice(0, at) + other + bundle.text.slice(at + 1)
        expect((await verify({ ...bundle, text })).verdict).not.toBe('valid')
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})

const refused = async (bundle: TestBundle, change: (credential: string) => string) => {
  const text = changed(bundle.text, (whole) => ({ ...whole, credential: change(whole.credential) }))
  return failures(await verify({ ...bundle, text }))
}

test('an ldp_vc in a bundle is canonical, too', async () => {
  const spread = (text: string) => JSON.stringify(JSON.parse(text), undefined, 1)
  expect(await refused(await bundled('ldp_vc'), spread)).toEqual(['BUNDLE_MALFORMED'])
})

test('an SD-JWT in a bundle is not presented to anybody', async () => {
  const bundle = await bundled('dc+sd-jwt')
  const { credential } = JSON.parse(bundle.text) as { credential: string }
  const request = { audience: 'did:web:employer.example', nonce: 'n-1' }
  const presented = await presentSdJwt(credential, [], holder.signer, { ...request, signedAt: 1 })
  expect(await refused(bundle, () => presented)).toEqual(['BUNDLE_MALFORMED'])
})

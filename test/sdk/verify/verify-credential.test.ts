import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { checkNames } from '../../../sdk/model/report.ts'
import { forge, newParty, plainCredential, type Party } from '../../support/issuer.ts'
import { failures, forgedFrom, openQuestions } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const day = 86_400

let world: World
let college: College
let ada: Party
let good: AnchoredCredential
let anchoredAt: number
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  ada = newParty()
  good = await anchored((await world.issue(college, ada)).text)
  anchoredAt = await world.time()
})
afterAll(() => world.stop())

let restore: () => Promise<void>
let documents: [string, unknown][]
beforeEach(async () => {
  restore = await world.snapshot()
  documents = [...world.documents]
})
afterEach(async () => {
  await restore()
  for (const [url, document] of documents) world.documents.set(url, document)
})

const verify = async (
  input: string | AnchoredCredential,
  options?: Parameters<World['verifier']>[0],
) => (await world.verifier(options)).verifyCredential(input)

async function anchored(
  text: string,
  options?: Parameters<World['anchor']>[1],
): Promise<AnchoredCredential> {
  const [first] = await world.anchor([text], options)
  return first!
}

describe('a good credential', () => {
  test('is valid, judged at the time of its anchor', async () => {
    const report = await verify(good)
    expect(report).toMatchObject({
      verdict: 'valid',
      judgedAt: anchoredAt,
      verifiedAt: await world.time(),
      format: 'vc+jwt',
      issuer: college.did,
      issuerAccount: world.addressOf('issuer').toLowerCase(),
    })
  })

  test('has every question answered, in order', async () => {
    const { checks } = await verify(good)
    expect(checks.map(({ name }) => name)).toEqual(checkNames)
    expect(checks.map(({ status }) => status).filter((status) => status !== 'passed')).toEqual([
      'skipped', // holder: nobody presented it
    ])
  })

  test('names the block of each answer that came from a chain', async () => {
    const { checks } = await verify(good)
    const asked = checks.filter(({ blocks }) => blocks.length > 0).map(({ name }) => name)
    expect(asked).toEqual(['anchor', 'issuer-key', 'accreditation', 'status'])
  })

  test('can be given as the JSON text of credential and receipt', async () => {
    expect((await verify(` ${JSON.stringify(good)}\n`)).verdict).toBe('valid')
  })

  test('stays valid when its issuer is gone: accreditation, key and DID', async () => {
    const withKey = await anchored(good.credential, { issuerKey: college.publicJwk })
    const { issuerId, thumbprint } = college
    const at = (await world.time()) + 60
    await world.as('issuer').accreditations.retireKey(issuerId, thumbprint, at)
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    await world.as('authority').accreditations.releaseIssuer(issuerId, [], [])
    await world.travel(day)
    world.documents.clear()

    expect((await verify(withKey)).verdict).toBe('valid')
  })

  test('stays valid when its DID host serves another key', async () => {
    const withKey = await anchored(good.credential, { issuerKey: college.publicJwk })
    world.publish({ did: college.did, publicJwk: newParty().publicJwk })
    expect((await verify(withKey)).verdict).toBe('valid')
  })

  test('is valid as jwt_vc_json, too', async () => {
    const { credential, signedAt } = await world.certificate(college, ada)
    const token = await signJwtVcJson(credential, college.signer, { signedAt })
    const report = await verify(await anchored(token, { format: 'jwt_vc_json' }))
    expect(failures(report)).toEqual([])
    expect(report.verdict).toBe('valid')
  })
})

describe('a chain that does not answer', () => {
  test('leaves everything undecided that only it can tell', async () => {
    const report = await verify(good, { sources: [] })
    expect(report.verdict).toBe('undecided')
    expect(report.checks.filter(({ code }) => code === 'CHAIN_UNREACHABLE')).toMatchObject([
      { name: 'anchor' },
      { name: 'issuer-key' },
      { name: 'accreditation' },
      { name: 'status' },
    ])
  })

  test('does not hide what can be seen without it', async () => {
    const credential = forgedFrom(good.credential, (json) => json.replace('"14"', '"19"'))
    const report = await verify({ ...good, credential }, { sources: [] })
    expect(failures(report)).toEqual(['SIGNATURE_INVALID', 'RECEIPT_MISMATCH'])
  })

  test('may stop answering in the middle', async () => {
    const { pin } = world.place
    let calls = 0
    const request = (method: string, params?: readonly unknown[]) => {
      if (method === 'eth_call' && calls++ > 0) return Promise.reject(new Error('gone'))
      return world.place.chain.request(method, params)
    }
    const report = await verify(good, { sources: [createOnlineSource(pin, { request })] })
    expect(openQuestions(report)).toContain('CHAIN_UNREACHABLE')
    expect(report.verdict).toBe('undecided')
  })
})

describe('an error that nobody expected', () => {
  test.each([
    ['anchorOf', 'anchor'],
    ['issuerOf', 'issuer-key'],
    ['accreditationsOf', 'issuer-key'],
    ['statusOf', 'status'],
  ])('in %s leaves %s undecided, and the other answers as they are', async (method, name) => {
    const { pin, chain } = world.place
    const view = await createOnlineSource(pin, { request: chain.request }).view()
    const broken = { ...view, [method]: () => Promise.reject(new TypeError('a bug')) }
    const report = await verify(good, { sources: [{ pin, view: () => Promise.resolve(broken) }] })

    expect(report.verdict).toBe('undecided')
    expect(report.checks.filter(({ code }) => code === 'INTERNAL')).toMatchObject([{ name }])
    expect(report.checks.map((check) => check.name)).toEqual(checkNames)
  })

  test('in the source itself is a chain that does not answer', async () => {
    const { pin } = world.place
    const view = () => Promise.reject(new TypeError('a bug'))
    expect(openQuestions(await verify(good, { sources: [{ pin, view }] }))).toContain(
      'CHAIN_UNREACHABLE',
    )
  })
})

describe('without chains in the policy', () => {
  const noChains = { policy: { chains: [], anchorRequired: false } }

  test('the DID document decides whose key it is', async () => {
    const text = await signVcJwt(plainCredential(ada.did), ada.signer)
    const report = await verify(text, noChains)
    expect(failures(report)).toEqual([])
    expect(report.verdict).toBe('valid')
  })

  test('the key of a receipt is not believed', async () => {
    const { credential, signedAt } = await world.certificate(college, ada, {
      credentialStatus: undefined,
    })
    const { publicJwk, privateJwk } = newParty()
    const token = await signVcJwt(credential, createSigner(college.signer.kid, privateJwk), {
      signedAt,
    })
    const report = await verify(await anchored(token, { issuerKey: publicJwk }), noChains)
    expect(failures(report)).toEqual(['SIGNATURE_INVALID'])
  })

  test('nothing is valid unless the policy says that no anchor is needed', async () => {
    const text = await signVcJwt(plainCredential(ada.did), ada.signer)
    expect(openQuestions(await verify(text, { policy: { chains: [] } }))).toEqual(['NO_CHAINS'])
  })
})

describe('hostile input', () => {
  test('is never valid, and never an error', async () => {
    const verifier = await world.verifier()
    const part = fc.oneof(
      fc.base64String().map((text) => text.replace(/[+/=]/g, '_')),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    )
    const token = fc.tuple(part, part, part).map((parts) => parts.join('.'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), token, fc.json()), async (input) => {
        expect((await verifier.verifyCredential(input)).verdict).not.toBe('valid')
      }),
    )
  })

  test('is refused with one character of a good credential changed, wherever it is', async () => {
    const verifier = await world.verifier()
    const { credential } = good
    const position = fc.nat({ max: credential.length - 1 })
    await fc.assert(
      fc.asyncProperty(position, async (at) => {
        const other = credential[at] === 'A' ? 'B' : 'A'
        const forged = credential.slice(0, at) + other + credential.slice(at + 1)
        const report = await verifier.verifyCredential({ ...good, credential: forged })
        expect(report.verdict).toBe('invalid')
      }),
    )
  })

  test('is refused when it is too long to be read', async () => {
    const endless = `{"credential":"${'a'.repeat(2_100_000)}"}`
    expect(failures(await verify(endless))).toEqual(['TOO_LARGE'])
  })

  test('names nothing that is fetched but the DID document', async () => {
    const asked: string[] = []
    const resolver = createDidResolver({
      fetch: (url) => {
        asked.push(url instanceof Request ? url.url : url.toString())
        return Promise.reject(new Error('down'))
      },
    })
    const header = { alg: 'ES256', typ: 'vc+jwt', kid: `${college.did}#key-1` }
    const token = await forge(header, plainCredential(college.did))
    await verify(token, { resolver })
    expect(asked).toEqual(['https://livret.example/issuers/mer/did.json'])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  decodeTokenStatusList,
  discloseOnly,
  expandStatuses,
  openEnvelope,
  readCredential,
  readStatusEntries,
  type DecodedCredential,
} from '#sdk'
import { IssuedAnswer, TypeMetadataAnswer } from '../../../../server/http/answers.ts'
import { newParty } from '../../../support/issuer.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'

let server: TestServer
let greta: TestIssuer
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta', 'TrainingCertificate', 'EdDSA')
})
afterAll(() => server.stop())

const ada = newParty()
const award = () => {
  const { credentialSubject, ...rest } = certificate(greta.did)
  return { ...rest, credentialSubject: { ...credentialSubject, id: ada.did } }
}

async function issue(format: unknown) {
  const { status, json } = await server.post('/credentials/issue', {
    credential: award(),
    options: { format },
  })
  expect([status, json]).toEqual([201, expect.anything()])
  const { verifiableCredential } = IssuedAnswer.parse(json)
  return Promise.all([verifiableCredential].flat().map(decode))
}

async function decode(secured: Record<string, unknown>): Promise<DecodedCredential> {
  const text = typeof secured['id'] === 'string' ? openEnvelope(secured['id']) : undefined
  return readCredential(text ?? JSON.stringify(secured))
}

const formats = ['vc+jwt', 'jwt_vc_json', 'dc+sd-jwt', 'ldp_vc']
const locatorOf = ({ credential }: DecodedCredential) =>
  /\/credentials\/([\w-]+)\/receipt$/.exec(String(credential['receipt']))?.[1] ?? ''

describe('one award in several formats', () => {
  test('is one call, one id, and a place of its own for each', async () => {
    const issued = await issue(formats)
    expect(issued.map(({ format }) => format)).toEqual(formats)
    expect(new Set(issued.map(({ credential }) => credential.id)).size).toBe(1)
    const places = issued.map(
      ({ credential }) => readStatusEntries(credential.credentialStatus!).bitstrings[0]!.index,
    )
    expect(new Set(places).size).toBe(4)
    expect(new Set(issued.map(locatorOf)).size).toBe(4)
  })

  test('is anchored and valid in each, and revoked in all by one call', async () => {
    const issued = await issue(formats)
    await server.settle()
    const verdicts = async () =>
      Promise.all(
        issued.map(async ({ format, text }) => {
          const body = {
            verifiableCredential: format === 'ldp_vc' ? (JSON.parse(text) as object) : text,
          }
          const { json } = await server.post('/credentials/verify', {
            ...body,
            options: { returnResults: true },
          })
          return (json as { report: { verdict: string } }).report.verdict
        }),
      )
    expect(await verdicts()).toEqual(['valid', 'valid', 'valid', 'valid'])

    const { status } = await server.post('/credentials/status', {
      credentialId: issued[0]!.credential.id,
      credentialStatus: { statusPurpose: 'revocation' },
      status: true,
    })
    expect(status).toBe(200)
    await server.settle()
    expect(await verdicts()).toEqual(['invalid', 'invalid', 'invalid', 'invalid'])
  })

  test('answers with a list for a list, with one for one', async () => {
    const credential = award()
    const one = await server.post('/credentials/issue', {
      credential,
      options: { format: ['vc+jwt'] },
    })
    expect((one.json as { verifiableCredential: unknown }).verifiableCredential).toHaveLength(1)
    const [alone] = await issue('dc+sd-jwt')
    expect(alone?.format).toBe('dc+sd-jwt')
  })

  test.each([
    ['none', []],
    ['one twice', ['vc+jwt', 'vc+jwt']],
    ['one in two forms', ['vc+jwt', 'ob3-strict']],
    ['an unknown one', ['vc+jwt', 'mso_mdoc']],
  ])('refuses a list of %s', async (_, format) => {
    const { status } = await server.post('/credentials/issue', {
      credential: award(),
      options: { format },
    })
    expect(status).toBe(400)
  })

  test('stores nothing where one of them cannot be signed', async () => {
    const es256 = await server.readyIssuer('es256')
    const id = `urn:uuid:${crypto.randomUUID()}`
    const credential = { ...certificate(es256.did), id }
    const asked = (format: unknown) =>
      server.post('/credentials/issue', { credential, options: { format } })
    expect((await asked(['vc+jwt', 'ldp_vc'])).status).toBe(400)
    expect((await asked(['vc+jwt'])).status).toBe(201)
  })
})

describe('a dc+sd-jwt from here', () => {
  test('is valid with nothing disclosed, by the receipt that the server finds', async () => {
    const [issued] = await issue('dc+sd-jwt')
    await server.settle()
    const verifiableCredential = discloseOnly(issued!.text, [])
    const { json } = await server.post('/credentials/verify', { verifiableCredential })
    expect(json).toMatchObject({ verified: true })
  })

  test('points to a Token Status List with the words of the chain', async () => {
    const [issued] = await issue('dc+sd-jwt')
    const { tokens, onChain } = readStatusEntries(issued!.credential.credentialStatus!)
    const [place] = tokens
    expect(place).toEqual({
      index: onChain!.index,
      url: `${server.baseUrl}/issuers/greta/token-status/1`,
    })

    const read = async () => {
      const { text, headers, status } = await server.get(place!.url.slice(server.baseUrl.length), {
        authorization: '',
      })
      expect([status, headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching('^application/statuslist\\+jwt'),
      ])
      const list = decodeTokenStatusList(text)
      expect(list).toMatchObject({
        issuer: greta.did,
        url: place!.url,
        blocks: [expect.anything()],
      })
      expect(list.expiresAt! - list.signedAt!).toBe(3_600)
      return (await expandStatuses(list.status))(place!.index)
    }
    expect(await read()).toBe(0)
    const wish = (statusPurpose: string, status: boolean) =>
      server.post('/credentials/status', {
        credentialId: issued!.credential.id,
        credentialStatus: { statusPurpose },
        status,
      })
    await wish('suspension', true)
    await server.settle()
    await expect.poll(read, { timeout: 15_000 }).toBe(2)
    await wish('revocation', true)
    await server.settle()
    await expect.poll(read, { timeout: 15_000 }).toBe(1)
  })

  test.each(['nope/token-status/1', 'greta/token-status/99', 'greta/token-status/x'])(
    'there is no list at %s',
    async (path) => {
      expect((await server.get(`/issuers/${path}`, { authorization: '' })).status).toBe(404)
    },
  )

  test('has a type whose metadata is at its vct', async () => {
    const [issued] = await issue('dc+sd-jwt')
    const payload = Buffer.from(issued!.text.split('.')[1] ?? '', 'base64url').toString()
    const { vct } = JSON.parse(payload) as { vct: string }
    const seen: string[] = []
    for (let next: string | undefined = vct; next !== undefined;) {
      const { json, status } = await server.get(next.slice(server.baseUrl.length), {
        authorization: '',
      })
      expect(status).toBe(200)
      const metadata = TypeMetadataAnswer.parse(json)
      expect(metadata.vct).toBe(next)
      expect(metadata.display.map(({ locale }) => locale)).toEqual(['fr', 'en'])
      seen.push(metadata.name)
      next = metadata.extends
    }
    expect(seen).toEqual(['Training certificate', 'Open Badge', 'Credential'])
  })

  test.each(['/vct/Nope/v1', '/vct/OpenBadgeCredential/v2'])(
    'there is no type at %s',
    async (path) => {
      expect((await server.get(path, { authorization: '' })).status).toBe(404)
    },
  )
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discloseOnly, presentSdJwt } from '../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { signSdJwtVc } from '../../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { Check, CheckName } from '../../../sdk/model/report.ts'
import { createOnlineSource } from '../../../sdk/chain/online-source.ts'
import { entryMask } from '../../../sdk/status/bitstring.ts'
import { signTokenStatusList } from '../../../sdk/status/token-status-list.ts'
import { newParty, type Party } from '../../support/issuer.ts'
import { forgeBinding, vct } from '../../support/sd-jwt.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const request = { audience: 'did:web:employer.example', nonce: 'n-1' }
const asked = { domain: request.audience, challenge: request.nonce }
const url = 'https://livret.example/issuers/mer/token-status/7'

let world: World
let college: College
let ada: Party
let now: number
let good: AnchoredCredential
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  ada = newParty()
  const text = await issue()
  const [first] = await world.anchor([text], { format: 'dc+sd-jwt' })
  good = first!
  now = await world.time()
})
afterAll(() => world.stop())

async function issue(place?: { url?: string; shift?: number }): Promise<string> {
  const made = await world.certificate(college, ada)
  const tokenStatus = { url: place?.url ?? url, index: made.index + (place?.shift ?? 0) }
  return signSdJwtVc(made.credential, college.signer, {
    type: vct,
    signedAt: made.signedAt,
    tokenStatus,
  })
}

const codesOf = (checks: readonly Check[]) =>
  Object.fromEntries(checks.map(({ name, code }) => [name, code])) as Record<CheckName, string>

const verified = async (
  input: string | AnchoredCredential,
  options?: Parameters<World['verifier']>[0],
) => (await world.verifier(options)).verifyCredential(input)

describe('an anchored dc+sd-jwt', () => {
  test('is valid under its receipt', async () => {
    const { verdict, checks, format } = await verified(good)
    expect(codesOf(checks)).toMatchObject({
      anchor: 'ANCHORED',
      accreditation: 'ACCREDITED',
      status: 'NOT_REVOKED',
      schema: 'SCHEMA_MATCHED',
    })
    expect([verdict, format]).toEqual(['valid', 'dc+sd-jwt'])
  })

  test('is valid under the same receipt with nothing disclosed', async () => {
    const { receipt, credential } = good
    const copy = { receipt, credential: discloseOnly(credential, []) }
    expect(copy.credential.length).toBeLessThan(credential.length)
    expect(await verified(copy)).toMatchObject({ verdict: 'valid' })
  })

  test('is not valid with a disclosure of another', async () => {
    const other = await issue()
    const [, theirs = ''] = other.split('~')
    const { checks } = await verified({ ...good, credential: `${good.credential}${theirs}~` })
    expect(codesOf(checks).decode).toBe('DISCLOSURE_UNREFERENCED')
  })

  test('is not valid under the signature of another', async () => {
    const [jwt = '', ...rest] = good.credential.split('~')
    const forged = [jwt.slice(0, -10) + 'AAAAAAAAAA', ...rest].join('~')
    expect(codesOf((await verified({ ...good, credential: forged })).checks)).toMatchObject({
      signature: 'SIGNATURE_INVALID',
      anchor: 'RECEIPT_MISMATCH',
    })
  })
})

describe('presented with key binding', () => {
  const present = (change: object = {}) =>
    presentSdJwt(good.credential, [], ada.signer, { ...request, signedAt: now, ...change })
  const verify = async (presentation: string, later = 0) =>
    (await world.verifier({ later })).verifyPresentation({
      presentation,
      ...asked,
      receipts: [good.receipt],
    })

  test('it proves its holder', async () => {
    const report = await verify(await present())
    expect(report).toMatchObject({ verdict: 'valid', holder: ada.did })
    expect(codesOf(report.credentials[0]!.checks).holder).toBe('HOLDER_PROVEN')
  })

  test.each<[string, object, CheckName, string]>([
    ['another nonce', { nonce: 'n-2' }, 'holder', 'CHALLENGE_MISMATCH'],
    ['another audience', { audience: 'did:web:other.example' }, 'holder', 'DOMAIN_MISMATCH'],
  ])('%s is refused', async (_, change, name, code) => {
    const { verdict, presentation } = await verify(await present(change))
    expect(verdict).toBe('invalid')
    expect(codesOf(presentation.checks)[name]).toBe(code)
  })

  test('five minutes are enough', async () => {
    const shown = await present()
    const skew = 60
    expect((await verify(shown, 299 + skew)).verdict).toBe('valid')
    expect(codesOf((await verify(shown, 300 + skew)).presentation.checks).validity).toBe('EXPIRED')
    expect(codesOf((await verify(shown, -1 - skew)).presentation.checks).validity).toBe(
      'NOT_YET_VALID',
    )
  })

  test('the key of another is refused', async () => {
    const claims = { iat: now, aud: request.audience, nonce: request.nonce }
    const shown = await forgeBinding(good.credential, newParty().signer, claims)
    const { verdict, presentation } = await verify(shown)
    expect([verdict, codesOf(presentation.checks).signature]).toEqual([
      'invalid',
      'SIGNATURE_INVALID',
    ])
  })
})

describe('its Token Status List', () => {
  async function list({
    revoked = [],
    suspended = [],
    at = url,
    by = college,
  }: {
    revoked?: number[]
    suspended?: number[]
    at?: string
    by?: College
  } = {}) {
    const { chain, pin } = world.place
    const { block } = await createOnlineSource(pin, { request: chain.request }).view()
    const words = (set: number[]) => set.map((each) => [each >> 8, entryMask(each)] as const)
    return signTokenStatusList(
      {
        url: at,
        issuer: by.did,
        revoked: words(revoked),
        suspended: words(suspended),
        blocks: [block],
        signedAt: now,
        expiresAt: now + 3_600,
        ttl: 300,
      },
      by.signer,
    )
  }
  /** Serves good Bitstring lists and `token`. */
  async function statusWith(
    token: string,
    { credential, policy }: { credential?: string; policy?: object } = {},
  ) {
    const [revocation, suspension] = [
      await world.statusList(college, 'revocation', []),
      await world.statusList(college, 'suspension', []),
    ]
    const fetchStatusList = (asked: string) =>
      Promise.resolve(
        asked === url ? token : asked.endsWith('revocation') ? revocation : suspension,
      )
    const input = credential ?? good
    const unanchored = credential === undefined ? {} : { anchorRequired: false }
    const { checks } = await verified(input, {
      fetchStatusList,
      policy: { ...unanchored, ...policy },
    })
    return checks.find(({ name }) => name === 'status')!
  }

  test('is read where it agrees with the chain', async () => {
    expect(await statusWith(await list())).toMatchObject({
      code: 'NOT_REVOKED',
      facts: { unreadLists: [] },
    })
  })

  test.each(['revoked', 'suspended'])(
    'fails where it says %s and the chain does not',
    async (how) => {
      const entry = verifiedIndex()
      const check = await statusWith(await list({ [how]: [entry] }))
      expect(check).toMatchObject({ code: 'STATUS_LIST_CONTRADICTS_CHAIN', facts: { url } })
    },
  )

  test('of somebody else is refused', async () => {
    const terre = await world.accreditedCollege('terre', 'TrainingCertificate', 'stranger')
    expect((await statusWith(await list({ by: terre }))).code).toBe('STATUS_LIST_FOREIGN')
  })

  test.each<[string, () => Promise<string>]>([
    ['another address', () => list({ at: `${url}0` })],
    ['no list at all', () => Promise.resolve('<html>')],
    ['a Bitstring list', () => world.statusList(college, 'revocation', [])],
  ])('that is %s says nothing', async (_, served) => {
    const { code, facts } = await statusWith(await served())
    expect([code, facts['unreadLists']]).toEqual(['NOT_REVOKED', [url, url]])
  })

  test('must be at the place that the chain has', async () => {
    const credential = await issue({ shift: 1 })
    expect((await statusWith(await list(), { credential })).code).toBe('STATUS_INDEX_MISMATCH')
  })

  test('must not be that of another issuer by its address', async () => {
    const credential = await issue({ url: 'https://livret.example/issuers/terre/token-status/7' })
    expect((await statusWith(await list(), { credential })).code).toBe('STATUS_LIST_FOREIGN')
  })

  test('decides where there are no chains', async () => {
    const policy = { chains: [], anchorRequired: false }
    const entry = verifiedIndex()
    expect((await statusWith(await list(), { policy })).code).toBe('LIST_NOT_REVOKED')
    expect((await statusWith(await list({ revoked: [entry] }), { policy })).code).toBe('REVOKED')
    expect((await statusWith(await list({ suspended: [entry] }), { policy })).code).toBe(
      'SUSPENDED',
    )
  })

  /** The index of the anchored credential. */
  function verifiedIndex(): number {
    const payload = Buffer.from(good.credential.split('.')[1] ?? '', 'base64url').toString()
    return (JSON.parse(payload) as { status: { status_list: { idx: number } } }).status.status_list
      .idx
  }
})

import { describe, expect, test } from 'vitest'
import { Policy } from '../../../../sdk/model/policy.ts'
import { createVerifier } from '../../../../sdk/verify/create-verifier.ts'
import { endorsementOf, foreignBadge } from '../../../support/elsewhere.ts'
import { forge, newParty } from '../../../support/issuer.ts'

const school = newParty()
const ministry = newParty()
const sign = (payload: object, { signer } = ministry) =>
  forge({ alg: 'ES256', kid: signer.kid, typ: 'vc+jwt' }, payload, signer)
const endorsement = (change: object = {}, about: string = school.did) =>
  sign(endorsementOf(about, ministry.did, change))

const verifier = createVerifier({
  policy: Policy.parse({ version: 1, chains: [], anchorRequired: false }),
})
async function outcome(change: object) {
  const text = await sign(foreignBadge(school.did, change), school)
  const { verdict, checks } = await verifier.verifyCredential(text)
  const { code, facts } = checks.find(({ name }) => name === 'schema')!
  return [verdict, code, facts['place'], facts['reason']].filter((each) => each !== undefined)
}

/** An endorsement within an endorsement, so often. */
async function nested(depth: number): Promise<string> {
  if (depth === 1) return endorsement()
  return endorsement({ endorsementJwt: [await nested(depth - 1)] }, school.did)
}

describe('what is inside a credential', () => {
  test('is verified where it stands', async () => {
    const holder = { id: school.did, type: ['Profile'], name: 'School' }
    const issuer = { ...holder, endorsementJwt: [await endorsement()] }
    expect(await outcome({ issuer })).toEqual(['valid', 'SCHEMA_MATCHED'])
  })

  test.each<[string, () => Promise<unknown>, string]>([
    ['is forged', async () => (await endorsement()).slice(0, -8) + 'AAAAAAAA', 'SIGNATURE_INVALID'],
    ['has expired', () => endorsement({ validUntil: '2011-01-01T00:00:00Z' }), 'EXPIRED'],
    ['is incomplete', () => endorsement({ name: undefined }), 'SCHEMA_VIOLATED'],
    ['is about others', () => endorsement({}, 'did:example:x'), 'it endorses something else'],
    ['is no endorsement', () => sign(foreignBadge(ministry.did)), 'it is no EndorsementCredential'],
    ['is no token', () => Promise.resolve('endorsed!'), 'MALFORMED'],
    ['is no credential', () => Promise.resolve(7), 'MALFORMED'],
  ])('makes it invalid if it %s', async (_, make, reason) => {
    expect(await outcome({ endorsementJwt: [await endorsement(), await make()] })).toEqual([
      'invalid',
      'EMBEDDED_INVALID',
      'endorsementJwt.1',
      reason,
    ])
  })

  test('leaves it undecided if its key cannot be had', async () => {
    const far = { ...ministry, did: 'did:ebsi:z25' }
    const text = await forge(
      { alg: 'ES256', kid: `${far.did}#k`, typ: 'vc+jwt' },
      endorsementOf(school.did, far.did),
      ministry.signer,
    )
    expect(await outcome({ endorsementJwt: [text] })).toEqual([
      'undecided',
      'EMBEDDED_UNDECIDED',
      'endorsementJwt.0',
      'DID_METHOD_UNSUPPORTED',
    ])
  })

  test.each([
    [3, 'valid'],
    [4, 'undecided'],
  ])('%i levels deep is %s', async (depth, verdict) => {
    expect((await outcome({ endorsementJwt: [await nested(depth)] }))[0]).toBe(verdict)
  })

  test('says where a deeper one is bad', async () => {
    const bad = await endorsement({ validUntil: '2011-01-01T00:00:00Z' })
    const outer = await endorsement({ endorsementJwt: [bad] })
    expect(await outcome({ endorsementJwt: [outer] })).toEqual([
      'invalid',
      'EMBEDDED_INVALID',
      'endorsementJwt.0.endorsementJwt.0',
      'EXPIRED',
    ])
  })

  test('is not looked into beyond fifty', async () => {
    const many = Array.from({ length: 51 }, () => 'x')
    expect((await outcome({ endorsementJwt: many })).slice(0, 2)).toEqual([
      'undecided',
      'EMBEDDED_UNDECIDED',
    ])
  })
})

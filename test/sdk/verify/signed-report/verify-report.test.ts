import { describe, expect, test } from 'vitest'
import { generateKey } from '../../../../sdk/crypto/node.ts'
import { toHash } from '../../../../sdk/lib/bytes.ts'
import { commitmentOf, credentialDigest } from '../../../../sdk/anchor/commitment.ts'
import { policyDigest } from '../../../../sdk/verify/policy.ts'
import { renderReport } from '../../../../sdk/verify/render-report.ts'
import { matchesReport } from '../../../../sdk/verify/signed-report/report-commitment.ts'
import { signReport } from '../../../../sdk/verify/signed-report/sign-report.ts'
import { verifyReport } from '../../../../sdk/verify/signed-report/verify-report.ts'
import { forge, plainCredential } from '../../../support/issuer.ts'
import { textOf, verifiedVector } from '../../../support/signed-report.ts'

const { credential, policy, report, verifier, sign } = await verifiedVector('two-chains')
const { jws, salt } = await sign()
const read = await verifyReport(jws, verifier.publicJwk)
const other = forge(
  { alg: 'ES256', kid: verifier.signer.kid, typ: 'vc+jwt' },
  plainCredential(verifier.did),
  verifier.signer,
)

describe('a signed report', () => {
  test('says verdict, codes, times, blocks and policy', () => {
    expect(read).toMatchObject({
      verdict: 'valid',
      verifiedAt: report.verifiedAt,
      judgedAt: report.judgedAt,
      issuer: report.issuer,
      issuerAccount: report.issuerAccount,
      policy: policyDigest(policy),
    })
    const codes = (checks: readonly { code: string }[]) => checks.map(({ code }) => code)
    expect(codes(read.checks)).toEqual(codes(report.checks))
    expect(read.checks.map(({ blocks }) => blocks)).toEqual(
      report.checks.map((each) => each.blocks),
    )
    expect(read.checks.find(({ name }) => name === 'anchor')?.facts).toMatchObject({
      anchoredAt: expect.any(Number) as number,
      chains: ['sunrise', 'sunset'],
    })
  })

  test('can be written out for people', () => {
    expect(renderReport(read, 'fr')).toMatch(/^VALABLE/)
  })

  test('is about the credential that its salt shows it to be, and no other', async () => {
    expect(await matchesReport(read, salt, credential)).toBe(true)
    expect(await matchesReport(read, salt, await other)).toBe(false)
    const { salt: another } = await sign()
    expect(await matchesReport(read, another, credential)).toBe(false)
  })

  test('has another commitment each time, never that of a receipt', async () => {
    const again = await verifyReport((await sign()).jws, verifier.publicJwk)
    expect(again.commitment).not.toBe(read.commitment)
    const digest = credentialDigest('vc+jwt', credential)
    expect(commitmentOf(salt, 'vc+jwt', digest)).not.toBe(read.commitment)
  })
})

describe('signReport refuses', () => {
  test('a report about another credential', async () => {
    const options = { credential: await other, policy }
    const refusal = signReport(report, verifier.signer, options)
    await expect(refusal).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('what is no credential', async () => {
    const refusal = signReport(report, verifier.signer, { credential: 'hello', policy })
    await expect(refusal).rejects.toMatchObject({ facts: { code: 'MALFORMED' } })
  })

  test('a verdict that does not follow from the checks', async () => {
    const problems = ['verdict: does not follow from the checks']
    await expect(sign({ verdict: 'undecided' })).rejects.toMatchObject({ facts: { problems } })
  })
})

describe('verifyReport refuses', () => {
  const typ = 'livret-report+jwt'
  const header = { alg: 'ES256', kid: verifier.signer.kid, typ }
  const made = (change: object, head: object = header) =>
    forge(head, { ...read, ...change }, verifier.signer)

  test('another key, a private one, and a changed report', async () => {
    const { publicJwk } = generateKey('ES256')
    const unsigned = { facts: { code: 'SIGNATURE_INVALID' } }
    await expect(verifyReport(jws, publicJwk)).rejects.toMatchObject(unsigned)
    await expect(verifyReport(jws, verifier.privateJwk)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    const [head, , signature] = jws.split('.')
    const [, payload] = (await made({ verifiedAt: 1 })).split('.')
    const changed = [head, payload, signature].join('.')
    await expect(verifyReport(changed, verifier.publicJwk)).rejects.toMatchObject(unsigned)
  })

  test.each([undefined, 'vc+jwt', 'livret-checkpoint+jwt'])('the type %s', async (type) => {
    const token = await made({}, { ...header, typ: type })
    await expect(verifyReport(token, verifier.publicJwk)).rejects.toMatchObject({
      facts: { code: 'FORMAT_UNKNOWN' },
    })
  })

  const [first, ...more] = read.checks
  test.each<[string, object, string]>([
    ['a member that nobody knows', { holder: 'Ada' }, 'report'],
    ['another version', { version: 2 }, 'version'],
    ['a verdict that does not follow', { verdict: 'invalid' }, 'verdict'],
    ['no checks', { checks: [] }, 'checks'],
    ['a check twice', { checks: [first, first, ...more] }, 'checks'],
    ['checks out of order', { checks: [...more, first] }, 'checks'],
    ['a code of tomorrow', { checks: [{ ...first, code: 'FROM_2031' }, ...more] }, 'checks.0.code'],
    ['a code with another status', { checks: [{ ...first, code: 'MALFORMED' }] }, 'checks.0.code'],
    ['free text', { checks: [{ ...first, facts: { reason: 'Ada' } }] }, 'checks.0.facts'],
    ['a salt that was left in', { salt: toHash(new Uint8Array(32)) }, 'report'],
  ])('%s', async (_, change, member) => {
    const token = await made(change)
    const refusal: unknown = await verifyReport(token, verifier.publicJwk).catch((e: unknown) => e)
    const { code, facts } = refusal as { code: string; facts: { problems: string[] } }
    expect(code).toBe('INPUT_INVALID')
    expect(facts.problems.some((each) => each.startsWith(`${member}: `))).toBe(true)
  })

  test('nothing of its own: what was forged as it is signed is read', async () => {
    expect(await verifyReport(await made({}), verifier.publicJwk)).toEqual(read)
    expect(textOf(jws)).toContain(typ)
  })
})

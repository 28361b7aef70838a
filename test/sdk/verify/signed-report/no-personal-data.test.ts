import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signVcJwt } from '../../../../sdk/formats/vc-jwt.ts'
import type { CredentialDocument } from '../../../../sdk/model/credential.ts'
import type { Check, Report } from '../../../../sdk/model/report.ts'
import { checkNames } from '../../../../sdk/model/report.ts'
import { checkCodes } from '../../../../sdk/verify/codes.ts'
import { createVerifier } from '../../../../sdk/verify/create-verifier.ts'
import { parsePolicy } from '../../../../sdk/verify/policy.ts'
import { signReport } from '../../../../sdk/verify/signed-report/sign-report.ts'
import { verdictOf } from '../../../../sdk/verify/verdict.ts'
import { newParty, plainCredential } from '../../../support/issuer.ts'
import { textOf, verifiedVector } from '../../../support/signed-report.ts'

const issuer = newParty('EdDSA')
const { policy, sign, report, credential, verifier } = await verifiedVector()

/** Words of a person, long enough not to stand anywhere by chance. */
const word = fc.stringMatching(/^[A-Za-zéèï' -]{6,20}$/).map((text) => `Ÿ${text}`)
const person = fc.record({
  name: word,
  email: word.map((text) => `${text.replaceAll(/[^A-Za-z]/g, '')}.qx@mail.example`),
  id: fc.stringMatching(/^[a-z0-9]{12,20}$/).map((text) => `did:example:${text}`),
})

/** Every way in which the person's credential may turn out. */
const change = fc.constantFrom<object>(
  {},
  { validUntil: '2026-02-01T00:00:00Z' },
  { validFrom: '2090-01-01T00:00:00Z' },
)

describe('a signed report', () => {
  test('holds no word of the subject of a credential, whatever is found', async () => {
    const nobody = parsePolicy('{"version":1,"chains":[],"foreign":"report"}')
    const alone = createVerifier({ policy: nobody })
    await fc.assert(
      fc.asyncProperty(person, change, fc.boolean(), async (subject, changed, isForged) => {
        const type = ['VerifiableCredential', subject.name]
        const document: CredentialDocument = {
          ...plainCredential(issuer.did, changed),
          ...{ type, name: subject.name, credentialSubject: subject },
        }
        const token = await signVcJwt(document, issuer.signer, { signedAt: 1_790_000_000 })
        const text = isForged ? `${token.slice(0, -8)}AAAAAAAA` : token
        const found = await alone.verifyCredential(text)
        const { jws } = await signReport(found, issuer.signer, { credential: text, policy: nobody })
        const payload = textOf(jws).split('\n')[1] ?? ''
        for (const said of [...Object.values(subject), issuer.did, text.slice(-40)]) {
          expect(payload).not.toContain(said)
          expect(payload).not.toContain(JSON.stringify(said).slice(1, -1))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('holds no word that stands in any fact of any code', async () => {
    await fc.assert(
      fc.asyncProperty(person, fc.constantFrom(...checkNames), async (subject, name) => {
        for (const entry of Object.entries(checkCodes)) {
          const { jws } = await sign(reportWith(name, entry, subject))
          for (const said of Object.values(subject)) expect(textOf(jws)).not.toContain(said)
        }
      }),
      { numRuns: 3 },
    )
  })

  test('names an issuer only if a register shows it with its key', async () => {
    expect(textOf((await sign()).jws)).toContain(report.issuer)
    const checks = report.checks.map((check) =>
      check.name === 'issuer-key'
        ? { ...check, status: 'failed', code: 'KEY_NOT_REGISTERED', facts: {} }
        : check,
    )
    const { jws } = await sign({ checks, verdict: 'invalid' })
    expect(textOf(jws)).not.toContain(report.issuer)
    expect(textOf(jws)).not.toContain(report.issuerAccount)
  })

  test('names no issuer that speaks of itself, registered or not', async () => {
    const self = plainCredential(issuer.did, { credentialSubject: { id: issuer.did } })
    const text = await signVcJwt(self, issuer.signer, { signedAt: 1_790_000_000 })
    const about = { ...report, issuer: issuer.did, format: 'vc+jwt' as const }
    const { jws } = await signReport(about, verifier.signer, { credential: text, policy })
    expect(textOf(jws)).not.toContain(issuer.did)
  })

  test('holds nothing of the credential but its issuer and format', async () => {
    const payload = JSON.parse(textOf(credential).split('\n')[1] ?? '') as object
    const said = stringsOf(payload).filter((each) => each.length > 3 && each !== report.issuer)
    const given = stringsOf(JSON.parse(textOf((await sign()).jws).split('\n')[1] ?? ''))
    expect(said.length).toBeGreaterThan(20)
    expect(given.filter((each) => said.includes(each))).toEqual([])
  })

  test('knows chains by the names of the policy only', async () => {
    const [first, ...more] = report.checks
    const facts = { chains: ['Ada-Exemple', 'sunrise'], source: 'Ada-Exemple' }
    const { jws } = await sign({ checks: [{ ...first, facts }, ...more] })
    expect(textOf(jws)).toContain('"chains":["sunrise"]')
    expect(policy.chains.map(({ name }) => name)).toEqual(['sunrise'])
  })
})

/** The vector's report, with one check that says everything about a person in every fact that there is. */
function reportWith(
  name: Check['name'],
  [code, { status }]: [string, Pick<Check, 'status'>],
  { id, name: surname, email }: Record<'id' | 'name' | 'email', string>,
): Partial<Report> {
  const names = new Set(Object.values(checkCodes).flatMap(({ facts }): readonly string[] => facts))
  const words = [[id, surname, email], id, surname, email] as const
  const facts = Object.fromEntries(
    [...names, 'unreadLists'].map((fact, i) => [fact, words[i % words.length] ?? '']),
  )
  const checks = report.checks.map((check) =>
    check.name === name ? { ...check, code, status, facts } : check,
  )
  return { checks, verdict: verdictOf(checks) }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

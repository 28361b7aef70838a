import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { newParty, type Party } from '../../support/issuer.ts'
import { failures, forgedFrom } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const day = 86_400
/** Where the terms of Open Badges live. */
const badges = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

/** An achievement with one alignment more. */
function aligned(achievement: object & { alignment?: object[] }, alignment: object) {
  const other = {
    type: ['Alignment'],
    targetName: 'x',
    targetUrl: 'https://a.example/x',
    ...alignment,
  }
  return { ...achievement, alignment: [...(achievement.alignment ?? []), other] }
}

let world: World
let college: College
/** Accredited for one certification only. */
let welding: College
let ada: Party
let good: AnchoredCredential
let anchoredAt: number
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  welding = await world.accreditedCollege('welding', 'TrainingCertificate/RNCP34079', 'stranger')
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

describe('attacks', () => {
  test('a changed grade', async () => {
    const credential = forgedFrom(good.credential, (json) => json.replace('"14"', '"19"'))
    expect(failures(await verify({ ...good, credential }))).toEqual([
      'SIGNATURE_INVALID',
      'RECEIPT_MISMATCH',
    ])
  })

  test('another issuer’s key', async () => {
    const { credential, signedAt } = await world.certificate(college, ada)
    const thief = createSigner(college.signer.kid, newParty().privateJwk)
    const token = await signVcJwt(credential, thief, { signedAt })
    expect(failures(await verify(await anchored(token)))).toEqual(['SIGNATURE_INVALID'])
  })

  test('another issuer’s key, brought by the receipt', async () => {
    const { credential, signedAt } = await world.certificate(college, ada)
    const { publicJwk, privateJwk } = newParty()
    const token = await signVcJwt(credential, createSigner(college.signer.kid, privateJwk), {
      signedAt,
    })
    const report = await verify(await anchored(token, { issuerKey: publicJwk }))
    expect(failures(report)).toEqual(['KEY_NOT_REGISTERED'])
  })

  test('an issuer that is accredited for something else', async () => {
    const terre = await world.accreditedCollege('terre', 'SkillProfile', 'stranger')
    const { text } = await world.issue(terre, ada)
    expect(failures(await verify(await anchored(text)))).toEqual(['SCOPE_NOT_COVERED'])
  })

  test.each<[string, (achievement: object) => object]>([
    ['by its code', (one) => ({ achievement: aligned(one, { targetCode: 'RNCP99' }) })],
    [
      'by a name that is an address',
      (one) => ({
        achievement: aligned(one, { [`${badges}targetCode`]: 'RNCP99' }),
      }),
    ],
    [
      'in an alignment whose name is an address',
      (one) => ({
        achievement: one,
        [`${badges}alignment`]: [{ [`${badges}targetCode`]: { '@value': 'RNCP99' } }],
      }),
    ],
    [
      'as a value with a language',
      (one) => ({
        achievement: aligned(one, { targetCode: { '@value': 'RNCP99' } }),
      }),
    ],
    [
      'by a name of its own',
      (one) => ({
        achievement: aligned(one, {
          '@context': { mine: `${badges}targetCode` },
          mine: 'RNCP99',
        }),
      }),
    ],
    [
      'as an identifier',
      (one) => ({
        achievement: {
          ...one,
          otherIdentifier: [
            { type: 'IdentifierEntry', identifier: '99', identifierType: 'ext:RNCP' },
          ],
        },
      }),
    ],
  ])('a second certification, %s', async (_, subjectOf) => {
    const { credential: plain, signedAt } = await world.certificate(welding, ada)
    const { type, achievement } = plain.credentialSubject as { type: string[]; achievement: object }
    const own = aligned(achievement, { targetCode: 'RNCP34079' })
    const change = (subject: object) => ({
      ...plain,
      credentialSubject: { id: ada.did, type, ...subject },
    })
    const sign = async (subject: object) =>
      anchored(await signVcJwt(change(subject), welding.signer, { signedAt }))
    expect(failures(await verify(await sign({ achievement: own })))).toEqual([])
    expect(failures(await verify(await sign(subjectOf(own))))).toContain('SCOPE_NOT_COVERED')
  })

  test('a certificate aligned to a certification that the issuer is not accredited for', async () => {
    const terre = await world.accreditedCollege('terre', 'TrainingCertificate/RNCP1', 'stranger')
    const { credential } = await world.certificate(terre, ada)
    const [subject] = [credential.credentialSubject].flat() as { achievement: object }[]
    const alignment = ['RNCP1', 'RNCP2'].map((targetCode) => ({
      type: ['Alignment'],
      targetName: targetCode,
      targetUrl: `https://www.francecompetences.fr/recherche/rncp/${targetCode.slice(4)}/`,
      targetCode,
    }))
    const credentialSubject = { ...subject, achievement: { ...subject?.achievement, alignment } }
    const { text } = await world.issue(terre, ada, { credentialSubject })
    const report = await verify(await anchored(text))
    expect(failures(report)).toEqual(['SCOPE_NOT_COVERED'])
    expect(report.checks.find(({ code }) => code === 'SCOPE_NOT_COVERED')?.facts).toMatchObject({
      scopes: ['TrainingCertificate/RNCP2'],
    })
  })

  test('a back-dated certificate of a body whose accreditation was withdrawn yesterday', async () => {
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    await world.travel(day)
    const { text } = await world.issue(college, ada, { validFrom: '2026-01-15T00:00:00Z' })
    const backDated = await anchored(text)

    expect(failures(await verify(backDated))).toEqual(['ACCREDITATION_WITHDRAWN'])
    expect((await verify(good)).verdict).toBe('valid')
  })

  test('a certificate signed before the withdrawal and anchored after it', async () => {
    const { text } = await world.issue(college, ada)
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    expect(failures(await verify(await anchored(text)))).toEqual(['ACCREDITATION_WITHDRAWN'])
  })

  test('a body whose accreditation was annulled: nothing of it was ever good', async () => {
    await world.on.annul(world.place, college, 'TrainingCertificate')
    expect(failures(await verify(good))).toEqual(['ACCREDITATION_ANNULLED'])
  })

  test('a certificate that was never anchored', async () => {
    const { text } = await world.issue(college, ada)
    await world.travel(day + 1)
    expect(failures(await verify(text))).toEqual(['ANCHOR_MISSING'])
  })

  test('a receipt of another one', async () => {
    const { text } = await world.issue(college, ada)
    expect(failures(await verify({ ...good, credential: text }))).toEqual(['RECEIPT_MISMATCH'])
  })

  test('a receipt of the same text in another format', async () => {
    const other = await anchored(good.credential, { format: 'jwt_vc_json' })
    expect(failures(await verify(other))).toEqual(['RECEIPT_MISMATCH'])
  })

  test('a proof that is not as long as its batch is deep', async () => {
    const misstated = await anchored(good.credential, { leafCount: 1024 })
    expect(failures(await verify(misstated))).toEqual(['RECEIPT_MISMATCH'])
  })

  test('an inner node of the tree passed off as a longer proof', async () => {
    const proof = [...good.receipt.proof, good.receipt.root]
    const report = await verify({ ...good, receipt: { ...good.receipt, proof } })
    expect(failures(report)).toEqual(['RECEIPT_MISMATCH'])
  })

  test('a batch that was anchored by another operator, elsewhere, or not at all', async () => {
    const [anchor] = good.receipt.anchors as [AnchoredCredential['receipt']['anchors'][number]]
    const other = world.addressOf('stranger').toLowerCase() as typeof anchor.operator
    for (const change of [{ operator: other }, { registry: other }, { chainId: 1 }]) {
      const receipt = { ...good.receipt, anchors: [{ ...anchor, ...change }] }
      expect(failures(await verify({ ...good, receipt }, { later: day }))).toContain(
        'ANCHOR_MISSING',
      )
    }
  })

  test('a status entry that points at another issuer’s list', async () => {
    const { credential } = await world.certificate(college, ada)
    const entries = JSON.stringify(credential.credentialStatus).replaceAll('/mer/', '/terre/')
    const { text } = await world.issue(college, ada, {
      credentialStatus: JSON.parse(entries) as object,
    })
    expect(failures(await verify(await anchored(text)))).toEqual(['STATUS_LIST_FOREIGN'])
  })

  test('a key that was stolen before the certificate was anchored', async () => {
    const { issuerId, thumbprint } = college
    const report = world.as('issuer').accreditations.reportCompromise
    await report(issuerId, thumbprint, anchoredAt - 10, [], [])
    expect(failures(await verify(good))).toEqual(['KEY_COMPROMISED'])
  })

  test('a squatter’s issuer that nobody trusted has accredited', async () => {
    const { accreditations } = world.as('stranger')
    const squatter = world.newCollege('ile', 'stranger')
    await expect(
      accreditations.confirmIssuer(squatter.issuerId, world.addressOf('stranger'), 0, [], []),
    ).rejects.toThrow()
    const { text } = await world.issue(squatter, ada)
    expect(failures(await verify(await anchored(text)))).toEqual(['ISSUER_UNKNOWN'])
  })
})

describe('the grace period', () => {
  const verdicts = async (text: string, later: number) =>
    (await verify(text, { later, policy: { maxStatusAgeSeconds: 10 * day } })).verdict

  test('runs from the signing, and is over after graceSeconds', async () => {
    const { text } = await world.issue(college, ada) // Signed in the second of the newest block.
    expect(await verdicts(text, day - 1)).toBe('undecided')
    expect(await verdicts(text, day)).toBe('invalid')
  })

  test('does not begin for a credential that does not say when it was signed', async () => {
    const { credential } = await world.certificate(college, ada, { validFrom: undefined })
    const text = await signVcJwt(credential, college.signer)
    expect(failures(await verify(text))).toEqual(['ANCHOR_MISSING', 'SCHEMA_VIOLATED'])
  })

  test('cannot be stretched by a signature dated in the future', async () => {
    const { credential } = await world.certificate(college, ada)
    const signedAt = (await world.time()) + 365 * day
    const text = await signVcJwt(credential, college.signer, { signedAt })
    expect(failures(await verify(text))).toEqual(['NOT_YET_VALID'])
  })

  test('judges key and accreditation now, whatever the credential says of its age', async () => {
    await world.on.withdraw(world.place, college, 'TrainingCertificate')
    const { text } = await world.issue(college, ada, { validFrom: '2026-01-15T00:00:00Z' })
    const report = await verify(text)
    expect(failures(report)).toEqual(['ACCREDITATION_WITHDRAWN'])
    expect(report.judgedAt).toBe(await world.time())
  })
})

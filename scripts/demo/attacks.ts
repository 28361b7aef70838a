/**
 * What somebody might try, and what must come of it.
 *
 * @module
 */
import { createSigner, type AnchoredCredential } from '#sdk'
import type { Issuer } from './accredit.ts'
import { anchorBatch, createBatch, handOut, type Signed } from './batch.ts'
import { createCertificate, signAward, type Award } from './certificates.ts'
import type { Given, Play } from './give-certificates.ts'
import { attack, judgement, withdrawal } from './timeline.ts'

/** Every attack, with the code of the check that must fail. */
export const expectedCodes = {
  'changed-grade': 'SIGNATURE_INVALID',
  'key-of-another-issuer': 'KEY_NOT_REGISTERED',
  'accredited-for-something-else': 'SCOPE_NOT_COVERED',
  'back-dated-after-withdrawal': 'ACCREDITATION_WITHDRAWN',
  'annulled-body': 'ACCREDITATION_ANNULLED',
  'never-anchored': 'ANCHOR_MISSING',
  'receipt-of-another': 'RECEIPT_MISMATCH',
  'status-of-another-issuer': 'STATUS_LIST_FOREIGN',
  'anchored-after-withdrawal': 'ACCREDITATION_WITHDRAWN',
} as const

export type AttackName = keyof typeof expectedCodes

/** What the attackers have to work with. */
export interface Stage extends Pick<Play, 'chain' | 'registries' | 'operator'> {
  /** Honest certificates of bodies that keep their accreditation, of two different issuers at least. */
  honest: readonly Given[]
  /** Honest certificates of the body that loses its accreditation. */
  withdrawn: readonly Given[]
  /** Honest certificates of the body whose accreditation is annulled. */
  annulled: readonly Given[]
}

/** Withdraws one body's accreditations and annuls another's, then lets everybody try. */
export async function runAttacks(
  stage: Stage,
): Promise<ReadonlyMap<AttackName, AnchoredCredential>> {
  const { chain, registries, operator, honest } = stage
  const [mine, theirs] = twoIssuers(honest)
  const [victim] = stage.withdrawn
  const [fraud] = stage.annulled
  if (victim === undefined || fraud === undefined) throw new Error('demo: nobody to attack')

  chain.travelTo(withdrawal)
  const signedBefore = await signed({ ...victim.award, signedAt: chain.now() - 3_600 })
  const ends = victim.award.issuer.grants.map((grant) =>
    registries.withdraw(grant, chain.now() + 60),
  )
  await chain.send([...ends, ...fraud.award.issuer.grants.map(registries.annul)])

  chain.travelTo(attack)
  const batch = createBatch([
    signedBefore,
    await signed({ ...victim.award, grade: 20 }), // Dated as one from before, though signed today.
    await signedForSomethingElse(mine.award, theirs.award),
    await signedWithAnotherKey(mine.award, theirs.award.issuer),
    await signedWithAnotherList(mine.award, theirs.award.issuer),
  ])
  await anchorBatch(chain, registries, operator, batch)
  const [late, backDated, elsewhere, key, list] = handOut(batch, registries.pin, operator)
  const [lost] = handOut(
    createBatch([await signed({ ...mine.award, signedAt: chain.now() })]),
    registries.pin,
    operator,
  )
  if (!late || !backDated || !elsewhere || !key || !list || !lost)
    throw new Error('demo: no receipts')

  chain.travelTo(judgement)
  await chain.send([])
  return new Map<AttackName, AnchoredCredential>([
    ['changed-grade', await withAnotherGrade(mine)],
    ['key-of-another-issuer', key],
    ['accredited-for-something-else', elsewhere],
    ['back-dated-after-withdrawal', backDated],
    ['annulled-body', fraud.anchored],
    ['never-anchored', lost],
    ['receipt-of-another', withAnotherReceipt(mine, theirs)],
    ['status-of-another-issuer', list],
    ['anchored-after-withdrawal', late],
  ])
}

function signed(award: Award): Promise<Signed> {
  return sign(award, signAward(award))
}

/** An issuer gives what only another one is accredited for. */
function signedForSomethingElse(mine: Award, theirs: Award): Promise<Signed> {
  return signed({ ...mine, course: theirs.course })
}

/** An issuer signs in another one's name, and brings its own key with the receipt. */
async function signedWithAnotherKey(mine: Award, thief: Issuer): Promise<Signed> {
  const signer = createSigner(mine.issuer.signer.kid, thief.privateJwk)
  return { text: await signAward(mine, { signer }), issuerKey: thief.publicJwk }
}

/** An issuer says that a certificate's status stands in another one's list, which says nothing of it. */
function signedWithAnotherList(mine: Award, { statusUrl }: Issuer): Promise<Signed> {
  const credential = createCertificate({ ...mine, issuer: { ...mine.issuer, statusUrl } })
  return sign(mine, signAward(mine, { credential }))
}

/** A holder changes a grade, and keeps signature and receipt. */
async function withAnotherGrade({ award, anchored }: Given): Promise<AnchoredCredential> {
  const changed = await signAward({ ...award, grade: award.grade === 20 ? 10 : 20 })
  const content = changed.slice(0, changed.lastIndexOf('.'))
  const signature = anchored.credential.slice(anchored.credential.lastIndexOf('.'))
  return { ...anchored, credential: content + signature }
}

/** A holder shows the receipt of another certificate, with the right key put into it. */
function withAnotherReceipt({ award, anchored }: Given, other: Given): AnchoredCredential {
  const { publicJwk: issuerKey } = award.issuer
  return { ...anchored, receipt: { ...other.anchored.receipt, issuerKey } }
}

async function sign({ issuer }: Award, text: Promise<string>): Promise<Signed> {
  return { text: await text, issuerKey: issuer.publicJwk }
}

/** Two honest certificates of issuers of whom the first may not give what the second gives. */
function twoIssuers(honest: readonly Given[]): readonly [Given, Given] {
  const [first] = honest
  const own = first?.award.issuer.body.courses.map(({ certification }) => certification.code)
  const second = honest.find(
    ({ award }) => own?.includes(award.course.certification.code) === false,
  )
  if (first === undefined || second === undefined) throw new Error('demo: too few issuers')
  return [first, second]
}

import { describe, expect, test } from 'vitest'
import { openBadgeContexts } from '../../../sdk/model/contexts.ts'
import { scopesOf } from '../../../sdk/model/scopes-of.ts'
import { codeOf } from '../../support/issuer.ts'

/** A certificate whose achievement is aligned to these. */
const alignedTo = (...alignment: object[]) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential'],
  credentialSubject: { achievement: { alignment } },
})

describe('scopesOf', () => {
  test.each([
    [
      ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential'],
      ['TrainingCertificate'],
    ],
    [['VerifiableCredential', 'OpenBadgeCredential'], ['OpenBadge']],
    [['VerifiableCredential', 'AchievementCredential'], ['OpenBadge']],
    [['VerifiableCredential', 'SkillProfileCredential'], ['SkillProfile']],
    [
      ['VerifiableCredential', 'ReferenceCredential', 'SkillProfileCredential'],
      ['Reference', 'SkillProfile'],
    ],
    [['VerifiableCredential', 'Diploma'], ['Diploma']],
    [['VerifiableCredential', 'Diploma', 'DiplomaCredential'], ['Diploma']],
    [['VerifiableCredential', 'Credential'], ['Credential']],
    [['VerifiableCredential'], ['']],
  ])('of the types %j are %j', (type, scopes) => {
    expect(scopesOf({ type })).toEqual(scopes)
  })

  test.each<[string, object]>([
    ['a type is an address', { type: ['VerifiableCredential', 'A', 'https://a.example/B'] }],
    [
      'a context may rename what is looked for',
      {
        ...alignedTo({ targetCode: 'RNCP1' }),
        '@context': ['https://www.w3.org/ns/credentials/v2', { x: 'https://a.example/x' }],
      },
    ],
  ])('are everything where %s', (_, credential) => {
    expect(scopesOf(credential as { type: string[] })).toEqual([''])
  })

  test('are not changed by our own context', () => {
    const credential = { ...alignedTo({ targetCode: 'RNCP1' }), '@context': openBadgeContexts }
    expect(scopesOf(credential)).toEqual(['TrainingCertificate/RNCP1'])
  })

  test('of a type as text are those of the type', () => {
    expect(scopesOf({ type: 'VerifiableCredential' })).toEqual([''])
  })

  test('go below every label', () => {
    const credential = {
      ...alignedTo({ targetCode: 'RS5' }),
      type: ['VerifiableCredential', 'A', 'B'],
    }
    expect(scopesOf(credential)).toEqual(['A/RS5', 'B/RS5'])
  })

  test.each<[string, object]>([
    ['its code', { targetCode: 'RNCP34079' }],
    ['its code in small letters', { targetCode: 'rncp34079' }],
    ['its code with blanks', { targetCode: ' RNCP 34079 ' }],
    ['its code with zeros', { targetCode: 'RNCP0034079' }],
    ['its code in wide letters', { targetCode: 'ＲＮＣＰ３４０７９' }],
    ['one of its blocks', { targetCode: 'RNCP34079BC01' }],
    ['its number', { targetCode: '34079', targetFramework: 'RNCP' }],
    [
      'its number in the register’s full name',
      {
        targetCode: '34079',
        targetFramework: 'Répertoire national des certifications professionnelles',
      },
    ],
    ['its page', { targetUrl: 'https://www.francecompetences.fr/recherche/rncp/34079/' }],
    [
      'its page and another code',
      { targetCode: 'x', targetUrl: 'https://www.francecompetences.fr/recherche/rncp/34079/' },
    ],
  ])('name a certification by %s', (_, alignment) => {
    expect(scopesOf(alignedTo(alignment))).toEqual(['TrainingCertificate/RNCP34079'])
  })

  test('name both where code and page differ', () => {
    const page = 'https://www.francecompetences.fr/recherche/rs/5/'
    expect(scopesOf(alignedTo({ targetCode: 'RNCP1', targetUrl: page }))).toEqual([
      'TrainingCertificate/RNCP1',
      'TrainingCertificate/RS5',
    ])
  })

  test('are as many as types and certifications together', () => {
    const credential = {
      ...alignedTo(...Array.from({ length: 8 }, (_, i) => ({ targetCode: `RS${i + 1}` }))),
      type: ['VerifiableCredential', ...Array.from({ length: 8 }, (_, i) => `A${i}`)],
    }
    expect(scopesOf(credential)).toHaveLength(64)
  })

  test('are found in long texts', () => {
    const text = `${'x'.repeat(100_000)} (RNCP)`
    expect(scopesOf(alignedTo({ targetCode: '7', targetFramework: text }))).toEqual([
      'TrainingCertificate/RNCP7',
    ])
  })

  test('name each certification once', () => {
    const twice = alignedTo({ targetCode: 'RNCP1' }, { targetCode: 'RNCP1BC02' })
    expect(scopesOf(twice)).toEqual(['TrainingCertificate/RNCP1'])
  })

  test.each<[string, object]>([
    ['in a result', { credentialSubject: [{ result: [{ alignment: [{ targetCode: 'RS5' }] }] }] }],
    ['in an evidence', { evidence: { about: { targetCode: 'RS5' } } }],
    ['as one object', { credentialSubject: { achievement: { alignment: { targetCode: 'RS5' } } } }],
  ])('see an alignment %s', (_, members) => {
    expect(scopesOf({ type: ['VerifiableCredential', 'A'], ...members })).toEqual(['A/RS5'])
  })

  test.each<[string, object]>([
    ['ESCO', { targetUrl: 'http://data.europa.eu/esco/skill/1', targetFramework: 'ESCO v1.2.0' }],
    ['ROME', { targetCode: 'N1101', targetFramework: 'ROME 4.0' }],
    ['another register of numbers', { targetCode: '34079', targetFramework: 'NVQ' }],
  ])('say nothing of %s', (_, alignment) => {
    expect(scopesOf(alignedTo(alignment))).toEqual(['TrainingCertificate'])
  })

  test.each<[string, object]>([
    ['a type with a slash', { type: ['VerifiableCredential', 'A/B'] }],
    ['an empty type', { type: ['VerifiableCredential', ''] }],
    ['a code that cannot be read', alignedTo({ targetCode: 'RNCP34079 (ex 123)' })],
    ['a register without a number', alignedTo({ targetName: 'x', targetFramework: 'RNCP' })],
    [
      'more scopes than are judged',
      {
        ...alignedTo(...Array.from({ length: 8 }, (_, i) => ({ targetCode: `RS${i + 1}` }))),
        type: ['VerifiableCredential', ...Array.from({ length: 9 }, (_, i) => `A${i}`)],
      },
    ],
    ['a long text outside ASCII', alignedTo({ targetFramework: 'é'.repeat(257) })],
    ['a number that is too long', alignedTo({ targetCode: 'RNCP12345678' })],
  ])('cannot be told for %s', (_, credential) => {
    expect(codeOf(() => scopesOf(credential as { type: string[] }))).toBe('SCOPE_UNKNOWN')
  })
})

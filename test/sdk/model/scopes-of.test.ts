import { describe, expect, test } from 'vitest'
import { credentialsV2 } from '../../../sdk/model/credential.ts'
import { openBadgeContexts } from '../../../sdk/model/contexts.ts'
import { scopesOf } from '../../../sdk/model/scopes-of.ts'
import { codeOf } from '../../support/issuer.ts'

const type = ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential']
/** Where the terms of Open Badges live. */
const badges = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

/** A certificate whose achievement is aligned to these. */
const alignedTo = (...alignment: object[]) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type,
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
    [
      'a context at an address is not known',
      { ...alignedTo(), '@context': ['https://www.w3.org/ns/credentials/v2', 'https://a.example'] },
    ],
    [
      'a context inside renames',
      alignedTo({ '@context': { tc: `${badges}targetCode` }, tc: 'RNCP9' }),
    ],
    ['a context inside is null', alignedTo({ '@context': null })],
    ['a member is named by its address', alignedTo({ [`${badges}targetCode`]: 'RNCP9' })],
    ['a member is named by a short address', alignedTo({ 'ob:targetCode': 'RNCP9' })],
    [
      'alignments are named by their address',
      { type, credentialSubject: { [`${badges}alignment`]: [[{ targetCode: 'RNCP9' }]] } },
    ],
    ['a keyword wraps', alignedTo({ targetCode: { '@list': ['RNCP9'] } })],
    ['a keyword stands beside', alignedTo({ '@reverse': { x: { targetCode: 'RNCP9' } } })],
    ['a value says its type', alignedTo({ targetCode: { '@value': 'RNCP9', '@type': 'x' } })],
    ['a code is an object', alignedTo({ targetCode: { name: 'RNCP9' } })],
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
    ['its code in a list', { targetCode: [['x', 'RNCP34079']] }],
    ['its code as a value', { targetCode: { '@value': 'RNCP34079', '@language': 'fr' } }],
    ['its code with a colon', { targetCode: 'RNCP:34079' }],
    ['its code with an invisible letter', { targetCode: 'RN\u200bCP34079' }],
    ['its number as a number', { targetCode: 34079, targetFramework: ['RNCP'] }],
    ['its framework with dots', { targetCode: '34079', targetFramework: 'R.N.C.P.' }],
    ['its code as name', { targetName: ' rncp 34079' }],
    ['its page in a list', { targetUrl: ['https://francecompetences.fr/recherche/rncp/34079'] }],
    ['its page, escaped', { targetUrl: 'https://francecompetences.fr/recherche/%72ncp/%334079/' }],
    ['its page at a port', { targetUrl: 'HTTPS://a@francecompetences.fr:444/x//RNCP//34079?x' }],
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
    ['as an identifier', { otherIdentifier: [{ identifier: 'RS5', identifierType: 'ext:RS' }] }],
    ['as a numbered identifier', { identifier: '5', identifierType: 'ext:RS' }],
    ['as a human code', { credentialSubject: { achievement: { humanCode: 'RS5' } } }],
    ['as the achievement’s id', { x: { id: 'https://www.francecompetences.fr/recherche/rs/5/' } }],
    ['in lists of lists', { x: [[[{ targetCode: 'RS5' }]]] }],
    ['beside a known context', { x: { '@context': [credentialsV2], targetCode: 'RS5' } }],
    ['as one object', { credentialSubject: { achievement: { alignment: { targetCode: 'RS5' } } } }],
  ])('see an alignment %s', (_, members) => {
    expect(scopesOf({ type: ['VerifiableCredential', 'A'], ...members })).toEqual(['A/RS5'])
  })

  test.each<[string, object]>([
    ['ESCO', { targetUrl: 'http://data.europa.eu/esco/skill/1', targetFramework: 'ESCO v1.2.0' }],
    ['ROME', { targetCode: 'N1101', targetFramework: 'ROME 4.0' }],
    ['prose', { targetName: 'RNCP34079 and more', targetDescription: 'Towards RNCP34079.' }],
    ['a person', { identifier: 'RS5', identifierType: 'ext:studentNumber' }],
    ['a name in a language', { name: { '@value': 'x', '@language': 'fr', '@direction': 'ltr' } }],
    ['a long text', { targetDescription: 'é'.repeat(1_000) }],
    ['another page', { targetUrl: 'https://notfrancecompetences.fr/recherche/rs/5/' }],
    ['another register of numbers', { targetCode: '34079', targetFramework: 'NVQ' }],
  ])('say nothing of %s', (_, alignment) => {
    expect(scopesOf(alignedTo(alignment))).toEqual(['TrainingCertificate'])
  })

  test.each<[string, object]>([
    ['a type with a slash', { type: ['VerifiableCredential', 'A/B'] }],
    ['an empty type', { type: ['VerifiableCredential', ''] }],
    ['a code that cannot be read', alignedTo({ targetCode: 'RNCP34079 (ex 123)' })],
    ['a code with words', alignedTo({ targetCode: 'code RNCP 34079' })],
    [
      'a code that cannot be read beside a page',
      alignedTo({
        targetCode: 'RNCP9 (x)',
        targetUrl: 'https://francecompetences.fr/recherche/rncp/34079/',
      }),
    ],
    ['an identifier without a number', { type, x: { identifier: 'x', identifierType: 'RNCP' } }],
    ['a page that cannot be read', alignedTo({ targetUrl: 'https://francecompetences.fr/%ff' })],
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

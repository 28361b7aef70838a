import { buildTrainingCertificate, Credential, Did, type TrainingCertificateInput } from '#sdk'
import { describe, expect, test, vi } from 'vitest'
import { checkContent } from '../../../server/issuing/check-content.ts'

const issuer = { id: Did.parse('did:web:greta.example'), name: 'Greta' }

function certificate(change: Partial<TrainingCertificateInput> = {}, id = 'urn:uuid:1') {
  return buildTrainingCertificate(
    {
      issuer,
      holder: { id: Did.parse('did:example:ada'), name: 'Ada' },
      title: 'Soudure',
      description: 'Souder à l’arc.',
      criteria: 'Une pièce soudée.',
      completedOn: '2026-02-27',
      results: [{ name: 'Note', value: '14', min: 0, max: 20 }],
      ...change,
    },
    { id, validFrom: '2026-03-01T00:00:00Z' },
  )
}

const check = (document: ReturnType<typeof certificate>) =>
  checkContent(document, Credential.parse(document))
const refused = { code: 'INPUT_INVALID' }

describe('checkContent', () => {
  test('says what the issuer must be accredited for, the same for everybody', () => {
    const certifications = [{ code: 'RNCP34079', title: 'Titre' }]
    const scopes = ['TrainingCertificate/RNCP34079']
    expect(check(certificate({ certifications }))).toEqual(scopes)
    const holder = { id: Did.parse('did:example:bob'), name: 'Bob' }
    expect(check(certificate({ certifications, holder }, 'urn:uuid:1'))).toEqual(scopes)
  })

  test('does not take one content for another that differs in any claim', () => {
    expect(check(certificate())).toEqual(['TrainingCertificate'])
    const other = certificate({ certifications: [{ code: 'RS5000', title: 'Certificat' }] })
    expect(check(other)).toEqual(['TrainingCertificate/RS5000'])
    expect(check(certificate({ title: 'Brasage' }))).toEqual(['TrainingCertificate'])
  })

  test('remembers no person, not even by the text of a certificate', () => {
    const remembered = vi.spyOn(Map.prototype, 'set')
    check(certificate({ title: 'Chaudronnerie' }))
    const keys = remembered.mock.calls.map(([key]) => String(key))
    remembered.mockRestore()
    expect(keys).toContainEqual(expect.stringMatching(/^[\w-]{43}$/))
    expect(keys.filter((key) => key.includes('Ada') || key.includes('Chaudronnerie'))).toEqual([])
  })

  test('finds a wrong grade beside a right one', () => {
    const right = certificate()
    check(right)
    const { credentialSubject } = right
    const result = credentialSubject.result?.map((each) => ({ ...each, value: '21' }))
    const wrong = { ...right, credentialSubject: { ...credentialSubject, result } }
    expect(() => check(wrong as typeof right)).toThrow(expect.objectContaining(refused))
  })

  test('refuses the same wrong content every time', () => {
    const wrong = {
      ...certificate(),
      '@context': ['https://www.w3.org/ns/credentials/v2', 'urn:x'],
    }
    for (let i = 0; i < 2; i++) {
      expect(() => check(wrong as ReturnType<typeof certificate>)).toThrow(
        expect.objectContaining(refused),
      )
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Did } from '../../../sdk/model/primitives.ts'
import type { Report } from '../../../sdk/model/report.ts'
import { answer } from '../../../sdk/verify/check.ts'
import { explainCheck, renderReport } from '../../../sdk/verify/render-report.ts'

const march = Date.parse('2026-03-12T10:03:00Z') / 1000

describe('explainCheck', () => {
  const expired = answer('validity', 'EXPIRED', { validUntil: march })

  test('writes times as people do, in UTC', () => {
    expect(explainCheck(expired, 'en')).toBe('It expired on 12 March 2026 at 10:03 UTC.')
    expect(explainCheck(expired, 'fr')).toBe('Elle a expiré le 12 mars 2026 à 10:03 UTC.')
  })

  test('joins lists', () => {
    const facts = { scopes: ['Reference', 'SkillProfile'], chains: ['a', 'b'] }
    const check = answer('accreditation', 'NOT_ACCREDITED', facts)
    expect(explainCheck(check, 'en')).toContain('(Reference, SkillProfile)')
  })

  test('keeps French punctuation on the line of its word', () => {
    expect(explainCheck(answer('decode', 'MALFORMED', { reason: '' }), 'fr')).toContain('\u00a0:')
  })

  test('names a code that it does not know, and a fact that is missing', () => {
    expect(explainCheck({ code: 'FROM_2031', facts: {} }, 'en')).toContain('FROM_2031')
    expect(explainCheck({ code: 'EXPIRED', facts: {} }, 'en')).toBe('It expired on ?.')
  })

  test('survives every number as a time', () => {
    fc.assert(
      fc.property(fc.double(), (validUntil) => {
        expect(explainCheck({ code: 'EXPIRED', facts: { validUntil } }, 'fr')).toContain('expiré')
      }),
    )
  })

  test('takes out what a terminal would obey, and cuts what is long', () => {
    const url = `\u001b[2J\u202ehttps://evil.example/${'a'.repeat(5000)}`
    const text = explainCheck(answer('status', 'STATUS_LIST_FOREIGN', { url }), 'en')
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u)
    expect(text.length).toBeLessThan(500)
  })
})

describe('renderReport', () => {
  const report: Report = {
    verdict: 'invalid',
    verifiedAt: march,
    issuer: Did.parse('did:web:college.example'),
    checks: [
      answer('decode', 'DECODED', {}),
      answer('status', 'REVOKED', { source: 'chain-a' }),
      answer('holder', 'HOLDER_NOT_PRESENTED', {}),
      answer('schema', 'NOT_REACHED', {}),
    ],
  }

  test('says the verdict first, then the issuer, then one line for each check that was reached', () => {
    const [verdict, issuer, ...lines] = renderReport(report, 'en').split('\n')
    expect(verdict).toMatch(/^INVALID/)
    expect(issuer).toContain('did:web:college.example')
    expect(lines.map((line) => line.trim().charAt(0))).toEqual(['✓', '✗', '–'])
  })

  test('shows the code of a check that did not pass', () => {
    expect(renderReport(report, 'fr')).toMatch(/Statut .*\[REVOKED\]/)
    expect(renderReport(report, 'fr')).not.toContain('DECODED')
  })
})

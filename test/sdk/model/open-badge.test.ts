import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isOpenBadge, readOpenBadge } from '../../../sdk/model/open-badge.ts'

const description = (change: object) => ({
  id: 'urn:x:d',
  type: ['ResultDescription'],
  name: 'Grade',
  resultType: 'Result',
  ...change,
})

/** A badge with one result, and what it should be like. */
const badge = (result: object, descriptions: object[] = [description({})]) => ({
  credentialSubject: [
    {
      type: ['AchievementSubject'],
      achievement: {
        id: 'urn:x:a',
        type: ['Achievement'],
        name: 'Welding',
        description: 'Welding',
        criteria: {},
        resultDescription: descriptions,
      },
      result: [{ type: ['Result'], resultDescription: 'urn:x:d', ...result }],
    },
  ],
})

describe('readOpenBadge', () => {
  const rubric = {
    rubricCriterionLevel: [
      { id: 'urn:x:mastered', type: ['RubricCriterionLevel'], name: 'Mastered' },
    ],
  }

  test.each<[string, object, object]>([
    ['a value among those allowed', { value: 'B' }, { allowedValue: ['A', 'B'] }],
    ['a value at its lower bound', { value: '0' }, { valueMin: '0', valueMax: '20' }],
    ['a value at its upper bound', { value: '20' }, { valueMin: '0', valueMax: '20' }],
    ['a value without bounds', { value: 'good' }, {}],
    ['a level of the rubric', { achievedLevel: 'urn:x:mastered' }, rubric],
    ['a status', { status: 'Completed' }, { resultType: 'Status' }],
  ])('accepts %s', (_, result, change) => {
    const { violations, inconsistencies } = readOpenBadge(badge(result, [description(change)]))
    expect([...violations, ...inconsistencies]).toEqual([])
  })

  test.each<[string, object, object[]]>([
    ['a result without description', {}, []],
    ['a value that is not allowed', { value: 'C' }, [description({ allowedValue: ['A', 'B'] })]],
    ['a value below', { value: '-1' }, [description({ valueMin: '0' })]],
    ['a value above', { value: '20.5' }, [description({ valueMax: '20' })]],
    [
      'a value that is no number',
      { value: 'NaN' },
      [description({ valueMin: '0', valueMax: '20' })],
    ],
    ['bounds that are no numbers', { value: '1' }, [description({ valueMin: 'low' })]],
    ['a level of no rubric', { achievedLevel: 'urn:x:mastered' }, [description({})]],
    ['a level of another rubric', { achievedLevel: 'urn:x:other' }, [description(rubric)]],
    ['no status', {}, [description({ resultType: 'Status' })]],
    ['a description twice', {}, [description({}), description({})]],
  ])('notices %s', (_, result, descriptions) => {
    expect(readOpenBadge(badge(result, descriptions)).inconsistencies).toHaveLength(1)
  })

  test('names the member that violates the shape', () => {
    const { violations, subjects } = readOpenBadge({ credentialSubject: [{ achievement: {} }] })
    expect(subjects).toEqual([])
    expect(violations.join(' ')).toContain('credentialSubject.0.achievement.name')
  })
})

test.each([
  [['VerifiableCredential', 'OpenBadgeCredential'], true],
  [['VerifiableCredential', 'AchievementCredential'], true],
  [['VerifiableCredential', 'Diploma'], false],
])('isOpenBadge of %j is %s', (type, expected) => {
  expect(isOpenBadge({ type })).toBe(expected)
})

const samples = new URL('../../../../shared/data/ob/', import.meta.url)
describe.skipIf(!existsSync(samples))('the samples of 1EdTech', () => {
  const subjectOf = (name: string) => {
    const text = readFileSync(new URL(name, samples), 'utf8')
    const { credentialSubject } = JSON.parse(text) as { credentialSubject: object }
    return { credentialSubject: [credentialSubject as { id: string }] }
  }

  test.each(['sample-simple.json', 'sample-simple-did-web-method.json'])(
    '%s is an Open Badge without contradictions',
    (name) => {
      const { violations, inconsistencies } = readOpenBadge(subjectOf(name))
      expect([...violations, ...inconsistencies]).toEqual([])
    },
  )

  // Its three results all name the first description, which has no rubric.
  test('sample-complete.json contradicts itself', () => {
    expect(readOpenBadge(subjectOf('sample-complete.json'))).toMatchObject({
      violations: [],
      inconsistencies: ['result.1: achievedLevel is none of the rubric'],
    })
  })

  test('sample-simple-err-credential-subject-result-type.json has a result of no type', () => {
    const { violations } = readOpenBadge(
      subjectOf('sample-simple-err-credential-subject-result-type.json'),
    )
    expect(violations).toEqual(['credentialSubject.0.result.1.type: expected Result'])
  })
})

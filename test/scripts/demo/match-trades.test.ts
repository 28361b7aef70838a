import { describe, expect, test } from 'vitest'
import { matchTrades, plainName } from '../../../scripts/demo/match-trades.ts'

const sheet = (title: string, kind?: string) => ({
  code: 'RNCP900001',
  title,
  kind,
  level: 3,
  registeredUntil: '2027-12-31',
  isActive: true,
})
const trade = (code: string, label: string) => ({ code, label, parent: code, isRegulated: false })

describe('plainName', () => {
  test.each([
    ['CAP - Boulanger', 'CAP', 'Boulanger'],
    ['TP - TP Maçon', 'TP', 'Maçon'],
    ['Charcutier - traiteur', undefined, 'Charcutier - traiteur'],
    ['BP - Charcutier - traiteur', 'BP', 'Charcutier - traiteur'],
    ['Capitaine', 'CAP', 'Capitaine'],
  ])('of %j (%s) is %j', (title, kind, name) => {
    expect(plainName({ title, kind })).toBe(name)
  })
})

describe('matchTrades', () => {
  test('finds the trade of the same name, whatever the case and the accents', () => {
    const [course] = matchTrades(
      [sheet('CAP - Ebeniste', 'CAP')],
      [trade('D1102', 'Boulanger / Boulangère'), trade('H2207', 'Ébéniste')],
    )
    expect(course?.trade?.code).toBe('H2207')
  })

  test('leaves out a name that is part of another, or that two trades bear', () => {
    const trades = [
      trade('F1108', 'Métreur'),
      trade('F1703', 'Maçon / Maçonne'),
      trade('F1707', 'Maçon / Maçonne'),
    ]
    expect(matchTrades([sheet('Conducteur - métreur'), sheet('Maçon')], trades)).toEqual([])
  })
})

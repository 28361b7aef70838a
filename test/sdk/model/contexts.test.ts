import { describe, expect, test } from 'vitest'
import { livretContext, openBadgeContexts, unknownContexts } from '../../../sdk/model/contexts.ts'

describe('unknownContexts', () => {
  test('knows its own, however its members are ordered', () => {
    const turned = Object.fromEntries(Object.entries(livretContext).reverse())
    expect(unknownContexts([...openBadgeContexts.slice(0, 2), turned])).toEqual([])
  })

  test.each<[string, object]>([
    ['another meaning', { ...livretContext, receipt: 'https://evil.example/receipt' }],
    ['a term more', { ...livretContext, name: 'https://evil.example/name' }],
    ['a term less', { '@protected': true }],
    ['nothing', {}],
  ])('names an inline object with %s', (_, context) => {
    expect(unknownContexts([context])).toEqual(['inline'])
  })

  test('names addresses that it does not know', () => {
    expect(unknownContexts(['https://evil.example/v1', openBadgeContexts[0]])).toEqual([
      'https://evil.example/v1',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { contextWork } from '../../../../sdk/formats/json-ld/context-work.ts'
import { judgeTerms } from '../../../../sdk/formats/json-ld/judge-terms.ts'
import { livretContext, openBadgeContexts } from '../../../../sdk/model/contexts.ts'
import { Did } from '../../../../sdk/model/primitives.ts'
import { plainCredential } from '../../../support/issuer.ts'

const [v2, badges] = openBadgeContexts
const inline = { Diploma: 'https://a.example/#Diploma' }

describe('contextWork', () => {
  test.each<[string, unknown, number]>([
    ['no context', { a: [{ b: 1 }] }, 0],
    ['one context', { '@context': v2 }, 9],
    ['a list of three', { '@context': [v2, badges, livretContext] }, 25],
    ['one that stands again', [{ '@context': v2 }, { '@context': [v2] }], 10],
    ['our own, again', [{ '@context': livretContext }, { '@context': { ...livretContext } }], 10],
    ['another, again', [{ '@context': inline }, { '@context': inline }], 18],
    ['one after another', { '@context': v2, a: { '@context': v2 } }, 18],
    ['one in a context', { '@context': { A: { '@id': 'a:b', '@context': v2 } } }, 18],
  ])('of %s', (_, document, work) => {
    expect(contextWork(document, 1_000)).toBe(work)
  })

  test('is not counted to its end', () => {
    const crowd = Array(10_000).fill({ '@context': inline })
    expect(contextWork(crowd, 100)).toBeLessThan(120)
  })
})

describe('judgeTerms refuses at once', () => {
  const credential = (credentialSubject: object) =>
    plainCredential(Did.parse('did:web:greta.example'), { credentialSubject })
  const nested = (levels: number): object =>
    levels === 0 ? {} : { '@context': [v2, badges], 'https://a.example/a': nested(levels - 1) }
  const crowd = (item: (i: number) => object) =>
    credential({ 'https://a.example/a': Array.from({ length: 1_000 }, (_, i) => item(i)) })

  test.each<[string, object]>([
    ['a thousand contexts in a list', credential({ '@context': Array(1_000).fill(v2) })],
    ['contexts within contexts', credential(nested(20))],
    ['a thousand objects with a context', crowd(() => ({ '@context': v2 }))],
    ['a thousand inline contexts', crowd((i) => ({ '@context': { [`t${i}`]: 'a:b' } }))],
  ])('%s', async (_, document) => {
    expect(await judgeTerms({ ...document })).toEqual({
      kind: 'undefined',
      problem: 'more contexts than are read',
    })
  })
})

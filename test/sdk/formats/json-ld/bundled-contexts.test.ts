import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundledContexts } from '../../../../sdk/formats/json-ld/bundled-contexts.ts'
import { unknownContexts } from '../../../../sdk/model/contexts.ts'

const data = new URL('../../../../../shared/data/', import.meta.url)
const published: [string, string][] = [
  ['https://www.w3.org/ns/credentials/v2', 'w3c/credentials-v2.jsonld'],
  ['https://www.w3.org/2018/credentials/v1', 'w3c/credentials-v1.jsonld'],
  ['https://www.w3.org/ns/credentials/undefined-terms/v2', 'w3c/undefined-terms-v2.jsonld'],
  ['https://www.w3.org/ns/credentials/examples/v2', 'w3c/examples-v2.jsonld'],
  ['https://www.w3.org/ns/credentials/status/v1', 'w3c/status-list-v1.jsonld'],
  ['https://w3id.org/security/data-integrity/v2', 'w3c/data-integrity-v2.jsonld'],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', 'ob/ob-v3p0-3.0.3.json'],
]

describe('bundledContexts', () => {
  test.each(published)(
    'has %s as it was published (skipped without ../shared)',
    async (url, name) => {
      const file = new URL(name, data)
      if (!existsSync(file)) return
      const { '@context': context } = JSON.parse(readFileSync(file, 'utf8')) as object & {
        '@context': object
      }
      expect((await bundledContexts()).get(url)?.['@context']).toEqual(context)
    },
  )

  test('has every context that counts as known', async () => {
    const known = [
      ...published.map(([url]) => url),
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ]
    expect(unknownContexts(known)).toEqual([])
    expect([...(await bundledContexts()).keys()]).toEqual(expect.arrayContaining(known))
  })

  test('has terms whose values are terms only in proofs, which are never remembered', async () => {
    for (const [, { '@context': context }] of await bundledContexts()) {
      expect(namesOfValuesThatAreTerms(context).filter((name) => name !== 'proofPurpose')).toEqual(
        [],
      )
    }
  })
})

function namesOfValuesThatAreTerms(context: object): string[] {
  return Object.entries(context as Record<string, unknown>).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return []
    const own = (value as { '@type'?: unknown })['@type'] === '@vocab' ? [name] : []
    return [...own, ...namesOfValuesThatAreTerms(value)]
  })
}

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { policyJsonSchema } from '../../../sdk/model/policy-schema.ts'
import { parsePolicy } from '../../../sdk/verify/policy.ts'
import { badPolicies, policyFile, vector } from '../../support/policy-file.ts'

const schema = policyJsonSchema()
const ajv = new Ajv2020({ strict: true })
formats.default(ajv)
const accepts = ajv.compile(schema)
const readable = badPolicies.filter(([, text]) => canBeRead(text))

function canBeRead(text: string): boolean {
  try {
    return new Set(text.match(/"version"/g)).size > 0 && JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

interface Member {
  description?: string
  default?: string | number | boolean | string[]
  properties?: Record<string, Member>
  items?: Member
}
const { properties: members = {} } = schema as Member

describe('the JSON schema of a policy', () => {
  test.each(['one-chain', 'two-chains'] as const)('accepts the vector %s', (name) => {
    expect(accepts(JSON.parse(vector(name).policy))).toBe(true)
  })

  /** What JSON Schema cannot say, or not of these members. */
  const unsaid = ['a private key', 'a quorum of more than there are chains', 'the same chain twice']
  test.each(readable.filter(([name]) => name !== 'a member that stands twice'))(
    'and the SDK agree about %s',
    (name, text) => {
      expect(accepts(JSON.parse(text))).toBe(unsaid.includes(name))
    },
  )

  test('explains every member of a policy and of its chains', () => {
    const explained = [members, members['chains']?.items?.properties ?? {}]
    for (const each of explained.flatMap(Object.entries) as [string, Member][]) {
      expect(each).toEqual([
        each[0],
        expect.objectContaining({ description: expect.any(String) as string }),
      ])
    }
  })

  test('has the defaults that the SDK fills in, and says them', () => {
    const required = ['version', 'chains']
    const bare = Object.entries(parsePolicy('{"version":1,"chains":[]}'))
    for (const [name, value] of bare.filter(([each]) => !required.includes(each))) {
      const { default: fallback, description = '' } = members[name] ?? {}
      expect([name, fallback]).toEqual([name, value])
      expect(description).toMatch(
        Array.isArray(value) ? /Default: all/ : `Default: ${String(value)}.`,
      )
    }
  })

  test('is the table of the README', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const rows = [...readme.matchAll(/^\| `(?:chains\[\]\.)?(\w+)`[^|]*\|[^|]*\|([^|]*)\|$/gm)]
    const table = new Map(rows.map(([, name = '', fallback = '']) => [name, fallback.trim()]))
    const chain = members['chains']?.items?.properties ?? {}
    for (const [name, member] of [...Object.entries(members), ...Object.entries(chain)]) {
      expect([...table.keys()]).toContain(name)
      const { default: fallback } = member
      if (fallback === undefined || Array.isArray(fallback)) continue
      expect([name, table.get(name)]).toEqual([name, `\`${String(fallback)}\``])
    }
  })
})

test('a policy that leaves everything out is a good one', () => {
  expect(accepts({ version: 1, chains: [] })).toBe(true)
  expect(() => parsePolicy(policyFile())).not.toThrow()
})

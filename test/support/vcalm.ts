import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect } from 'vitest'

const file = fileURLToPath(
  new URL('../../../shared/data/w3c/vcalm-oas.bundled.json', import.meta.url),
)

/** Whether VCALM's OpenAPI document is at hand: it is not part of this repository. */
export const hasVcalm = existsSync(file)

/** Expects `value` to be what VCALM calls `schema`. */
export function expectVcalm(schema: string, value: unknown): void {
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'vcalm')
  ajv.validate({ $ref: `vcalm#/components/schemas/${schema}` }, value)
  expect(ajv.errors ?? []).toEqual([])
}

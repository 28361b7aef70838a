/**
 * JSON schemas that credentials name (`credentialSchema`): those that the verifier brings along, and no
 * others. None is ever fetched.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import type { JsonObject } from '../lib/json.ts'

/** Holds a credential against one schema; one sentence for each problem, none if it fits. */
export type SchemaValidator = (document: JsonObject) => readonly string[]

/** Schemas by the addresses under which credentials name them. */
export type KnownSchemas = ReadonlyMap<string, SchemaValidator>

/** Types of `credentialSchema` whose schema is a JSON schema for the whole credential. */
export const jsonSchemaTypes: readonly string[] = [
  'JsonSchema',
  '1EdTechJsonSchemaValidator2019',
  'FullJsonSchemaValidator2021',
]

/**
 * Compiles the `schemas` of a verifier, with ajv, in their own dialect: draft 2019-09, 2020-12 or 07. They
 * may refer to each other by their addresses, to nothing else.
 *
 * @param schemas - By the addresses under which credentials name them. They come from whom the verifier
 *   trusts: compiling runs code that is made from them.
 * @throws {@link RegistryError} `INPUT_INVALID` naming the schema that is none.
 *
 * @example
 * ```ts
 * const schemas = await compileSchemas({ 'https://purl.imsglobal.org/…/ob_v3p0_….json': schema })
 * createVerifier({ policy, schemas })
 * ```
 */
export async function compileSchemas(
  schemas: Readonly<Record<string, JsonObject>>,
): Promise<KnownSchemas> {
  const [{ Ajv }, { Ajv2019 }, { Ajv2020 }, { default: formats }] = await Promise.all([
    import('ajv'),
    import('ajv/dist/2019.js'),
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
  ])
  const options = { strict: false, allErrors: false }
  const dialects = {
    '2019-09': new Ajv2019(options),
    '2020-12': new Ajv2020(options),
    '07': new Ajv(options),
  }
  for (const ajv of Object.values(dialects)) formats.default(ajv)
  const entries = Object.entries(schemas).map(([url, schema]) => {
    const ajv = dialects[dialectOf(schema)]
    try {
      ajv.addSchema(schema, url)
    } catch (error) {
      throw refused(url, error)
    }
    return { url, ajv }
  })
  return new Map(entries.map(({ url, ajv }) => [url, validatorOf(url, ajv)]))
}

function dialectOf({ $schema }: JsonObject): '2019-09' | '2020-12' | '07' {
  const named = typeof $schema === 'string' ? $schema : ''
  if (named.includes('2019-09')) return '2019-09'
  return named.includes('2020-12') ? '2020-12' : '07'
}

/** What is used of ajv. */
interface Compiler {
  getSchema(url: string): Validate | undefined
}

interface Validate {
  (document: unknown): unknown
  errors?: readonly { instancePath: string; message?: string | undefined }[] | null | undefined
}

function validatorOf(url: string, ajv: Compiler): SchemaValidator {
  let validate: Validate | undefined
  try {
    validate = ajv.getSchema(url)
  } catch (error) {
    throw refused(url, error)
  }
  if (validate === undefined) throw refused(url, undefined)
  const check = validate
  return (document) => {
    if (check(document) === true) return []
    return (check.errors ?? []).map(({ instancePath, message }) => {
      const member = instancePath.slice(1).replaceAll('/', '.') || 'credential'
      return `${member}: ${message ?? 'malformed'}`
    })
  }
}

function refused(url: string, cause: unknown): RegistryError<'INPUT_INVALID'> {
  const reason = cause instanceof Error ? cause.message : 'no schema'
  return new RegistryError('INPUT_INVALID', { input: 'schemas', problems: [`${url}: ${reason}`] })
}

import serialize from 'canonicalize'
import { RegistryError } from '../errors.ts'

/**
 * The one text of a JSON value: the JSON Canonicalization Scheme (RFC 8785). Members in the order of
 * their UTF-16 code units, numbers as ECMAScript writes them, no blanks.
 *
 * @param value - What `JSON.stringify` can write; members that are `undefined` are left out, as it does.
 * @returns The text; its UTF-8 bytes are what is hashed or signed.
 * @throws {@link RegistryError} `INPUT_INVALID` for what RFC 8785 cannot write: `NaN`, infinities, half
 *   of a surrogate pair, a `bigint`, an object inside itself, or no value at all.
 *
 * @example
 * ```ts
 * canonicalize({ b: 1e21, a: 'é' }) // '{"a":"é","b":1e+21}'
 * ```
 */
export function canonicalize(value: unknown): string {
  let text: string | undefined
  try {
    text = serialize(value)
  } catch (error) {
    throw notCanonical(error instanceof Error ? error.message : 'cannot be written', error)
  }
  if (text === undefined) throw notCanonical('there is no value')
  return text
}

function notCanonical(problem: string, cause?: unknown): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'JSON', problems: [problem] }, { cause })
}

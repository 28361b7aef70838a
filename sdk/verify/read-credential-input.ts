import { RegistryError } from '../errors.ts'
import type { DecodedCredential } from '../formats/decoded.ts'
import { readCredential } from '../formats/read.ts'
import { isJsonObject, readJson } from '../lib/json.ts'
import { AnchoredCredential, type Receipt } from '../model/receipt.ts'

/** A credential that was read, with its receipt if it came with one. Nothing is verified. */
export interface CredentialInput {
  readonly decoded: DecodedCredential
  readonly receipt: Receipt | undefined
}

/** The longest text that is read: a credential of 1 MB as a JSON string, and its receipt. */
const MAX_LENGTH = 2_100_000

/**
 * Reads what somebody handed over for verification.
 *
 * @param input - A credential, an {@link AnchoredCredential}, or its JSON text.
 * @returns At once for a token; a promise for an `ldp_vc`.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code of the refusal: `RECEIPT_MALFORMED` for
 *   JSON that is no anchored credential, or one of those that `readCredential` gives.
 *
 * @example
 * ```ts
 * const { decoded, receipt } = await readCredentialInput(text)
 * ```
 */
export function readCredentialInput(
  input: string | AnchoredCredential,
): CredentialInput | Promise<CredentialInput> {
  if (typeof input !== 'string') return read(input.credential, input.receipt)
  if (input.length > MAX_LENGTH) throw refused('TOO_LARGE', 'longer than 2 MB')
  const text = input.trim()
  if (!text.startsWith('{')) return read(text, undefined)
  const { credential, receipt } = readJsonInput(text)
  return read(credential, receipt)
}

function read(
  text: string,
  receipt: Receipt | undefined,
): CredentialInput | Promise<CredentialInput> {
  const decoded = readCredential(text)
  return decoded instanceof Promise
    ? decoded.then((each) => ({ decoded: each, receipt }))
    : { decoded, receipt }
}

/** An `ldp_vc` has contexts; what has none is one with its receipt. */
function readJsonInput(text: string): { credential: string; receipt?: Receipt } {
  const { value, problem } = readJson(text)
  if (problem === 'too many values') throw refused('TOO_LARGE', problem)
  if (problem !== undefined) throw refused('MALFORMED', problem)
  if (isJsonObject(value) && '@context' in value) {
    return { credential: text }
  }
  const result = AnchoredCredential.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path.map(String).join('.') ?? ''
  throw refused('RECEIPT_MALFORMED', `${path || 'JSON'}: ${issue?.message ?? 'malformed'}`)
}

function refused(code: string, reason: string): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', { code, reason })
}

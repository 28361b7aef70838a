import { isRegistryError } from '../../errors.ts'
import type { AnchoredCredential } from '../../model/receipt.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import { checkCodes, isCheckCode } from '../codes.ts'
import { readCredentialInput, type CredentialInput } from '../read-credential-input.ts'

/** A credential that could be read, or the check that says why not. */
export type Decoding = CredentialInput | { readonly refused: Check }

/** The check of what could be read. */
export const decodedCheck = answer('decode', 'DECODED', {})

/**
 * Can it be read? `MALFORMED`, `TOO_LARGE` and the other refusals of `sdk/formats` otherwise. Never
 * throws because of what the text says. A token is read at once, an `ldp_vc` by a promise.
 */
export function checkDecode(input: string | AnchoredCredential): Decoding | Promise<Decoding> {
  try {
    const reading = readCredentialInput(input)
    return reading instanceof Promise ? reading.catch(refusedDecoding) : reading
  } catch (error) {
    return refusedDecoding(error)
  }
}

function refusedDecoding(error: unknown): Decoding {
  return { refused: refusalCheck(error) }
}

/** The check that a refused token is answered with. Rethrows every other error. */
export function refusalCheck(error: unknown): Check {
  if (!isRegistryError(error) || error.code !== 'TOKEN_INVALID') throw error
  const { code, reason } = error.facts
  // A refusal that the table does not know is still a refusal.
  if (!isCheckCode(code)) return answer('decode', 'MALFORMED', { reason: `${code}: ${reason}` })
  return { ...answer('decode', 'MALFORMED', { reason }), code, status: checkCodes[code].status }
}

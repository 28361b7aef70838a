/**
 * What must hold for every text that a stranger sends.
 *
 * @module
 */
import {
  decodeCredential,
  decodePresentation,
  isCheckCode,
  isRegistryError,
  verifyJws,
  type Report,
} from '#sdk'
import { challenge, domain, type Stand } from '../hostile/stand.ts'

/** The good tokens that are changed. */
export type TokenName = keyof Stand['tokens']
export const tokenNames: readonly TokenName[] = [
  'vcJwt',
  'jwtVcJson',
  'vpJwt',
  'jwtVpJson',
  'sdJwt',
  'sdJwtBound',
  'anchored',
]

/** What is asked; the SDK's own functions, unless a test puts others in their places. */
export interface Asked {
  verifyCredential(text: string): Promise<Report>
  verifyPresentation(text: string): Promise<readonly Report[]>
}

/** A verifier that trusts the chain; `isAnchored` if it wants receipts. */
export function askedOf(stand: Stand, isAnchored: boolean): Asked {
  const { chain, anchored } = stand.policies
  const verifier = stand.verifier(isAnchored ? anchored : chain)
  return {
    verifyCredential: (text) => verifier.verifyCredential(text),
    verifyPresentation: async (presentation) => {
      const report = await verifier.verifyPresentation({ presentation, challenge, domain })
      return [report.presentation, ...report.credentials]
    },
  }
}

/**
 * Throws if a law is broken: nothing throws but refusals with a code of the table, no check ends in an
 * unexpected error, and what was not signed so is not valid.
 *
 * @param mayBeValid - Whether whoever made the text could sign for the issuer, or changed nothing.
 */
export async function holdToLaws(
  text: string,
  {
    asked,
    isPresentation,
    mayBeValid,
  }: { asked: Asked; isPresentation: boolean; mayBeValid: boolean },
): Promise<void> {
  requireRefusal(() => decodeCredential(text))
  requireRefusal(() => decodePresentation(text))
  const reports = isPresentation
    ? await asked.verifyPresentation(text)
    : [await asked.verifyCredential(text)]
  for (const { checks } of reports) {
    const odd = checks.find(({ code }) => !isCheckCode(code) || code === 'INTERNAL')
    if (odd !== undefined)
      throw new Error(`${odd.name} ends in ${odd.code}: ${reasonOf(odd.facts)}`)
  }
  const isValid = reports.every(({ verdict }) => verdict === 'valid')
  if (isValid && !mayBeValid) throw new Error('it is valid, and nobody signed it')
}

/** Throws if a JWS is accepted that is not the one which was signed. */
export async function holdJwsToLaws(
  text: string,
  stand: Stand,
  mayBeValid: boolean,
): Promise<void> {
  const isAccepted = await verifyJws(text, stand.issuer.publicJwk)
  if (isAccepted && !mayBeValid) throw new Error('verifyJws accepts it, and nobody signed it')
}

function requireRefusal(read: () => unknown): void {
  const error = thrownBy(read)
  if (error === undefined) return
  if (!isRegistryError(error) || error.code !== 'TOKEN_INVALID') {
    const message = error instanceof Error ? error.message : typeof error
    throw new Error(`reading ends in ${message}`, { cause: error })
  }
  const { code, reason } = error.facts
  if (!isCheckCode(code)) throw new Error(`refused with ${code}, which no table knows`)
  if (reason.length > 5_000) throw new Error('refused with a reason that is too long to read')
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
    return undefined
  } catch (error) {
    return error
  }
}

function reasonOf({ reason }: Readonly<Record<string, unknown>>): string {
  return typeof reason === 'string' ? reason : ''
}

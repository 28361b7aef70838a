import { createDidResolver } from '../did/resolver.ts'
import { isRegistryError } from '../errors.ts'
import type { Policy } from '../model/policy.ts'
import type { Report } from '../model/report.ts'
import { refusalCheck } from '../verify/checks/decode.ts'
import { createVerifier } from '../verify/create-verifier.ts'
import { internal } from '../verify/guard.ts'
import { refusedReport } from '../verify/verify-credential.ts'
import { openBundle, type OpenedBundle } from './open-bundle.ts'

/** How a bundle is verified. */
export interface BundleVerifierOptions {
  /** Whom to trust: its chains need `finalizedBlocks` or `checkpointKeys`. */
  policy: Policy
  /** The time in milliseconds. Default: the system's. */
  now?: () => number
}

/**
 * Verifies the credential of a bundle without any network: every check of the online road, answered from the
 * bundle's proofs. A key is taken from the bundle, and counts only if its thumbprint is registered on the chains.
 *
 * @param text - Exactly the bundle's text.
 * @returns What was found. Never rejects because of what the bundle says.
 *
 * @example
 * ```ts
 * const { verdict } = await verifyBundle(text, { policy: parsePolicy(policyText) })
 * ```
 */
export async function verifyBundle(
  text: string,
  { policy, now = Date.now }: BundleVerifierOptions,
): Promise<Report> {
  let opened: OpenedBundle
  try {
    opened = await openBundle(text, policy)
  } catch (error) {
    const isRefusal = isRegistryError(error) && error.code === 'TOKEN_INVALID'
    const check = isRefusal ? refusalCheck(error) : internal('decode', error)
    return refusedReport(check, Math.floor(now() / 1000))
  }
  const { credential, sources } = opened
  const verifier = createVerifier({ policy, sources, resolver: offline, now })
  return verifier.verifyCredential(credential)
}

/** Knows the DIDs that are keys themselves; no host is asked. */
const offline = createDidResolver({
  fetch: () => Promise.reject(new Error('a bundle is verified without a network')),
})

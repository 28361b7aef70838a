/**
 * Opening a bundle: from its text to chains that answer, all of it proven.
 *
 * @module
 */
import type { ChainSource, ChainView } from '../chain/source.ts'
import { isRegistryError, type RegistryError } from '../errors.ts'
import type { ChainPin, Policy } from '../model/policy.ts'
import type { AnchoredCredential } from '../model/receipt.ts'
import { readCredentialInput } from '../verify/read-credential-input.ts'
import { malformed, readBundle } from './bundle.ts'
import { evidenceMissing, proveChain, type ProvenChain } from './prove-chain.ts'
import { questionsOf } from './questions.ts'

/** A bundle, proven under a policy. */
export interface OpenedBundle {
  credential: AnchoredCredential
  /** One for each chain of the policy, in its order; one that is not proven throws `EVIDENCE_MISSING` when looked at. */
  sources: readonly ChainSource[]
}

/** A chain of the policy, and what the bundle proves of it or why it does not. */
type Attempt = { pin: ChainPin } & ({ proven: ProvenChain } | { failure: RegistryError })

/**
 * Opens a bundle: reads it, and proves what it says about each chain of the policy. Chains outside the policy count
 * for nothing. No network is used.
 *
 * @param text - Exactly the bundle's text.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `BUNDLE_MALFORMED` if it is not a bundle or has
 *   something in it that is not needed, or one of those that `decodeCredential` gives.
 *
 * @example
 * ```ts
 * const { credential, sources } = await openBundle(text, policy)
 * const report = await createVerifier({ policy, sources }).verifyCredential(credential)
 * ```
 */
export async function openBundle(text: string, policy: Policy): Promise<OpenedBundle> {
  const bundle = readBundle(text)
  const { credential, receipt } = bundle
  const { decoded } = await readCredentialInput({ credential, receipt })

  async function attempt(pin: ChainPin): Promise<Attempt> {
    const chain = bundle.chains.find(({ chainId }) => chainId === pin.chainId)
    if (chain === undefined)
      return { pin, failure: evidenceMissing(pin, 'the bundle is without it') }
    const questions = questionsOf(decoded, receipt, pin)
    try {
      return { pin, proven: await proveChain(chain, pin, questions, policy.clockSkewSeconds) }
    } catch (error) {
      if (!isRegistryError(error) || error.code !== 'EVIDENCE_MISSING') throw error
      return { pin, failure: error }
    }
  }

  const attempts = await Promise.all(policy.chains.map(attempt))
  const proven = attempts.flatMap((each) => ('proven' in each ? [each.proven] : []))
  if (proven.length === bundle.chains.length) requireUse(proven)
  return {
    credential: { credential, receipt },
    sources: attempts.map((each) => ({ pin: each.pin, view: () => viewOf(each, proven) })),
  }
}

/** That there is no further record is worth proving only beside another chain that has one. */
function requireUse(chains: readonly ProvenChain[]): void {
  const present = new Set(chains.flatMap(({ series }) => [...series.present]))
  const isNeeded = chains.every(({ series: { complete } }) =>
    chains.length === 1 ? complete.size === 0 : complete.isSubsetOf(present),
  )
  if (!isNeeded) throw malformed('accreditations: records that nothing needs')
}

/** A chain's view, if the bundle shows there what counts on the other chains. */
async function viewOf(attempt: Attempt, all: readonly ProvenChain[]): Promise<ChainView> {
  if ('failure' in attempt) throw attempt.failure
  const { pin, proven } = attempt
  const others = all.filter((each) => each !== proven)
  const hidden = others.some(({ series }) => !series.present.isSubsetOf(proven.series.complete))
  if (hidden) throw evidenceMissing(pin, 'it leaves out records that count on another chain')
  return Promise.resolve(proven.view)
}

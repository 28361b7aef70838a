/**
 * Verifying many certificates, as an employer verifies one: every check, and the chain asked over the
 * network.
 *
 * @module
 */
import { createOnlineSource, createVerifier, Policy, type Report, type Verifier } from '#sdk'
import type { Chain } from './chain.ts'
import type { Given } from './give-certificates.ts'
import type { Registries } from './registries.ts'

/** How many are under way at any time, so that their questions to the chain travel together. */
const atOnce = 250

/** A verifier that trusts the demo's chain alone, and lives in the demo's time. */
export function createDemoVerifier(chain: Chain, { pin }: Registries): Verifier {
  // The demo's time stands still between blocks: within a second of it, nothing new can be seen.
  const source = createOnlineSource(pin, { refreshSeconds: 1, now: chain.now })
  const policy = Policy.parse({ version: 1, chains: [pin] })
  return createVerifier({ policy, sources: [source], now: () => chain.now() * 1000 })
}

/** The reports, in order. */
export async function verifyAll(
  verifier: Verifier,
  given: readonly Given[],
  show: (done: number) => void,
): Promise<readonly Report[]> {
  const reports: Report[] = []
  for (let i = 0; i < given.length; i += atOnce) {
    const some = given.slice(i, i + atOnce)
    reports.push(
      ...(await Promise.all(some.map(({ anchored }) => verifier.verifyCredential(anchored)))),
    )
    show(reports.length)
  }
  return reports
}

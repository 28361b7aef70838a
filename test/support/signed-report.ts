import { readBundle } from '../../sdk/bundle/bundle.ts'
import { verifyBundle } from '../../sdk/bundle/verify-bundle.ts'
import { parsePolicy } from '../../sdk/verify/policy.ts'
import { signReport } from '../../sdk/verify/signed-report/sign-report.ts'
import { newParty } from './issuer.ts'
import { vector } from './policy-file.ts'

/** A verifier, the good credential of a vector, and its report. */
export async function verifiedVector(name: 'one-chain' | 'two-chains' = 'one-chain') {
  const { bundle, policy: text } = vector(name)
  const policy = parsePolicy(text)
  const { credential } = readBundle(bundle)
  const now = Date.parse('2026-12-01T00:00:00Z')
  const report = await verifyBundle(bundle, { policy, now: () => now })
  const verifier = newParty()
  const sign = (change: object = {}) =>
    signReport({ ...report, ...change }, verifier.signer, { credential, policy })
  return { ...{ bundle, policy, credential, report, verifier, now }, sign }
}

/** Header and payload of a JWS, as the texts that they are. */
export function textOf(jws: string): string {
  const [header = '', payload = ''] = jws.split('.')
  return [header, payload].map((each) => Buffer.from(each, 'base64url').toString()).join('\n')
}

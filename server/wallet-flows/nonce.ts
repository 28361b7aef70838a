/**
 * `c_nonce` (OpenID4VCI 1.0 section 7). Handing one out stores nothing: it carries its own end and our
 * seal; what is stored is that it was used.
 *
 * @module
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { refused } from './refused.ts'
import { inSeconds, macOf } from './secret.ts'

type Needs = Pick<Context, 'config' | 'now' | 'store'>

/** So long a nonce is good. */
const lifeSeconds = 300

/** A fresh nonce for proofs to the credential issuer `audience`. */
export function makeNonce(context: Needs, audience: string): string {
  const end = Math.floor(inSeconds(context, lifeSeconds).getTime() / 1000)
  const body = `${end.toString(36)}.${randomBytes(16).toString('base64url')}`
  return `${body}.${sealOf(context, audience, body)}`
}

/** Uses a nonce up; throws PROTOCOL_REFUSED with `invalid_nonce` for a strange, old or used one. */
export async function useNonce(context: Needs, audience: string, nonce: string): Promise<void> {
  const cut = nonce.lastIndexOf('.')
  const body = nonce.slice(0, Math.max(cut, 0))
  const expected = Buffer.from(sealOf(context, audience, body))
  const given = Buffer.from(nonce.slice(cut + 1))
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  const end = new Date(parseInt(body.split('.', 1)[0] ?? '', 36) * 1000)
  if (!(isOurs && end > context.now())) throw invalid('it is not one of ours, or too old')
  if (!(await context.store.flows.useOnce('nonce', nonce, end))) throw invalid('it was used before')
}

function sealOf(context: Needs, audience: string, body: string): string {
  return macOf(context, 'c-nonce', `${audience} ${body}`).toString('base64url')
}

function invalid(what: string) {
  return refused('invalid_nonce', `nonce: ${what}; get a new one from the nonce endpoint`)
}

import { createHmac, randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'

/** 256 random bits, for codes, tokens and identifiers that nobody may guess. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** A moment so many seconds from now. */
export function inSeconds({ now }: Pick<Context, 'now'>, seconds: number): Date {
  return new Date(now().getTime() + seconds * 1000)
}

/**
 * HMAC-SHA-256 under a key that follows from `LIVRET_KEY` and differs for each purpose, so that all
 * processes agree without storing anything.
 */
export function macOf({ config }: Pick<Context, 'config'>, purpose: string, text: string): Buffer {
  const key = createHmac('sha256', config.key).update(`livret:${purpose}:v1`).digest()
  return createHmac('sha256', key).update(text).digest()
}

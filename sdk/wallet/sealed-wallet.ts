/**
 * A whole wallet as one text that only a passphrase opens: PBKDF2-SHA-256 (600,000 rounds) and
 * AES-256-GCM, by WebCrypto.
 *
 * @module
 */
import * as z from 'zod/mini'
import { randomBytes } from '#crypto'
import { RegistryError } from '../errors.ts'
import { fromBase64url, toBase64url } from '../lib/base64url.ts'
import { fromUtf8, utf8 } from '../lib/bytes.ts'
import { readJson } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { HeldCredential } from './held-credential.ts'

const iterations = 600_000
const name = 'livret-wallet-1'

const Sealed = z.strictObject({
  type: z.literal(name),
  salt: z.string(),
  iv: z.string(),
  sealed: z.string(),
})
const Held = z.array(HeldCredential)

/**
 * Seals credentials and their keys.
 *
 * @param passphrase - At least 8 characters; who has it and the text has everything.
 * @throws {@link RegistryError} `INPUT_INVALID` for a shorter passphrase.
 */
export async function sealWallet(
  held: readonly HeldCredential[],
  passphrase: string,
): Promise<string> {
  if (passphrase.length < 8) throw invalid('passphrase', 'expected at least 8 characters')
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const key = await keyOf(passphrase, salt)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: copy(iv) },
    key,
    copy(utf8(JSON.stringify(held))),
  )
  const parts = { salt, iv, sealed: new Uint8Array(sealed) }
  const members = Object.entries(parts).map(([part, bytes]) => [part, toBase64url(bytes)])
  return JSON.stringify({ type: name, ...Object.fromEntries(members) })
}

/**
 * Opens what {@link sealWallet} sealed.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for another text, and for another passphrase.
 */
export async function openWallet(
  text: string,
  passphrase: string,
): Promise<readonly HeldCredential[]> {
  const { salt, iv, sealed } = parse(Sealed, readJson(text).value, 'wallet')
  const [saltBytes, ivBytes, bytes] = [salt, iv, sealed].map((part) => fromBase64url(part))
  if (saltBytes === undefined || ivBytes === undefined || bytes === undefined) {
    throw invalid('wallet', 'expected base64url')
  }
  const key = await keyOf(passphrase, saltBytes)
  const opened = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv: copy(ivBytes) }, key, copy(bytes))
    .catch(() => undefined)
  if (opened === undefined) throw invalid('wallet', 'it does not open with this passphrase')
  // The text of a wallet is longer than what strangers may send.
  const held: unknown = JSON.parse(fromUtf8(new Uint8Array(opened)))
  return parse(Held, held, 'wallet')
}

async function keyOf(passphrase: string, salt: Uint8Array): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', copy(utf8(passphrase)), 'PBKDF2', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: copy(salt), iterations },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** WebCrypto's types want bytes of a buffer of their own. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

function invalid(input: string, problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input, problems: [problem] })
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jwkThumbprintBase64url, parse, PublicJwk, type Signer } from '#sdk'
import * as z from 'zod/mini'
import type { Keys } from '../../context.ts'
import { writeDurably } from './write-durably.ts'

const SealedKey = z.strictObject({
  id: z.uuid(),
  publicJwk: PublicJwk,
  sealed: z.base64url(),
})

/** The key with which the demo authority vouches for blocks. */
export interface CheckpointKey {
  publicJwk: PublicJwk
  signer: Signer
}

/** Opens it, from `checkpoint-key.json`: made once, sealed like every key of this server. */
export async function openCheckpointKey(folder: string, keys: Keys): Promise<CheckpointKey> {
  const file = join(folder, 'checkpoint-key.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) {
    const { id, sealed, publicJwk } = await keys.makeSigningKey('ES256')
    const kept = { id, publicJwk, sealed: Buffer.from(sealed).toString('base64url') }
    await writeDurably(file, `${JSON.stringify(kept, undefined, 2)}\n`, 0o600)
    return openCheckpointKey(folder, keys)
  }
  const { id, publicJwk, sealed } = parse(SealedKey, JSON.parse(text), file)
  const key = { id, sealed: Buffer.from(sealed, 'base64url') }
  return { publicJwk, signer: await keys.signer(key, jwkThumbprintBase64url(publicJwk)) }
}

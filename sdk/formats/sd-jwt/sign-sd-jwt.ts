/**
 * Signing SD-JWTs of any kind, on `@sd-jwt/core`.
 *
 * @module
 */
import { randomBytes, sha256 } from '#crypto'
import type { SDJwtInstance } from '@sd-jwt/core'
import { toBase64url } from '../../lib/base64url.ts'
import { utf8 } from '../../lib/bytes.ts'
import type { TokenType } from '../sign-jws.ts'
import type { ClaimPlace } from './claim-path.ts'

/** Whoever signs: as much of a `Signer` as is needed, with any algorithm of JOSE. */
export interface SdJwtSigner {
  algorithm: string
  kid: string
  /** Raw `r || s` over `data`. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/**
 * Signs `payload` as an SD-JWT (RFC 9901 section 5) with SHA-256 and 128-bit salts.
 *
 * @param disclosable - Places in `payload` that become selectively disclosable, each by itself.
 * @param decoys - Digests of nothing, beside those at each place where there are some, so that their
 *   number says less.
 * @returns The issuer's JWT and every disclosure, each followed by `~`.
 */
export async function signSdJwt(
  type: TokenType,
  payload: Readonly<Record<string, unknown>>,
  disclosable: readonly ClaimPlace[],
  signer: SdJwtSigner,
  decoys = 0,
): Promise<string> {
  const { SDJwtInstance } = await import('@sd-jwt/core')
  const issuer = new SDJwtInstance({
    hasher: (data) => sha256(typeof data === 'string' ? utf8(data) : new Uint8Array(data)),
    hashAlg: 'sha-256',
    saltGenerator: (length) => toBase64url(randomBytes(length)),
    signAlg: signer.algorithm,
    signer: async (input) => toBase64url(await signer.sign(utf8(input))),
  })
  const header = { kid: signer.kid, ...type }
  const frame: object = frameOf(disclosable, decoys)
  return issuer.issue<Record<string, unknown>>({ ...payload }, isFrame(frame) ? frame : {}, {
    header,
  })
}

/** What `@sd-jwt/core` calls a disclosure frame: the shape of the payload, with what is disclosable. */
interface Frame {
  _sd?: (string | number)[]
  _sd_decoy?: number
  [inside: string]: Frame | (string | number)[] | number | undefined
}

type CoreFrame = NonNullable<Parameters<SDJwtInstance<Record<string, unknown>>['issue']>[1]>

/** `@sd-jwt/core` types frames by their payloads, whose shape is known at run time only. */
function isFrame(frame: object): frame is CoreFrame {
  return !('_sd' in frame) || Array.isArray(frame._sd)
}

function frameOf(places: readonly ClaimPlace[], decoys: number): Frame {
  const root: Frame = {}
  for (const place of places) {
    const last = place.at(-1)
    if (last === undefined) continue
    const frame = place.slice(0, -1).reduce<Frame>(inside, root)
    frame._sd = [...(frame._sd ?? []), last]
    if (decoys > 0) frame._sd_decoy = decoys
  }
  return root
}

/** The frame of a member or item, made if it is new. */
function inside(frame: Frame, step: string | number): Frame {
  const known = frame[step]
  if (typeof known === 'object' && !Array.isArray(known)) return known
  const made: Frame = {}
  frame[step] = made
  return made
}

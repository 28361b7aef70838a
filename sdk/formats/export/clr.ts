/**
 * Export to the Comprehensive Learner Record 2.0 of 1EdTech: several credentials of one person as one.
 *
 * @module
 */
import { RegistryError } from '../../errors.ts'
import { parse } from '../../lib/parse.ts'
import { isJsonObject, readJson, type JsonObject } from '../../lib/json.ts'
import { openBadgesV3 } from '../../model/contexts.ts'
import { Credential, credentialsV2 } from '../../model/credential.ts'
import { isOpenBadge, readOpenBadge, type Achievement } from '../../model/open-badge.ts'
import type { DateTimeStamp, IssuerId, Url } from '../../model/primitives.ts'
import type { DecodedCredential } from '../decoded.ts'
import { envelope, type Envelope } from '../envelope.ts'

/** The context of CLR 2.0. */
export const clrContext = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'

/** Who makes the record, and when. */
export interface ClrFrame {
  /** Of the record; `urn:uuid:…`. */
  id: Url
  /** Who puts it together, and will sign it. */
  issuer: { id: IssuerId; name?: string; url?: Url }
  /** For wallets. */
  name: string
  validFrom: DateTimeStamp
}

/**
 * A `ClrCredential` over signed credentials of one person, unsigned. Each stays as it was signed: an
 * `ldp_vc` as it is, tokens in envelopes (VCDM 2.0 section 4.13.1). The achievements of its badges stand
 * beside them, each once, so that a viewer need not open any.
 *
 * @param credentials - From `decodeCredential` or `readCredential`, in the order in which they are shown.
 *   None is verified here.
 * @throws {@link RegistryError} `INPUT_INVALID` if there is none, or they are about several people.
 *
 * @example
 * ```ts
 * const record = toClr([decodeCredential(jwt)], { id, issuer: { id: did }, name: 'Parcours', validFrom })
 * await signVcJwt(record, signer)
 * ```
 */
export function toClr(credentials: readonly DecodedCredential[], frame: ClrFrame) {
  const holders = new Set(
    credentials.flatMap(({ credential }) => credential.credentialSubject.map(({ id }) => id)),
  )
  const [holder] = holders
  if (credentials.length === 0 || holders.size > 1) {
    const problems = [credentials.length === 0 ? 'there is none' : 'they are about several people']
    throw new RegistryError('INPUT_INVALID', { input: 'credentials', problems })
  }
  const { issuer, ...rest } = frame
  const achievement = achievementsOf(credentials)
  const record = {
    '@context': [credentialsV2, clrContext, openBadgesV3],
    type: ['VerifiableCredential', 'ClrCredential'],
    ...rest,
    issuer: { ...issuer, type: ['Profile'] },
    credentialSubject: {
      ...(holder !== undefined && { id: holder }),
      type: ['ClrSubject'],
      verifiableCredential: credentials.map(embedded),
      ...(achievement.length > 0 && { achievement }),
    },
  }
  parse(Credential, record, 'record')
  return record
}

/** What {@link toClr} makes. */
export type ClrCredential = ReturnType<typeof toClr>

/** Each achievement once, without what it shares with others by name only. */
function achievementsOf(credentials: readonly DecodedCredential[]): readonly Achievement[] {
  const badges = credentials.filter(({ credential }) => isOpenBadge(credential))
  const all = badges.flatMap(({ credential }) => readOpenBadge(credential).subjects)
  return [...new Map(all.map(({ achievement }) => [achievement.id, achievement])).values()]
}

function embedded({ format, text }: DecodedCredential): Envelope | JsonObject {
  if (format === 'ldp_vc') {
    const { value } = readJson(text)
    // What is none could not have been read.
    return isJsonObject(value) ? value : {}
  }
  return envelope(text.trim(), format === 'jwt_vc_json' ? 'jwt' : format)
}

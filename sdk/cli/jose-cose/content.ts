/**
 * What VC-JOSE-COSE secures: credentials and presentations of VCDM 2.0, whoever their issuer is.
 *
 * @module
 */
import * as z from 'zod/mini'
import {
  Credential,
  Did,
  judgeTerms,
  openEnvelope,
  parse,
  RegistryError,
  type JsonObject,
} from '../../index.ts'

/** What is secured. */
export type Kind = 'credential' | 'presentation'

/** Stands for issuers that are no DIDs: the schema wants one, the data model any URL. */
const somebody = Did.parse('did:example:somebody')
const address = z.string().check(z.refine((text) => URL.canParse(text), 'expected a URL'))
const Party = z.union([address, z.looseObject({ id: address })])
const one = <S extends z.ZodMiniType>(item: S) => z.union([item, z.array(item)])

const Presentation = z.looseObject({
  '@context': one(z.union([z.string(), z.looseObject({})])),
  type: one(z.string()),
  holder: z.optional(Party),
  verifiableCredential: z.optional(one(z.looseObject({ type: one(z.string()) }))),
})

/** Members of VCDM 2.0 (sections 4 and 5), and the claims of a JWT. */
const known: ReadonlySet<string> = new Set(
  [
    '@context',
    'id',
    'type',
    'name',
    'description',
    'issuer',
    'credentialSubject',
    'validFrom',
  ].concat(
    ['validUntil', 'credentialStatus', 'credentialSchema', 'relatedResource', 'refreshService'],
    ['termsOfUse', 'evidence', 'proof', 'confidenceMethod', 'renderMethod', 'holder'],
    ['verifiableCredential', 'iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'],
  ),
)

/** Contexts that give every term a meaning, so that a term which nobody defined has one, too. */
const catchAll = new Set<unknown>([
  'https://www.w3.org/ns/credentials/examples/v2',
  'https://www.w3.org/ns/credentials/undefined-terms/v2',
])

/**
 * The issuer of a credential, or the holder of a presentation that names one. Throws a `RegistryError`
 * for what is neither: a member that VCDM 2.0 wants otherwise, an envelope without a token in it.
 */
export function partyOf(kind: Kind, content: JsonObject): string | undefined {
  if (kind === 'credential') {
    const { issuer } = parse(z.looseObject({ issuer: Party }), content, kind)
    parse(Credential, { ...content, issuer: somebody }, kind)
    return typeof issuer === 'string' ? issuer : issuer.id
  }
  const {
    '@context': contexts,
    type,
    holder,
    verifiableCredential,
  } = parse(Presentation, content, kind)
  const isFirst = [contexts].flat()[0] === 'https://www.w3.org/ns/credentials/v2'
  const isTyped = [type].flat().includes('VerifiablePresentation')
  if (!isFirst || !isTyped) throw refused(kind, 'expected a presentation of VCDM 2.0')
  for (const each of [verifiableCredential ?? []].flat()) requireCredential(each)
  return typeof holder === 'string' ? holder : holder?.id
}

/** Throws where a member has no meaning but that of a context which gives one to everything. */
export async function requireMeaning(kind: Kind, content: JsonObject): Promise<void> {
  // What is in an envelope has a meaning of its own.
  const own = Object.entries(content).filter(([name]) => name !== 'verifiableCredential')
  const whole = await judgeTerms(Object.fromEntries(own))
  if (whole.kind === 'undefined') throw refused(kind, whole.problem)
  const strange = Object.keys(content).filter((name) => !known.has(name))
  if (strange.length === 0) return
  const contexts = [content['@context']].flat().filter((each) => !catchAll.has(each))
  const type = kind === 'credential' ? 'VerifiableCredential' : 'VerifiablePresentation'
  const members = Object.fromEntries(strange.map((name) => [name, 'urn:x']))
  const bare = await judgeTerms({ '@context': contexts, type, ...members })
  if (bare.kind === 'undefined') throw refused(kind, `${strange.join(', ')}: no context defines it`)
}

function requireCredential({ type, id }: { type: string | string[]; id?: unknown }): void {
  const types = [type].flat()
  if (!types.includes('EnvelopedVerifiableCredential')) {
    if (types.includes('VerifiableCredential')) return
    throw refused('presentation', 'verifiableCredential: expected a credential')
  }
  const token = typeof id === 'string' ? openEnvelope(id) : undefined
  if (token?.split('~', 1)[0]?.split('.').length === 3) return
  // What is secured with COSE is another's to read.
  if (typeof id === 'string' && /^data:application\/vc\+cose;base64,\S/.test(id)) return
  throw refused('presentation', 'verifiableCredential: an envelope without a token')
}

/** The error of content that must not be secured, or believed. */
export function refused(input: string, problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input, problems: [problem] })
}

/**
 * Data Integrity proofs with the cryptosuite `eddsa-rdfc-2022` (VC Data Integrity 1.0, vc-di-eddsa section
 * 3.2), for credentials and presentations.
 *
 * @module
 */
import { base58 } from '@scure/base'
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import { concatBytes } from '../lib/bytes.ts'
import { isJsonObject, readJson, type JsonObject } from '../lib/json.ts'
import { DateTimeStamp, type Seconds } from '../model/primitives.ts'
import { canonicalHash } from './json-ld/canonicalise.ts'
import { requireCompactForm } from './json-ld/compact-form.ts'
import { readClaims } from './read-claims.ts'
import { refused, type Refusal } from './refusal.ts'
import type { Signer } from './signer.ts'

/** What a proof may be for: credentials are asserted, presentations authenticate their holder. */
type ProofPurpose = 'assertionMethod' | 'authentication'

const cryptosuite = 'eddsa-rdfc-2022'
/** Most characters of a credential or presentation. */
const maxLength = 1_000_000
/** Most proofs of one document. */
const maxProofs = 16

const text = z.string().check(z.minLength(1), z.maxLength(4096))

const Proof = z.looseObject({
  type: z.literal('DataIntegrityProof'),
  cryptosuite: z.literal(cryptosuite),
  verificationMethod: text,
  proofPurpose: text,
  proofValue: z.string().check(z.maxLength(128)),
  created: z.optional(DateTimeStamp),
  expires: z.optional(DateTimeStamp),
  challenge: z.optional(text),
  domain: z.optional(z.union([text, z.array(text).check(z.maxLength(16))])),
})

/** A document that was taken apart. */
interface SecuredDocument {
  /** Without its proof: what the proof covers. */
  document: Readonly<Record<string, unknown>>
  proof: JsonObject
}

/** What a proof says. */
interface ReadProof {
  /** The URL of the key, as it stands there. */
  verificationMethod: string
  /** 64 bytes. */
  signature: Uint8Array
  /** `created`. */
  signedAt?: Seconds
  /** `expires`. */
  expiresAt?: Seconds
  challenge?: string
  domains: readonly string[]
}

/**
 * Takes a secured JSON-LD document apart and finds its one proof.
 *
 * Of several independent proofs, those of other kinds are for others to verify. A second
 * `eddsa-rdfc-2022` would leave open which of them was anchored, and one that continues another
 * (`previousProof`) covers more than the document: both are refused.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID`: `TOO_LARGE`, `MALFORMED`, `PROOF_MISSING`,
 *   `PROOF_UNSUPPORTED`, `PROOF_AMBIGUOUS`, `PROOF_MALFORMED`.
 */
export function splitSecured(text: string): SecuredDocument {
  if (text.length > maxLength) throw refused('TOO_LARGE', 'longer than 1 MB')
  const { value, problem } = readJson(text)
  if (problem === 'too many values') throw refused('TOO_LARGE', problem)
  if (problem !== undefined) throw refused('MALFORMED', problem)
  if (!isJsonObject(value)) throw refused('MALFORMED', 'expected a JSON object')
  const { proof: proofs, ...document } = value
  return { document, proof: onlyProof(proofs) }
}

function onlyProof(value: JsonObject[string]): JsonObject {
  const proofs: readonly unknown[] = value === undefined ? [] : [value].flat()
  if (proofs.length === 0) throw refused('PROOF_MISSING', 'there is no proof')
  if (proofs.length > maxProofs) throw refused('TOO_LARGE', `more than ${maxProofs} proofs`)
  const objects = proofs.filter(isJsonObject)
  if (objects.length < proofs.length) throw refused('PROOF_MALFORMED', 'proof: expected an object')
  const [own, second] = objects.filter(
    (proof) => proof['type'] === 'DataIntegrityProof' && proof['cryptosuite'] === cryptosuite,
  )
  if (own === undefined) throw refused('PROOF_UNSUPPORTED', kindsOf(objects))
  if (second !== undefined) throw refused('PROOF_AMBIGUOUS', `several proofs with ${cryptosuite}`)
  if ('previousProof' in own) throw refused('PROOF_UNSUPPORTED', 'a chain of proofs')
  return own
}

/** The kinds of proofs that are not ours, by their names. */
function kindsOf(proofs: readonly JsonObject[]): string {
  return proofs
    .map(({ type, cryptosuite: suite }) => (typeof suite === 'string' ? suite : type))
    .map((kind) => (typeof kind === 'string' ? kind.slice(0, 64) : 'of no kind'))
    .join(', ')
}

/**
 * Reads a proof. Verifies nothing.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID`: `PROOF_MALFORMED`, `PROOF_PURPOSE_MISMATCH`.
 */
export function readProof(proof: JsonObject, purpose: ProofPurpose): ReadProof {
  const read = readClaims(Proof, proof, 'PROOF_MALFORMED')
  const { verificationMethod, proofPurpose, proofValue, created, expires, challenge } = read
  if (proofPurpose !== purpose) {
    throw refused('PROOF_PURPOSE_MISMATCH', `proofPurpose: expected ${purpose}`)
  }
  return {
    verificationMethod,
    signature: decodeProofValue(proofValue),
    ...(created !== undefined && { signedAt: secondsOf(created) }),
    ...(expires !== undefined && { expiresAt: secondsOf(expires) }),
    ...(challenge !== undefined && { challenge }),
    domains: [read.domain ?? []].flat(),
  }
}

/**
 * `hashData`, the 64 bytes that a proof signs: SHA-256 of its options, then of the document, both in
 * canonical form (vc-di-eddsa sections 3.2.3 to 3.2.5). The terms of a proof mean what the document's
 * contexts say.
 *
 * @param malformed - Code for a document that is not in compact form.
 * @throws {@link RegistryError} `TOKEN_INVALID`: `PROOF_MALFORMED`, `malformed`, and what
 *   {@link canonicalHash} throws.
 */
export async function hashData(
  { document, proof }: SecuredDocument,
  malformed: Refusal,
): Promise<Uint8Array> {
  if ('@context' in proof) throw refused('PROOF_MALFORMED', 'proof: brings contexts of its own')
  const options = Object.entries(proof).filter(([name]) => name !== 'proofValue')
  const config = { '@context': document['@context'], ...Object.fromEntries(options) }
  requireCompactForm(config, 'PROOF_MALFORMED')
  requireCompactForm(document, malformed)
  return concatBytes(await canonicalHash(config), await canonicalHash(document))
}

/** What a new proof is to say beside its kind. */
interface ProofOptions {
  proofPurpose: ProofPurpose
  signedAt?: Seconds | undefined
  expiresAt?: Seconds | undefined
  challenge?: string
  domain?: string
}

/**
 * Signs a document, and returns it with its proof, as JSON.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for a key that is not of Ed25519, or a document that
 *   {@link readProof} would refuse.
 */
export async function addProof(
  document: Readonly<Record<string, unknown>>,
  signer: Signer,
  { signedAt, expiresAt, ...options }: ProofOptions,
): Promise<string> {
  if (signer.algorithm !== 'EdDSA') {
    throw unsignable(`a key for ${signer.algorithm} cannot sign ${cryptosuite}`)
  }
  if ('proof' in document) throw unsignable('proof: is there already')
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite,
    ...(signedAt !== undefined && { created: timeOf(signedAt) }),
    ...(expiresAt !== undefined && { expires: timeOf(expiresAt) }),
    verificationMethod: signer.kid,
    ...options,
  }
  const data = await hashData({ document, proof }, 'MALFORMED').catch(asUnsignable)
  const proofValue = `z${base58.encode(await signer.sign(data))}`
  return JSON.stringify({ ...document, proof: { ...proof, proofValue } })
}

/** Multibase base58-btc of 64 bytes (vc-di-eddsa section 3.2.1), and nothing else. */
function decodeProofValue(value: string): Uint8Array {
  if (!value.startsWith('z')) throw refused('PROOF_MALFORMED', 'proofValue: expected base58-btc')
  const signature = fromBase58(value.slice(1))
  if (signature?.length === 64) return signature
  throw refused('PROOF_MALFORMED', 'proofValue: expected 64 bytes in base58-btc')
}

function fromBase58(digits: string): Uint8Array | undefined {
  try {
    return base58.decode(digits)
  } catch {
    return undefined
  }
}

function secondsOf(date: string): Seconds {
  return Math.floor(Date.parse(date) / 1000)
}

function timeOf(seconds: Seconds): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function asUnsignable(error: unknown): never {
  if (error instanceof RegistryError) throw unsignable(error.message)
  throw error
}

function unsignable(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'document', problems: [problem] })
}

/**
 * What routes answer, as schemas: for `/openapi.json`, and for the tests that hold answers to them.
 *
 * @module
 */
import { Address, checkNames, Did, Finality, Hash, PublicJwk } from '#sdk'
import * as z from 'zod/mini'

const text = z.string()
const seconds = z.int().check(z.nonnegative())
const flags = z.strictObject({ revocation: z.boolean(), suspension: z.boolean() })

export const ProblemAnswer = z.strictObject({
  type: text,
  status: z.int(),
  title: text,
  detail: z.optional(text),
  /** Member and rule of each violation. */
  problems: z.optional(z.array(text)),
})

const summary = { slug: text, did: Did, name: text, issuerId: Hash }

export const IssuersAnswer = z.strictObject({ issuers: z.array(z.strictObject(summary)) })

export const IssuerAnswer = z.strictObject({
  ...summary,
  profile: z.record(text, z.unknown()),
  account: Address,
  keys: z.array(
    z.strictObject({ id: text, thumbprint: Hash, publicJwk: PublicJwk, isRetired: z.boolean() }),
  ),
  chains: z.array(
    z.strictObject({
      chainId: z.int(),
      name: text,
      isReachable: z.boolean(),
      isConfirmed: z.boolean(),
      isKeyRegistered: z.boolean(),
      isOperatorNamed: z.boolean(),
      accreditations: z.array(
        z.strictObject({
          scope: z.optional(text),
          scopeHash: Hash,
          accreditor: Address,
          validFrom: seconds,
          validUntil: seconds,
        }),
      ),
      missing: z.array(text),
    }),
  ),
})

const method = z.strictObject({ id: text, type: text, controller: Did, publicKeyJwk: PublicJwk })

export const DidDocumentAnswer = z.strictObject({
  '@context': z.array(text),
  id: Did,
  verificationMethod: z.array(method),
  assertionMethod: z.array(text),
})

const EnvelopeAnswer = z.strictObject({
  '@context': z.array(text),
  id: text.check(z.startsWith('data:application/')),
  type: z.literal('EnvelopedVerifiableCredential'),
})

/** A token in its envelope, or an `ldp_vc` as it is. */
const SecuredAnswer = z.union([EnvelopeAnswer, z.looseObject({ proof: z.looseObject({}) })])

export const CredentialAnswer = z.strictObject({ verifiableCredential: SecuredAnswer })

/** As VCALM says; a list only where a list of formats was asked for. */
export const IssuedAnswer = z.strictObject({
  verifiableCredential: z.union([SecuredAnswer, z.array(SecuredAnswer)]),
})

export const AnchoringAnswer = z.strictObject({
  state: z.enum(['signed', 'batched', 'anchored', 'final', 'lapsed']),
  lapsed: z.optional(text),
  chains: z.array(
    z.strictObject({
      chainId: z.int(),
      /** `lapsed`: final there, but too late to count. */
      state: z.enum(['unsent', 'anchored', 'final', 'lapsed']),
      anchoredAt: z.optional(seconds),
    }),
  ),
})

export const StateAnswer = z.extend(AnchoringAnswer, { status: flags })

export const StatusAnswer = z.strictObject({ credentialId: text, ...flags.shape })

const problems = z.array(z.strictObject({ type: text, title: text, detail: text }))
const result = z.strictObject({ verified: z.boolean(), problemDetails: problems })
const input = z.optional(z.strictObject({ verified: z.boolean(), input: text }))

const Report = z.looseObject({
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  checks: z.array(
    z.strictObject({
      name: z.enum(checkNames),
      status: z.enum(['passed', 'failed', 'undecided', 'skipped']),
      code: text,
      facts: z.record(text, z.unknown()),
      blocks: z.array(z.unknown()),
    }),
  ),
  verifiedAt: seconds,
})

export const CredentialVerificationAnswer = z.strictObject({
  verified: z.boolean(),
  problemDetails: z.optional(problems),
  verifiableCredential: z.optional(z.unknown()),
  report: z.optional(Report),
})

export const PresentationVerificationAnswer = z.strictObject({
  verified: z.boolean(),
  problemDetails: z.optional(problems),
  verifiablePresentation: z.optional(z.unknown()),
  results: z.strictObject({
    presentation: z.strictObject({
      challenge: input,
      domain: input,
      holder: input,
      proof: z.array(result),
    }),
    credentials: z.array(result),
  }),
  report: z.optional(
    z.looseObject({
      verdict: Report.shape.verdict,
      presentation: z.optional(Report),
      credentials: z.array(Report),
    }),
  ),
})

const localised = z.looseObject({ locale: text })

export const TypeMetadataAnswer = z.strictObject({
  vct: text,
  name: text,
  description: text,
  extends: z.optional(text),
  display: z.array(z.extend(localised, { name: text, description: text })),
  claims: z.array(
    z.strictObject({
      path: z.array(z.union([text, z.null()])),
      display: z.array(z.extend(localised, { label: text })),
      mandatory: z.optional(z.boolean()),
      sd: z.enum(['allowed', 'never']),
    }),
  ),
})

const waiting = z.strictObject({ open: z.int(), oldestSeconds: seconds })

export const ChainsAnswer = z.strictObject({
  chains: z.array(
    z.strictObject({
      chainId: z.int(),
      name: text,
      finality: Finality,
      state: z.enum(['settled', 'behind', 'unreachable', 'changed']),
      finalBlock: z.optional(z.strictObject({ number: z.int(), ageSeconds: seconds })),
      importedBlock: z.int(),
      roots: waiting,
      transactions: waiting,
      statuses: z.strictObject({ open: z.int() }),
    }),
  ),
})

export const HealthAnswer = z.strictObject({ status: z.literal('ok') })

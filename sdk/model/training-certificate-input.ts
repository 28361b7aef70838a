/**
 * What a training body fills in for a certificate: plain words, numbers and codes. Closed: a member
 * that nobody asked for is refused.
 *
 * @module
 */
import * as z from 'zod/mini'
import { Did, Url } from './primitives.ts'

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(300))
const prose = z.string().check(z.trim(), z.minLength(1), z.maxLength(5_000))
const webUrl = Url.check(z.regex(/^https?:\/\//, 'expected an http or https address'))
const code = (pattern: RegExp, expected: string) => z.string().check(z.regex(pattern, expected))

/** The issuing organisation, as it is shown. */
export const IssuerInput = z.strictObject({
  id: Did,
  name: line,
  url: z.optional(webUrl),
  email: z.optional(z.email()),
  /** Establishment number, 14 digits. */
  siret: z.optional(code(/^\d{14}$/, 'expected 14 digits')),
  /** Declaration of activity of a French training body, 11 digits. */
  nda: z.optional(code(/^\d{11}$/, 'expected 11 digits')),
  /** School number: 7 digits and a letter. */
  uai: z.optional(code(/^\d{7}[A-Z]$/, 'expected 7 digits and a letter')),
  address: z.optional(
    z.strictObject({
      streetAddress: z.optional(line),
      postalCode: z.optional(line),
      locality: z.optional(line),
      region: z.optional(line),
      /** ISO 3166-1 alpha-2. */
      countryCode: code(/^[A-Z]{2}$/, 'expected two capital letters'),
    }),
  ),
})
export type IssuerInput = z.infer<typeof IssuerInput>

/** A national certification (RNCP or RS) that the training leads to, or blocks of it. */
const Certification = z.strictObject({
  code: code(/^(?:RNCP|RS)[1-9]\d{0,5}$/, 'expected RNCP or RS and a number'),
  title: line,
  /** Blocks that were validated, if it is not the whole. */
  blocks: z._default(
    z.array(
      z.strictObject({
        code: code(/^RNCP[1-9]\d{0,5}BC\d{2}$/, 'expected a block such as RNCP34079BC01'),
        title: line,
      }),
    ),
    [],
  ),
})

/** A grade, a score, a level. */
const ResultInput = z
  .strictObject({
    name: line,
    value: line,
    /** Least and most that a number can be. */
    min: z.optional(z.number()),
    max: z.optional(z.number()),
    /** Every value that there is, lowest first. */
    allowed: z.optional(z.array(line).check(z.minLength(1))),
    /** What had to be reached. */
    required: z.optional(line),
  })
  .check(
    z.refine(
      ({ value, allowed }) => allowed?.includes(value) !== false,
      'value: none of those allowed',
    ),
    z.refine(({ value, min, max }) => {
      if (min === undefined && max === undefined) return true
      const number = Number(value)
      return number >= (min ?? -Infinity) && number <= (max ?? Infinity)
    }, 'value: out of range'),
  )

/** The input of `buildTrainingCertificate`. */
export const TrainingCertificateInput = z
  .strictObject({
    issuer: IssuerInput,
    holder: z.strictObject({
      id: Did,
      /** Shown on the certificate. Leave it out where the DID is enough. */
      name: z.optional(line),
    }),
    title: line,
    description: prose,
    /** What had to be done to get it. */
    criteria: prose,
    /** Address of the achievement itself, the same for everybody who gets it. */
    achievementId: z.optional(Url),
    achievementType: z._default(
      z.enum([
        'CertificateOfCompletion',
        'Certification',
        'Certificate',
        'Course',
        'Competency',
        'MicroCredential',
        'License',
        'Diploma',
        'ApprenticeshipCertificate',
      ]),
      'CertificateOfCompletion',
    ),
    /** BCP 47 language of the words above. */
    language: z.optional(code(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'expected a language such as fr')),
    certifications: z._default(z.array(Certification).check(z.maxLength(20)), []),
    /** Occupations (`K1903`) and skills (number, "code OGR") of ROME. */
    rome: z._default(
      z
        .array(
          z.strictObject({
            code: code(/^(?:[A-N]\d{4}|\d{4,7})$/, 'expected a ROME code, or an OGR number'),
            title: line,
          }),
        )
        .check(z.maxLength(200)),
      [],
    ),
    /** Skills of ESCO. */
    esco: z._default(
      z
        .array(
          z.strictObject({
            uri: code(
              /^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9A-Za-z-]{1,64}$/,
              'expected http://data.europa.eu/esco/skill/…',
            ),
            title: line,
          }),
        )
        .check(z.maxLength(200)),
      [],
    ),
    /** Version of ESCO that the skills were taken from. */
    escoVersion: z._default(
      code(/^v\d+\.\d+(?:\.\d+)?$/, 'expected a version such as v1.2.0'),
      'v1.2.0',
    ),
    /** Level in the European Qualifications Framework. */
    eqfLevel: z.optional(z.int().check(z.minimum(1), z.maximum(8))),
    /** Hours that the person attended. */
    hours: z.optional(z.number().check(z.positive(), z.maximum(20_000))),
    /** First and last day. */
    startedOn: z.optional(z.iso.date()),
    completedOn: z.iso.date(),
    results: z._default(z.array(ResultInput).check(z.maxLength(50)), []),
    evidence: z._default(
      z
        .array(
          z.strictObject({
            name: line,
            description: z.optional(prose),
            url: z.optional(webUrl),
            genre: z.optional(line),
          }),
        )
        .check(z.maxLength(50)),
      [],
    ),
  })
  .check(
    z.refine(
      ({ startedOn, completedOn }) => startedOn === undefined || startedOn <= completedOn,
      'completedOn: before startedOn',
    ),
  )
/** As it is filled in; what has a default may be left out. */
export type TrainingCertificateInput = z.input<typeof TrainingCertificateInput>
/** As it is after parsing. */
export type ParsedTrainingCertificate = z.output<typeof TrainingCertificateInput>

/**
 * Changes to tokens: to their text, their segments, what is in them, and who signs what comes out.
 *
 * @module
 */
import fc from 'fast-check'
import { editJson, jsonEdit, type JsonEdit } from './edit-json.ts'

/** What happens to a token. */
export type Mutation =
  /** Characters are taken out of the text, and others put in. */
  | { kind: 'text'; at: number; remove: number; insert: string }
  /** Segments stand in another order, twice or not at all. */
  | { kind: 'segments'; order: readonly number[] }
  /** A byte inside a segment becomes another. */
  | { kind: 'byte'; segment: number; at: number; xor: number }
  /** The signature becomes one of another form. */
  | { kind: 'signature'; form: (typeof signatureForms)[number] }
  /** Header and payload say something else. */
  | {
      kind: 'claims'
      header: readonly JsonEdit[]
      payload: readonly JsonEdit[]
      signer: SignerName
    }

/** Who signs changed claims; `nobody` leaves the signature as it was. */
type SignerName = 'nobody' | 'attacker' | 'issuer'

/** Signs bytes for somebody. */
export type Signing = Readonly<
  Record<Exclude<SignerName, 'nobody'>, (data: Uint8Array) => Promise<Uint8Array>>
>

const signatureForms = ['zeros', 'ones', 'short', 'long', 'twice', 'swapped', 'none'] as const

const insertion = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '.',
    '..',
    '=',
    '+',
    '/',
    '-',
    '_',
    '~',
    ' ',
    '\n',
    '\0',
    '{',
    '"',
    'A',
    '\ufeff',
  ),
)

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    at: fc.nat(),
    remove: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2_000 })),
    insert: insertion,
  }),
  fc.record({
    kind: fc.constant('segments' as const),
    order: fc.array(fc.nat({ max: 2 }), { maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant('byte' as const),
    segment: fc.nat({ max: 2 }),
    at: fc.nat(),
    xor: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({
    kind: fc.constant('signature' as const),
    form: fc.constantFrom(...signatureForms),
  }),
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('claims' as const),
      header: fc.array(jsonEdit, { maxLength: 1 }),
      payload: fc.array(jsonEdit, { maxLength: 3 }),
      signer: fc.constantFrom<SignerName>('nobody', 'attacker', 'issuer'),
    }),
  },
)

/** The token after the mutation. */
export async function mutate(token: string, change: Mutation, signing: Signing): Promise<string> {
  const segments = token.split('.')
  const [header = '', payload = '', signature = ''] = segments
  switch (change.kind) {
    case 'text': {
      const at = change.at % (token.length + 1)
      return token.slice(0, at) + change.insert + token.slice(at + change.remove)
    }
    case 'segments':
      return change.order.map((number) => segments[number] ?? '').join('.')
    case 'byte':
      return segments
        .map((segment, i) => (i === change.segment ? withByte(segment, change) : segment))
        .join('.')
    case 'signature':
      return `${header}.${payload}.${reformed(signature, change.form)}`
    case 'claims': {
      const input = [edited(header, change.header), edited(payload, change.payload)].join('.')
      if (change.signer === 'nobody') return `${input}.${signature}`
      const made = await signing[change.signer](Buffer.from(input))
      return `${input}.${Buffer.from(made).toString('base64url')}`
    }
  }
}

function edited(segment: string, edits: readonly JsonEdit[]): string {
  const document: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString())
  return Buffer.from(editJson(document, edits)).toString('base64url')
}

function withByte(segment: string, { at, xor }: { at: number; xor: number }): string {
  const bytes = Buffer.from(segment, 'base64url')
  const position = at % bytes.length
  bytes[position] = (bytes[position] ?? 0) ^ xor
  return bytes.toString('base64url')
}

function reformed(signature: string, form: (typeof signatureForms)[number]): string {
  const bytes = Buffer.from(signature, 'base64url')
  const half = bytes.length / 2
  const forms = {
    zeros: Buffer.alloc(bytes.length),
    ones: Buffer.alloc(bytes.length, 255),
    short: bytes.subarray(1),
    long: Buffer.concat([bytes, Buffer.of(0)]),
    twice: Buffer.concat([bytes, bytes]),
    swapped: Buffer.concat([bytes.subarray(half), bytes.subarray(0, half)]),
    none: Buffer.alloc(0),
  }
  return forms[form].toString('base64url')
}

/**
 * The few words of WebAssembly (core specification 2.0, chapter 5) that `keccak-wasm.ts` is written
 * in. Each gives the bytes of an instruction, operands first.
 *
 * @module
 */

/** Bytes of WebAssembly. */
export type Code = readonly number[]

/** The value types that are used. */
export const i32 = 0x7f
export const i64 = 0x7e

export const get = (local: number): Code => [0x20, local]
export const set = (local: number, value: Code): Code => [...value, 0x21, local]
export const number32 = (value: number): Code => [0x41, ...signed(BigInt(value))]
export const number64 = (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))]
export const xor = (a: Code, b: Code): Code => [...a, ...b, 0x85]
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x83]
export const not = (a: Code): Code => xor(a, number64(-1n))
export const rotateLeft = (a: Code, bits: number): Code => [...a, ...number64(BigInt(bits)), 0x89]
export const load = (address: Code, offset: number): Code => [
  ...address,
  ...[0x29, 3],
  ...unsigned(offset),
]
export const store = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  ...[0x37, 3],
  ...unsigned(offset),
]
/** Adds to an i32 local and, while the sum is not `until`, runs `body` again. */
export const repeat = (local: number, step: number, until: number, body: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...set(local, [...get(local), ...number32(step), 0x6a]),
  ...[...get(local), ...number32(until), 0x47, 0x0d, 0, 0x0b],
]

/** A function: how many parameters (all i32), locals by type, and the name by which it is exported. */
export interface WasmFunction {
  parameters: number
  locals: readonly (readonly [count: number, type: number])[]
  body: Code
  exportedAs: string
}

/** A module of one function without a result, and one page of memory, exported as `memory`. */
export function assemble({
  parameters,
  locals,
  body,
  exportedAs,
}: WasmFunction): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...list(Array.from({ length: parameters }, () => [i32])), 0]
  const code = [...list(locals.map(([count, kind]) => [...unsigned(count), kind])), ...body, 0x0b]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([type])),
    ...section(3, list([[0]])),
    ...section(5, list([[1, 1, 1]])),
    ...section(
      7,
      list([
        [...text('memory'), 2, 0],
        [...text(exportedAs), 0, 0],
      ]),
    ),
    ...section(10, list([sized(code)])),
  ])
}

const section = (id: number, content: Code): Code => [id, ...sized(content)]
const sized = (content: Code): Code => [...unsigned(content.length), ...content]
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()]
const text = (ascii: string): Code => list(Array.from(ascii, (c) => [c.charCodeAt(0)]))

/** LEB128, unsigned. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

/** LEB128, signed. */
function signed(value: bigint): Code {
  if (value >= -64n && value < 64n) return [Number(value & 127n)]
  return [Number(value & 127n) | 128, ...signed(value >> 7n)]
}

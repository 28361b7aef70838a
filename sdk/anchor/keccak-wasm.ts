/**
 * Keccak-256 of 32 and of 64 bytes as a WebAssembly module of 2.3 kB, assembled here when it is
 * first used. WebAssembly has the 64-bit integers that JavaScript lacks: `npm run bench -- merkle` has the
 * difference. Small enough to be compiled synchronously anywhere.
 *
 * Keccak is FIPS 202 section 3 with the padding of the original submission (`01 00 … 80`), as
 * Ethereum uses it. 64 bytes fit into one block (136 bytes), so there is one permutation a hash.
 *
 * @module
 */
import {
  and,
  assemble,
  get,
  i32,
  i64,
  load,
  not,
  number32,
  number64,
  repeat,
  rotateLeft,
  set,
  store,
  xor,
  type Code,
} from './wasm.ts'

/** The memory of the module behind what it keeps for itself is the caller's: from here to 64 KiB. */
export const freeMemory = 512

/** FIPS 202 section 3.2.5: what is added to lane 0 in each round. */
const roundConstants = [
  0x0000000000000001n,
  0x0000000000008082n,
  0x800000000000808an,
  0x8000000080008000n,
  0x000000000000808bn,
  0x0000000080000001n,
  0x8000000080008081n,
  0x8000000000008009n,
  0x000000000000008an,
  0x0000000000000088n,
  0x0000000080008009n,
  0x000000008000000an,
  0x000000008000808bn,
  0x800000000000008bn,
  0x8000000000008089n,
  0x8000000000008003n,
  0x8000000000008002n,
  0x8000000000000080n,
  0x000000000000800an,
  0x800000008000000an,
  0x8000000080008081n,
  0x8000000000008080n,
  0x0000000080000001n,
  0x8000000080008008n,
]

/** FIPS 202 section 3.2.2: by how many bits lane x + 5y is rotated. */
const rotations = [
  0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
]

const five = [0, 1, 2, 3, 4]
const lanes = rotations.map((_, position) => position)

// Memory: the round constants, then a lane of 1, then zeros enough to be a right half.
const constantsEnd = 8 * roundConstants.length
const oneAt = constantsEnd
const zeroAt = oneAt + 8

// Parameters: addresses of the message's halves, of the lane behind them, and of where the hash goes.
const [left, right, behind, output] = [0, 1, 2, 3]
// Locals, all 64 bits wide but the last: two states, a row, and what theta makes.
const [stateA, stateB] = [4, 29]
const lane = (x: number, y: number) => (x % 5) + 5 * (y % 5)
const row = (x: number) => 54 + (x % 5)
const parity = (x: number) => 59 + (x % 5)
const effect = (x: number) => 64 + (x % 5)
const constantAt = 69

/**
 * One round, from one state to the other. Row by row, so that little is under way at a time, and two rounds
 * each time around, so that no state is copied: together a fifth faster.
 */
function roundOf(from: number, to: number, constant: number): Code {
  const theta = [
    ...five.flatMap((x) => {
      const column = five.map((y) => get(from + lane(x, y)))
      return set(parity(x), column.reduce(xor))
    }),
    ...five.flatMap((x) =>
      set(effect(x), xor(get(parity(x + 4)), rotateLeft(get(parity(x + 1)), 1))),
    ),
  ]
  // Pi moves lane (u, v) to (v, 2u + 3v): so (x, y) comes from (x + 3y, x).
  const rhoAndPi = (y: number) =>
    five.flatMap((x) => {
      const source = lane(x + 3 * y, x)
      const moved = xor(get(from + source), get(effect(x + 3 * y)))
      return set(row(x), rotateLeft(moved, rotations[source] ?? 0))
    })
  const chi = (y: number) =>
    five.flatMap((x) =>
      set(to + lane(x, y), xor(get(row(x)), and(not(get(row(x + 1))), get(row(x + 2))))),
    )
  const iota = set(to, xor(get(to), load(get(constantAt), constant)))
  return [...theta, ...five.flatMap((y) => [...rhoAndPi(y), ...chi(y)]), ...iota]
}

/** The padded message: 32 bytes, 32 bytes, and what is behind them; the last bit of the block is set. */
function messageLane(i: number): Code {
  if (i < 4) return load(get(left), 8 * i)
  if (i < 8) return load(get(right), 8 * (i - 4))
  if (i === 8) return load(get(behind), 0)
  return number64(i === 16 ? 1n << 63n : 0n)
}

const hash: Code = [
  ...lanes.flatMap((i) => set(stateA + i, messageLane(i))),
  ...set(constantAt, number32(0)),
  ...repeat(constantAt, 16, constantsEnd, [
    ...roundOf(stateA, stateB, 0),
    ...roundOf(stateB, stateA, 8),
  ]),
  ...[0, 1, 2, 3].flatMap((i) => store(get(output), 8 * i, get(stateA + i))),
]

/** What the module gives: addresses in, a hash of 32 bytes at the address `output` out. */
export interface KeccakModule {
  memory: Uint8Array
  hash32: (input: number, output: number) => void
  hash64: (left: number, right: number, output: number) => void
}

/**
 * Starts the module.
 *
 * @throws A `CompileError` where WebAssembly is forbidden (a page whose Content Security Policy lacks
 *   `wasm-unsafe-eval`), a `ReferenceError` where there is none.
 */
export function startKeccakModule(): KeccakModule {
  const locals = [
    [65, i64],
    [1, i32],
  ] as const
  const code = assemble({ parameters: 4, locals, body: hash, exportedAs: 'hash' })
  const { memory, hash: run } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports
  if (!(memory instanceof WebAssembly.Memory && isCallable(run))) {
    throw new TypeError('keccak: the module does not export what it was assembled with')
  }
  const words = new DataView(memory.buffer)
  for (const [i, value] of [...roundConstants, 1n].entries()) {
    words.setBigUint64(8 * i, value, true)
  }
  return {
    memory: new Uint8Array(memory.buffer),
    // The first bit of the padding is that of a right half that begins with 1.
    hash32: (input, to) => {
      run(input, oneAt, zeroAt, to)
    },
    hash64: (a, b, to) => {
      run(a, b, oneAt, to)
    },
  }
}

function isCallable(value: unknown): value is (...addresses: number[]) => void {
  return typeof value === 'function'
}

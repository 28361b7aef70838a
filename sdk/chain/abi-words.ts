/**
 * The little of the contract ABI that reading the registries needs: functions whose arguments and results are
 * 32-byte words. A test holds it and ethers together; ethers itself is 95 kB.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { toHex, utf8 } from '../lib/bytes.ts'
import { Address, Hash } from '../model/primitives.ts'

/** An argument: a hash, an address, or an unsigned number. */
export type Argument = Hash | Address | bigint | number

/** A function of a contract, by its signature: gives the call data for its arguments. */
export function encoderOf(signature: string): (...args: readonly Argument[]) => string {
  const selector = toHex(keccak256(utf8(signature)).subarray(0, 4))
  return (...args) => `0x${selector}${args.map(digitsOf).join('')}`
}

/** The first topic of an event, by its signature. */
export function topicOf(signature: string): Hash {
  return Hash.parse(`0x${toHex(keccak256(utf8(signature)))}`)
}

/** An argument as a topic. */
export function wordOf(argument: Argument): Hash {
  return Hash.parse(`0x${digitsOf(argument)}`)
}

/**
 * The words of what a node gave as hex.
 *
 * @throws `RangeError` unless there are exactly `count`.
 */
export function splitWords(data: unknown, count: number): readonly Hash[] {
  if (typeof data !== 'string' || data.length !== 2 + 64 * count) {
    throw new RangeError(`expected ${count} words`)
  }
  return Array.from({ length: count }, (_, i) =>
    Hash.parse(data.slice(0, 2) + data.slice(2 + 64 * i, 66 + 64 * i)),
  )
}

/**
 * A word as a number.
 *
 * @throws `RangeError` beyond 2^53: no number of the registries is that large.
 */
export function numberOf(word: Hash | undefined): number {
  const number = Number(word)
  if (!Number.isSafeInteger(number)) throw new RangeError('expected a smaller number')
  return number
}

/**
 * A word as an address.
 *
 * @throws `RangeError` if it is longer than one.
 */
export function addressOf(word: Hash | undefined): Address {
  if (word?.startsWith('0x000000000000000000000000') !== true) throw new RangeError('no address')
  return Address.parse(`0x${word.slice(26)}`)
}

function digitsOf(argument: Argument): string {
  const digits = typeof argument === 'string' ? argument.slice(2) : argument.toString(16)
  return digits.padStart(64, '0')
}

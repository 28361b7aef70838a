import { hexlify, randomBytes } from 'ethers'

/** Gas of one transaction that served so many credentials. */
export interface GasRow {
  name: string
  gas: number
  credentials: number
}

/** `count` values that no contract has seen. */
export function freshHashes(count: number): readonly string[] {
  return Array.from({ length: count }, () => hexlify(randomBytes(32)))
}

/** The first of `values`; a chain without accounts is none. */
export function nth<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new Error(`gas: nothing at ${index}`)
  return value
}

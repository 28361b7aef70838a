/**
 * Everything that others may use of Livret's SDK: `#sdk` inside this tree.
 *
 * @module
 */
export * from './errors.ts'
export * from './chain/source.ts'
export { toHash } from './lib/bytes.ts'
export type { Signer } from './formats/signer.ts'
export * from './model/format.ts'
export * from './model/jwk.ts'
export * from './model/policy.ts'
export * from './model/primitives.ts'
export * from './model/receipt.ts'
export * from './model/report.ts'
export * from './model/scope.ts'

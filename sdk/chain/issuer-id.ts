import { keccak256 } from '../anchor/keccak.ts'
import { toHash, utf8 } from '../lib/bytes.ts'
import { memo } from '../lib/memo.ts'
import type { Hash, IssuerId } from '../model/primitives.ts'

/** The name under which the chain knows an issuer: keccak256 of its DID (UTF-8), exactly as it is written. */
export const issuerIdOf: (issuer: IssuerId) => Hash = memo(4096, (issuer) =>
  toHash(keccak256(utf8(issuer))),
)

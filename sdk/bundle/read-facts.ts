import type { RecordName } from '../chain/registry-calls.ts'
import type {
  AccreditationRecord,
  AnchorState,
  IssuerState,
  KeyState,
  StatusWord,
} from '../chain/source.ts'
import type { ChainPin, ContractPin } from '../model/policy.ts'
import type { Address } from '../model/primitives.ts'
import type { Questions } from './questions.ts'
import { readAnchor, readIssuer, readKey, readRecord, readStatus } from './read-registries.ts'
import type { NamedRecord } from './record-series.ts'
import { openContract, type ReadSlot } from './state-proof.ts'
import type { NodePool } from './trie.ts'

/** What a block's state says about one credential. */
export interface Facts {
  anchors: ReadonlyMap<Address, AnchorState | undefined>
  issuer: IssuerState | undefined
  key: KeyState | undefined
  status: StatusWord | undefined
  /** Those that the bundle names and that are there. */
  records: readonly AccreditationRecord[]
  named: readonly NamedRecord[]
}

/**
 * Reads everything from proofs.
 *
 * @throws `RangeError` if a node is missing, or a registry is not there with the code that the policy pins.
 */
export function readFacts(
  pool: NodePool,
  stateRoot: Uint8Array,
  accreditations: readonly RecordName[],
  pin: ChainPin,
  { issuerId, thumbprint, operators, root, status }: Questions,
): Facts {
  const open = (name: string, contract: ContractPin): ReadSlot => {
    const opened = openContract(pool, stateRoot, contract)
    if (typeof opened === 'function') return opened
    const there = opened.actual ?? 'none'
    throw new RangeError(
      `the code of the ${name} is ${there}, the policy pins ${contract.codeHash}`,
    )
  }
  const registry = open('AccreditationRegistry', pin.accreditationRegistry)
  const anchors = open('AnchorRegistry', pin.anchorRegistry)
  const statuses = open('StatusRegistry', pin.statusRegistry)
  const records = accreditations.map((name) => ({ name, record: readRecord(registry, name) }))
  return {
    anchors: new Map(operators.map((operator) => [operator, readAnchor(anchors, operator, root)])),
    issuer: readIssuer(registry, issuerId),
    key: readKey(registry, issuerId, thumbprint),
    status: status && readStatus(statuses, issuerId, status.list, status.word),
    records: records.flatMap(({ record }) => record ?? []),
    named: records.map(({ name, record }) => ({ name, isThere: record !== undefined })),
  }
}

import type { RecordName } from '../chain/registry-calls.ts'
import type { Hash } from '../model/primitives.ts'
import type { Questions } from './questions.ts'
import {
  anchorSlot,
  bindingSlot,
  issuerSlot,
  keySlot,
  nextSlot,
  recordSlot,
  statusSlot,
} from './storage-layout.ts'

/** Slots of each registry. */
export interface RegistrySlots {
  accreditations: readonly Hash[]
  anchors: readonly Hash[]
  statuses: readonly Hash[]
}

/** Every slot that answering the questions may take, for an issuer with so many bindings. */
export function slotsOf(
  { issuerId, thumbprint, operators, root, status }: Questions,
  records: readonly RecordName[],
  bindings: number,
): RegistrySlots {
  const issuer = issuerSlot(issuerId)
  return {
    accreditations: [
      issuer,
      nextSlot(issuer),
      ...Array.from({ length: bindings }, (_, number) => bindingSlot(issuerId, number)),
      keySlot(issuerId, thumbprint),
      ...records.map(recordSlot),
    ],
    anchors: operators.map((operator) => anchorSlot(operator, root)),
    statuses:
      status === undefined
        ? []
        : (['revoked', 'suspended'] as const).map((map) =>
            statusSlot(map, issuerId, status.list, status.word),
          ),
  }
}

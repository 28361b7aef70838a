import { attacksOn, type HostileCase } from './case.ts'
import { addressCases } from './cases/addresses.ts'
import { dateCases } from './cases/dates.ts'
import { didCases } from './cases/dids.ts'
import { embeddedProofCases } from './cases/embedded-proofs.ts'
import { encodingCases } from './cases/encoding.ts'
import { headerCases } from './cases/headers.ts'
import { jsonCases } from './cases/json.ts'
import { presentationCases } from './cases/presentations.ts'
import { receiptCases } from './cases/receipts.ts'
import { sdJwtCases } from './cases/sd-jwts.ts'
import { signatureCases } from './cases/signatures.ts'
import { sizeCases } from './cases/sizes.ts'
import { statusListCases } from './cases/status-lists.ts'
import type { Stand } from './stand.ts'

/** A theme, and its cases. */
export interface CaseGroup {
  name: string
  cases: readonly HostileCase[]
}

/** Every hostile case of issue 3, item 3, theme by theme. */
export async function hostileCases(stand: Stand): Promise<readonly CaseGroup[]> {
  const attacks = attacksOn(stand)
  return [
    { name: 'encoding', cases: encodingCases(attacks) },
    { name: 'headers', cases: await headerCases(attacks) },
    { name: 'signatures and claims', cases: await signatureCases(attacks) },
    { name: 'JSON', cases: await jsonCases(attacks) },
    { name: 'dates', cases: await dateCases(attacks) },
    { name: 'sizes', cases: await sizeCases(attacks) },
    { name: 'DIDs', cases: await didCases(attacks) },
    { name: 'status lists', cases: await statusListCases(attacks) },
    { name: 'addresses', cases: await addressCases(attacks) },
    { name: 'presentations', cases: await presentationCases(attacks) },
    { name: 'SD-JWTs', cases: await sdJwtCases(attacks) },
    { name: 'receipts', cases: receiptCases(attacks) },
    { name: 'embedded proofs', cases: await embeddedProofCases(attacks) },
  ]
}

/**
 * A chain as its nodes say it was at one block.
 *
 * @module
 */
import { createPromiseCache } from '../lib/promise-cache.ts'
import type { ChainPin } from '../model/policy.ts'
import type { Address, Hash } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'
import { splitWords } from './abi-words.ts'
import type { AccreditationHistory } from './accreditation-history.ts'
import type { Ask } from './endpoints.ts'
import {
  accreditationCall,
  anchorCall,
  bindingCall,
  issuerCall,
  keyCall,
  statusCall,
  type RegistryCall,
} from './registry-calls.ts'
import { wellFormed } from './rpc.ts'
import type {
  AccreditationRecord,
  AnchorState,
  ChainView,
  IssuerState,
  KeyState,
  StatusWord,
} from './source.ts'

/**
 * Makes a view of `block`. Every question goes to the chain once; what failed may be asked again.
 *
 * @param ask - Asks a node that was checked to serve the pinned chain.
 */
export function createOnlineView(
  pin: ChainPin,
  block: BlockRef,
  ask: Ask,
  history: AccreditationHistory,
): ChainView {
  const accreditations = pin.accreditationRegistry.address
  const anchors = createPromiseCache<AnchorState | undefined>()
  const issuers = createPromiseCache<IssuerState | undefined>()
  const keys = createPromiseCache<KeyState | undefined>()
  const records = createPromiseCache<readonly AccreditationRecord[]>()
  const statuses = createPromiseCache<StatusWord>()

  /** By the block's hash: a node that does not have it says so, instead of answering for another. */
  function call<Answer>(to: Address, { data, words, read }: RegistryCall<Answer>): Promise<Answer> {
    return ask(async ({ url, request }) => {
      const answer = await request('eth_call', [{ to, data }, { blockHash: block.hash }])
      const meaning = wellFormed(url, 'eth_call', () => ({
        answer: read(splitWords(answer, words)),
      }))
      return meaning.answer
    })
  }

  async function readIssuer(issuerId: Hash): Promise<IssuerState | undefined> {
    const head = await call(accreditations, issuerCall(issuerId))
    if (head === undefined) return undefined
    const bindings = await Promise.all(
      Array.from({ length: head.bindings }, (_, i) =>
        call(accreditations, bindingCall(issuerId, i)),
      ),
    )
    return { ...head, bindings: bindings.flatMap((binding) => binding ?? []) }
  }

  async function readRecords(subject: Address): Promise<readonly AccreditationRecord[]> {
    const names = await history.namesOf(subject, block)
    const found = await Promise.all(
      names.map((name) => call(accreditations, accreditationCall(name))),
    )
    return found.flatMap((record) => record ?? [])
  }

  return {
    pin,
    block,
    anchorOf: (operator, root) =>
      anchors.get(operator + root, () =>
        call(pin.anchorRegistry.address, anchorCall(operator, root)),
      ),
    issuerOf: (issuerId) => issuers.get(issuerId, () => readIssuer(issuerId)),
    keyOf: (issuerId, thumbprint) =>
      keys.get(issuerId + thumbprint, () => call(accreditations, keyCall(issuerId, thumbprint))),
    accreditationsOf: (subject) => records.get(subject, () => readRecords(subject)),
    statusOf: (issuerId, list, word) =>
      statuses.get(`${issuerId}/${list.toString()}/${word}`, () =>
        call(pin.statusRegistry.address, statusCall(issuerId, list, word)),
      ),
  }
}

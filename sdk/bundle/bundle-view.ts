import type { ChainView } from '../chain/source.ts'
import { RegistryError } from '../errors.ts'
import type { ChainPin } from '../model/policy.ts'
import type { BlockHeader } from './header.ts'
import type { Questions } from './questions.ts'
import type { Facts } from './read-facts.ts'

/**
 * A chain as a bundle proves it, at one block. It answers the questions of one credential; every other one is
 * refused with `EVIDENCE_MISSING`, since "not in the bundle" is not "not there".
 */
export function createBundleView(
  pin: ChainPin,
  { number, hash, timestamp }: BlockHeader,
  { issuerId, thumbprint, root, status }: Questions,
  facts: Facts,
): ChainView {
  /** `answer`, if it is the answer to the question. */
  async function only<T>(isAnswered: boolean, what: string, answer: T): Promise<T> {
    if (isAnswered) return Promise.resolve(answer)
    const reason = `it says nothing about ${what}`
    throw new RegistryError('EVIDENCE_MISSING', { chain: pin.name, reason })
  }

  return {
    pin,
    block: { chainId: pin.chainId, number, hash, timestamp },
    anchorOf: (operator, asked) =>
      only(
        asked === root && facts.anchors.has(operator),
        `batch ${asked} of ${operator}`,
        facts.anchors.get(operator),
      ),
    issuerOf: (asked) => only(asked === issuerId, `issuer ${asked}`, facts.issuer),
    keyOf: (asked, key) => only(asked === issuerId && key === thumbprint, `key ${key}`, facts.key),
    // Records that a bundle leaves out could only make the verdict better if it had to show them: see series.
    accreditationsOf: (subject) =>
      Promise.resolve(facts.records.filter((record) => record.subject === subject)),
    async statusOf(asked, list, word) {
      const isIt = asked === issuerId && list === status?.list && word === status.word
      const zero = { revoked: 0n, suspended: 0n }
      return only(
        isIt && facts.status !== undefined,
        `status ${list.toString()}/${word}`,
        facts.status ?? zero,
      )
    },
  }
}

import type { AnchoredCredential } from '../model/receipt.ts'
import type { Report } from '../model/report.ts'

/** How many are verified at the same time, so that their questions to chains and hosts travel together. */
const atOnce = 64

/**
 * Verifies any number of credentials, one after the other as they come: however many there are, no more
 * than 64 are held at any time, and none is asked for before there is room.
 *
 * @param verify - Verifies one; never rejects.
 * @param inputs - Asked for the next one only when the reports before are taken.
 * @returns One report for each input, in their order. Ends early if nobody takes more; rejects with what
 *   `inputs` throws.
 */
export async function* verifyMany<Input = string | AnchoredCredential>(
  verify: (input: Input) => Promise<Report>,
  inputs: AsyncIterable<Input> | Iterable<Input>,
): AsyncGenerator<Report, void, void> {
  const waiting: Promise<Report>[] = []
  for await (const input of inputs) {
    waiting.push(verify(input))
    const first = waiting.length < atOnce ? undefined : waiting.shift()
    if (first !== undefined) yield await first
  }
  for (const each of waiting) yield await each
}

import fc from 'fast-check'
import type { Stand } from '../hostile/stand.ts'
import { editJson, jsonEdit } from './edit-json.ts'
import {
  askedOf,
  holdJwsToLaws,
  holdToLaws,
  tokenNames,
  type Asked,
  type TokenName,
} from './laws.ts'
import { mutate, mutation, type Mutation, type Signing } from './mutation.ts'

/** How much is tried. */
export interface FuzzOptions {
  runs: number
  /** Repeats the run that a failure names. */
  seed?: number
  /** Stands in for the verifiers, in tests. */
  asked?: Asked
  /** Called after each case. */
  onCase?: () => void
}

const presented = new Set<TokenName>(['vpJwt', 'jwtVpJson', 'sdJwtBound'])

/** The same token; or an SD-JWT without holder's signature that discloses less. */
function isCopy(name: TokenName, text: string, token: string): boolean {
  const jwtOf = (each: string) => each.split('~', 1)[0]
  return text === token || (name === 'sdJwt' && jwtOf(text) === jwtOf(token))
}

/**
 * Changes good tokens of every format in all ways, and holds decoding and verifying to their laws.
 *
 * @throws What fast-check throws: the smallest change that breaks a law, and the seed to repeat it.
 */
export async function fuzz(stand: Stand, options: FuzzOptions): Promise<void> {
  const { runs, seed, onCase } = options
  const plain = options.asked ?? askedOf(stand, false)
  const anchored = options.asked ?? askedOf(stand, true)
  const signing: Signing = {
    attacker: (data) => stand.attacker.signer.sign(data),
    issuer: (data) => stand.issuer.signer.sign(data),
  }

  async function attackToken(name: TokenName, changes: readonly Mutation[]): Promise<void> {
    const good = stand.tokens[name]
    const token = typeof good === 'string' ? good : good.credential
    let text = token
    for (const change of changes) text = await mutate(text, change, signing).catch(() => text)
    const mayBeValid =
      isCopy(name, text.trim(), token) ||
      changes.some((change) => change.kind === 'claims' && change.signer === 'issuer')
    await holdJwsToLaws(text, stand, mayBeValid)
    if (typeof good === 'string') {
      const isPresentation = presented.has(name)
      await holdToLaws(text, { asked: plain, isPresentation, mayBeValid })
      return
    }
    // What the issuer signs today is not what was anchored yesterday.
    const isSame = text.trim() === token
    const input = JSON.stringify({ ...good, credential: text })
    await holdToLaws(input, { asked: anchored, isPresentation: false, mayBeValid: isSame })
  }

  async function attackReceipt(text: string): Promise<void> {
    const { credential, receipt } = stand.tokens.anchored
    const essence = [credential, receipt.salt, receipt.root, ...receipt.proof, receipt.format]
    const mayBeValid = essence.every((part) => text.includes(`"${part}"`))
    await holdToLaws(text, { asked: anchored, isPresentation: false, mayBeValid })
  }

  const attack = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...tokenNames), fc.array(mutation, { minLength: 1, maxLength: 2 }))
        .map(([name, changes]) => ({ name, changes })),
    },
    fc
      .array(jsonEdit, { minLength: 1, maxLength: 3 })
      .map((edits) => ({ receipt: editJson(stand.tokens.anchored, edits) })),
  )
  const property = fc.asyncProperty(attack, async (each) => {
    await ('receipt' in each ? attackReceipt(each.receipt) : attackToken(each.name, each.changes))
    onCase?.()
  })
  await fc.assert(property, { numRuns: runs, ...(seed !== undefined && { seed }) })
}

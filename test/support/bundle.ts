/**
 * Bundles of what a world has issued, and policies that trust their blocks.
 *
 * @module
 */
import { readBundle, type Bundle } from '../../sdk/bundle/bundle.ts'
import { readHeader } from '../../sdk/bundle/header.ts'
import { makeBundle } from '../../sdk/bundle/make-bundle.ts'
import { failOver, localEndpoint } from '../../sdk/chain/endpoints.ts'
import { canonicalize } from '../../sdk/lib/canonicalize.ts'
import { fromBase64url } from '../../sdk/lib/base64url.ts'
import { Policy } from '../../sdk/model/policy.ts'
import type { AnchoredCredential } from '../../sdk/model/receipt.ts'
import type { World } from './world.ts'

/** A bundle and who believes it when. */
export interface TestBundle {
  text: string
  /** Pins the bundle's blocks. */
  policy: Policy
  /** The second of the newest of its blocks, in milliseconds. */
  now: number
}

/** Bundles a credential of `world`, on the chains of these numbers (default: all). */
export async function bundleOf(
  world: World,
  input: AnchoredCredential,
  numbers = world.places.map((_, i) => i),
): Promise<TestBundle> {
  const chains = numbers.map((number) => {
    const { pin, chain } = world.places[number]!
    return { pin, ask: failOver([localEndpoint(pin.name, chain.request)], pin.name) }
  })
  return pinned(await makeBundle(input, chains), world.policy())
}

/** `policy` with the bundle's blocks pinned, whatever they are. */
export function pinned(text: string, policy: Policy): TestBundle {
  const headers = new Map(
    readBundle(text).chains.map(({ chainId, header }) => [
      chainId,
      readHeader(fromBase64url(header)!),
    ]),
  )
  const chains = policy.chains.map((pin) => {
    const block = headers.get(pin.chainId)
    return block === undefined
      ? pin
      : { ...pin, finalizedBlocks: [{ number: block.number, hash: block.hash }] }
  })
  const newest = Math.max(...[...headers.values()].map(({ timestamp }) => timestamp))
  return { text, policy: Policy.parse({ ...policy, chains }), now: newest * 1000 }
}

/** The same bundle with something else in it, in canonical form. */
export function changed(text: string, change: (bundle: Bundle) => object): string {
  return canonicalize(change(JSON.parse(text) as Bundle))
}

/**
 * Making a bundle: asking chains for everything that an offline verifier will ask.
 *
 * @module
 */
import { createAccreditationHistory } from '../chain/accreditation-history.ts'
import type { Ask } from '../chain/endpoints.ts'
import { createOnlineView } from '../chain/online-view.ts'
import { readBlock, readFinalBlock } from '../chain/read-block.ts'
import type { RecordName } from '../chain/registry-calls.ts'
import type { ChainView } from '../chain/source.ts'
import { unreachable } from '../chain/rpc.ts'
import { RegistryError } from '../errors.ts'
import { canonicalize } from '../lib/canonicalize.ts'
import { toBase64url } from '../lib/base64url.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { ChainPin } from '../model/policy.ts'
import type { AnchoredCredential, Receipt } from '../model/receipt.ts'
import type { BlockRef } from '../model/report.ts'
import { readCredentialInput } from '../verify/read-credential-input.ts'
import { writeBundle, type Bundle, type BundleChain } from './bundle.ts'
import { readCheckpoint } from './checkpoint.ts'
import { fetchNodes } from './fetch-nodes.ts'
import { findRecords, type AskedChain } from './find-records.ts'
import { readHeader } from './header.ts'
import { readRawHeader } from './header-of-block.ts'
import { questionsOf } from './questions.ts'
import { readFacts } from './read-facts.ts'
import { slotsOf } from './slots-of.ts'
import { createNodePool } from './trie.ts'

/** A chain that a bundle is to speak about. */
export interface ChainToBundle {
  pin: ChainPin
  /** Asks a node of the chain that keeps the state of the block. */
  ask: Ask
  /** Answers about the block that is taken; else everything is asked anew. */
  view?: ChainView
  /** Vouches for the block that is taken. Without it: the newest that the pin names, else the newest final one. */
  checkpoint?: string
}

/**
 * Makes the bundle of a credential.
 *
 * @param input - The credential and its receipt, which must bring the issuer's key.
 * @param chains - Those of the verifier's policy; all of them, or it will stay undecided.
 * @returns The bundle's text. What it proves need not speak for the credential: verify it.
 * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if a chain does not give a proof of the block, `INPUT_INVALID` if
 *   the receipt has no key or a checkpoint is not about its chain, `TOKEN_INVALID` if the credential cannot be read.
 */
export async function makeBundle(
  input: AnchoredCredential,
  chains: readonly ChainToBundle[],
): Promise<string> {
  const inOrder = chains.toSorted((a, b) => a.pin.chainId - b.pin.chainId)
  const receipt = bundledReceipt(input.receipt, inOrder)
  const credential = input.credential.startsWith('{')
    ? canonicalize(JSON.parse(input.credential))
    : input.credential
  const { decoded } = await readCredentialInput({ credential, receipt })
  const asked = await Promise.all(
    inOrder.map(async (chain) => {
      const view = chain.view ?? (await lookAnew(chain))
      const { pin, ask, checkpoint } = chain
      return { view, questions: questionsOf(decoded, receipt, pin), ask, checkpoint }
    }),
  )
  const records = await findRecords(asked, decoded)
  const proven = await Promise.all(asked.map((chain, i) => bundleChain(chain, records[i] ?? [])))
  return writeBundle({ type: 'LivretBundle', version: 1, credential, receipt, chains: proven })
}

async function bundleChain(
  { view, questions, ask, checkpoint }: AskedChain & { ask: Ask; checkpoint: string | undefined },
  accreditations: readonly RecordName[],
): Promise<BundleChain> {
  const { pin, block } = view
  const issuer = await view.issuerOf(questions.issuerId)
  const slots = slotsOf(questions, accreditations, issuer?.bindings.length ?? 0)
  const fetched = await Promise.all([
    fetchNodes(ask, pin.accreditationRegistry.address, slots.accreditations, block.number),
    fetchNodes(ask, pin.anchorRegistry.address, slots.anchors, block.number),
    fetchNodes(ask, pin.statusRegistry.address, slots.statuses, block.number),
  ])
  const header = await ask((endpoint) => readRawHeader(endpoint, block.hash))
  const nodes = neededOf(
    fetched.flat(),
    readHeader(header).stateRoot,
    accreditations,
    view.pin,
    questions,
  )
  return {
    chainId: pin.chainId,
    header: toBase64url(header),
    ...(checkpoint !== undefined && { checkpoint }),
    accreditations: [...accreditations],
    nodes,
  }
}

/** Those of the nodes that a verifier will need, as a bundle lists them. */
function neededOf(
  nodes: readonly Uint8Array[],
  stateRoot: Uint8Array,
  accreditations: readonly RecordName[],
  pin: ChainPin,
  questions: AskedChain['questions'],
): string[] {
  const pool = createNodePool(nodes)
  try {
    readFacts(pool, stateRoot, accreditations, pin, questions)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw unreachable(pin.name, `its proof does not hold: ${error.message}`, error)
  }
  return pool.needed().map(toBase64url).toSorted()
}

async function lookAnew({ pin, ask, checkpoint }: ChainToBundle): Promise<ChainView> {
  const block = await blockOf(pin, ask, checkpoint)
  return createOnlineView(pin, block, ask, createAccreditationHistory(pin, ask))
}

async function blockOf(pin: ChainPin, ask: Ask, checkpoint: string | undefined): Promise<BlockRef> {
  const wanted = checkpoint === undefined ? newestPinned(pin) : readCheckpoint(checkpoint, pin)
  if (wanted === undefined && checkpoint !== undefined) {
    const problems = [`it is not about ${pin.name}`]
    throw new RegistryError('INPUT_INVALID', { input: 'checkpoint', problems })
  }
  if (wanted === undefined) return ask((endpoint) => readFinalBlock(endpoint, pin))
  return ask(async (endpoint) => {
    const block = await readBlock(endpoint, pin.chainId, wanted.hash)
    if (block === undefined) throw unreachable(endpoint.url, `it lacks block ${wanted.hash}`)
    return block
  })
}

function newestPinned({ finalizedBlocks = [] }: ChainPin) {
  return finalizedBlocks.toSorted((a, b) => b.number - a.number)[0]
}

/** The receipt with its anchors on these chains, and nothing that no proof can reach. */
function bundledReceipt(
  { issuerKey, anchors, ...receipt }: Receipt,
  chains: readonly ChainToBundle[],
): Bundle['receipt'] {
  if (issuerKey === undefined) {
    const problems = ['issuerKey: missing']
    throw new RegistryError('INPUT_INVALID', { input: 'receipt', problems })
  }
  const here = anchors.filter(({ chainId, registry }) =>
    chains.some(({ pin }) => pin.chainId === chainId && pin.anchorRegistry.address === registry),
  )
  if (here.length === 0) {
    const problems = ['anchors: none on the chains of the bundle']
    throw new RegistryError('INPUT_INVALID', { input: 'receipt', problems })
  }
  const byText = new Map(here.map((anchor) => [canonicalize(anchor), anchor]))
  const inOrder = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, anchor]) => anchor)
  return { ...receipt, anchors: inOrder, issuerKey: bareKey(issuerKey) }
}

function bareKey(jwk: PublicJwk): Bundle['receipt']['issuerKey'] {
  if (jwk.kty === 'OKP') return { kty: jwk.kty, crv: jwk.crv, x: jwk.x }
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }
}

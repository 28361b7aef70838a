/**
 * What must hold after every blow: each acknowledged credential is anchored exactly once, no status entry
 * is used twice, and nothing is valid that should not be.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createDidResolver,
  createStatusListFetcher,
  createVerifier,
  receiptLeaf,
  type AnchoredCredential,
  type Policy,
  type Receipt,
  type Verifier,
} from '#sdk'
import { z } from 'zod'
import type { Known, Clients } from './clients.ts'
import type { Ledger } from './ledger.ts'

/** What is looked at: what clients know of it, and what lies there. */
export interface Examined {
  clients: Clients
  /** Of somebody else, who trusts the server's chains. */
  policy: () => Promise<Policy>
  ledger: () => Promise<Ledger>
  /** Undefined while everything that should run does; else, what does not. */
  problem: () => string | undefined
}

/** Many times what it takes: the machine may be busy with other things. */
const patienceMilliseconds = 180_000

const Claims = z.object({
  credentialStatus: z.array(z.object({ type: z.string(), id: z.string() })),
})

/** Waits until nothing is left to be done. Answers what speaks against it; nothing if all is well. */
export async function checkAll(
  examined: Examined,
  fresh: readonly Known[],
): Promise<readonly string[]> {
  const { clients, policy } = examined
  const settled = await settle(examined)
  if (typeof settled === 'string') return [settled]
  const verifier = openVerifier(await policy())
  const found: string[] = []
  for (const each of fresh) found.push(...(await checkOne(clients, settled, verifier, each)))
  return [...found, ...checkRoots(settled), ...checkEntries([...clients.known.values()])]
}

/** Asks chain and host by itself. */
function openVerifier(policy: Policy): Verifier {
  const web = { allowLoopbackHttp: true }
  return createVerifier({
    policy,
    resolver: createDidResolver(web),
    fetchStatusList: createStatusListFetcher(web),
  })
}

async function settle({ ledger: read, problem }: Examined): Promise<Ledger | string> {
  let open = Infinity
  for (const began = Date.now(); Date.now() - began < patienceMilliseconds;) {
    const stopped = problem()
    if (stopped !== undefined) return stopped
    // Chain or database may be on their way back.
    const ledger = await read().catch(() => undefined)
    if (ledger?.open === 0) return ledger
    open = ledger?.open ?? open
    await sleep(200)
  }
  return `${open} things are still open after ${patienceMilliseconds / 1000} s`
}

async function checkOne(
  clients: Clients,
  { places, anchored }: Ledger,
  verifier: Verifier,
  credential: Known,
): Promise<readonly string[]> {
  const { id, text, isRevoked } = credential
  const again = await clients.ask(`/credentials/${encodeURIComponent(id)}`)
  if (again.status !== 200) return [`${id} is lost`]
  const receipt = await receiptOf(clients, credential)
  if (receipt === undefined) return [`${id} has no receipt`]

  const roots = places
    .filter(([leaf]) => leaf === leafOf(credential, receipt))
    .map(([, root]) => root)
  const times = anchored.map((chain) => chain.filter((root) => root === receipt.root).length)
  const expected = isRevoked ? 'invalid' : 'valid'
  const verdict = await verdictOf(verifier, { credential: text, receipt })
  const { verdict: bare } = await verifier.verifyCredential(text)
  return [
    ...(clients.textOf(again.text) === text ? [] : [`${id} is not what was given out`]),
    ...(roots.join() === receipt.root ? [] : [`${id} lies in ${roots.length} batches`]),
    ...(times.every((each) => each === 1)
      ? []
      : [`the root of ${id} was anchored ${times.join(' and ')} times`]),
    ...(receipt.anchors.length === times.length ? [] : [`${id} lacks a chain in its receipt`]),
    ...(verdict === expected ? [] : [`${id} is ${verdict}, not ${expected}`]),
    ...(bare === 'valid' ? [`${id} is valid without its receipt`] : []),
  ]
}

/** A server that has just started may still be slow to answer. */
async function receiptOf(clients: Clients, credential: Known, attempts = 10) {
  const receipt = await clients.receiptOf(credential)
  if (receipt !== undefined || attempts === 0) return receipt
  await sleep(1_000)
  return receiptOf(clients, credential, attempts - 1)
}

/** Undecided means that a host or a node did not answer in time: worth asking again. */
async function verdictOf(verifier: Verifier, input: AnchoredCredential, attempts = 3) {
  const { verdict } = await verifier.verifyCredential(input)
  if (verdict !== 'undecided' || attempts === 0) return verdict
  await sleep(2_000)
  return verdictOf(verifier, input, attempts - 1)
}

function leafOf({ format, text }: Known, { salt }: Receipt) {
  return receiptLeaf({ format, salt }, text)
}

/** Nothing was anchored that the store does not know, nothing twice, and nothing is missing. */
function checkRoots({ roots, anchored }: Ledger): readonly string[] {
  return anchored
    .filter((chain) => roots.toSorted().join() !== chain.toSorted().join())
    .map((chain) => `${roots.length} batches, but ${chain.length} anchorings`)
}

function checkEntries(known: readonly Known[]): readonly string[] {
  const entries = known.map(({ text }) => {
    const [, payload = ''] = text.split('.')
    const claims = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    return claims.credentialStatus.find(({ type }) => type === 'OnChainStatusEntry')?.id
  })
  const twice = entries.filter((entry, i) => entries.indexOf(entry) < i)
  return twice.map((entry) => `${String(entry)} is used twice`)
}

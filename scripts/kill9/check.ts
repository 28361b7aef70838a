/**
 * What must hold after every blow: each acknowledged credential is anchored exactly once, no status entry
 * is used twice, and nothing is valid that should not be.
 *
 * @module
 */
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createDidResolver,
  createStatusListFetcher,
  createVerifier,
  parsePolicy,
  receiptLeaf,
  type Receipt,
  type Verifier,
} from '#sdk'
import { z } from 'zod'
import { readLedger, type Ledger } from './ledger.ts'
import type { Known, Stand } from './stand.ts'

const patienceMilliseconds = 60_000

const Claims = z.object({
  credentialStatus: z.array(z.object({ type: z.string(), id: z.string() })),
})

/** Waits until nothing is left to be done. Answers what speaks against it; nothing if all is well. */
export async function checkAll(stand: Stand, fresh: readonly Known[]): Promise<readonly string[]> {
  const settled = await settle(stand)
  if (typeof settled === 'string') return [settled]
  const verifier = await openVerifier(stand.dataDir)
  const found = await Promise.all(fresh.map((each) => checkOne(stand, settled, verifier, each)))
  return [...found.flat(), ...checkRoots(settled), ...checkEntries([...stand.known.values()])]
}

/** A verifier of somebody else, who trusts the server's policy and asks chain and host by itself. */
async function openVerifier(dataDir: string): Promise<Verifier> {
  const policy = parsePolicy(await readFile(join(dataDir, 'policy.json'), 'utf8'))
  const web = { allowLoopbackHttp: true }
  return createVerifier({
    policy,
    resolver: createDidResolver(web),
    fetchStatusList: createStatusListFetcher(web),
  })
}

async function settle({ dataDir, isServing }: Stand): Promise<Ledger | string> {
  let open = Infinity
  for (const began = Date.now(); Date.now() - began < patienceMilliseconds;) {
    if (!isServing()) return 'the server ended by itself'
    // Chain or database may be on their way back.
    const ledger = await readLedger(dataDir).catch(() => undefined)
    if (ledger?.open === 0) return ledger
    open = ledger?.open ?? open
    await sleep(200)
  }
  return `${open} things are still open after ${patienceMilliseconds / 1000} s`
}

async function checkOne(
  stand: Stand,
  { places, anchored }: Ledger,
  verifier: Verifier,
  credential: Known,
): Promise<readonly string[]> {
  const { id, text, isRevoked } = credential
  const again = await stand.ask(`/credentials/${encodeURIComponent(id)}`)
  if (again.status !== 200) return [`${id} is lost`]
  const receipt = await stand.receiptOf(credential)
  if (receipt === undefined) return [`${id} has no receipt`]

  const roots = places
    .filter(([leaf]) => leaf === leafOf(credential, receipt))
    .map(([, root]) => root)
  const times = anchored.filter((root) => root === receipt.root).length
  const expected = isRevoked ? 'invalid' : 'valid'
  const { verdict } = await verifier.verifyCredential({ credential: text, receipt })
  const { verdict: bare } = await verifier.verifyCredential(text)
  return [
    ...(stand.textOf(again.text) === text ? [] : [`${id} is not what was given out`]),
    ...(roots.join() === receipt.root ? [] : [`${id} lies in ${roots.length} batches`]),
    ...(times === 1 ? [] : [`the root of ${id} was anchored ${times} times`]),
    ...(verdict === expected ? [] : [`${id} is ${verdict}, not ${expected}`]),
    ...(bare === 'valid' ? [`${id} is valid without its receipt`] : []),
  ]
}

function leafOf({ format, text }: Known, { salt }: Receipt) {
  return receiptLeaf({ format, salt }, text)
}

/** Nothing was anchored that the store does not know, nothing twice, and nothing is missing. */
function checkRoots({ roots, anchored }: Ledger): readonly string[] {
  const isSame = roots.toSorted().join() === anchored.toSorted().join()
  return isSame ? [] : [`${roots.length} batches, but ${anchored.length} anchorings`]
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

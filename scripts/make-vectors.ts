/**
 * `npm run make-vectors`: writes `test/vectors/`, fictional all of it: receipt and commitment of a certificate, and
 * bundles with the policies under which they verify, today and in a hundred years.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  commitmentOf,
  createSigner,
  credentialDigest,
  generateKey,
  leafOf,
  makeBundle,
  Policy,
  signCheckpoint,
  toHash,
  verifyBundle,
  type AnchoredCredential,
  type ChainPin,
  type ChainToBundle,
} from '#sdk'
import { anchorAward, newSchool, signAward } from './make-vectors/award.ts'
import { startTrustChain, type TrustChain } from './make-vectors/trust-chain.ts'

/** So old may a status be: vectors are to verify for as long as the code does. */
const aHundredYears = 3_155_760_000

const school = newSchool()
const sunrise = await startTrustChain('sunrise', 31_337, school)
const sunset = await startTrustChain('sunset', 31_338, school)
try {
  const text = await signAward(school, sunrise.chain.now())
  const award = await anchorAward(text, school, [sunrise, sunset])
  await writeReceipt(award)
  await writeBundle('one-chain', award, [await pinned(sunrise)])
  await writeBundle('two-chains', award, [await pinned(sunrise), await vouchedFor(sunset)])
} finally {
  await sunrise.stop()
  await sunset.stop()
}

/** A chain of a bundle, as its policy pins it. */
interface Trusted {
  pin: ChainPin
  source: ChainToBundle
}

/** Trusted by the newest block's hash. */
async function pinned(chain: TrustChain): Promise<Trusted> {
  const finalizedBlocks = [await chain.newest()]
  const source = chain.toBundle()
  return {
    pin: { ...chain.pin, finalizedBlocks },
    source: { ...source, pin: { ...source.pin, finalizedBlocks } },
  }
}

/** Trusted by a checkpoint of the newest block. */
async function vouchedFor(chain: TrustChain): Promise<Trusted> {
  const { publicJwk, privateJwk } = generateKey('EdDSA')
  const claims = { ...(await chain.newest()), issuedAt: chain.chain.now() }
  const checkpoint = await signCheckpoint(
    claims,
    chain.pin,
    createSigner('#checkpoints', privateJwk),
  )
  return {
    pin: { ...chain.pin, checkpointKeys: [publicJwk] },
    source: { ...chain.toBundle(), checkpoint },
  }
}

async function writeBundle(
  name: string,
  award: AnchoredCredential,
  chains: readonly Trusted[],
): Promise<void> {
  const policy = Policy.parse({
    version: 1,
    chains: chains.map(({ pin }) => pin),
    maxStatusAgeSeconds: aHundredYears,
  })
  const bundle = await makeBundle(
    award,
    chains.map(({ source }) => source),
  )
  const { verdict, checks } = await verifyBundle(bundle, { policy })
  if (verdict !== 'valid') throw new Error(`${name} is ${verdict}: ${JSON.stringify(checks)}`)
  await write(`${name}.bundle.json`, bundle)
  await write(`${name}.policy.json`, `${JSON.stringify(policy, undefined, 2)}\n`)
}

async function writeReceipt({ credential, receipt }: AnchoredCredential): Promise<void> {
  const { format, salt } = receipt
  const digest = credentialDigest(format, credential)
  const commitment = commitmentOf(salt, format, digest)
  const vector = {
    credential,
    receipt,
    expected: { digest: toHash(digest), commitment, leaf: leafOf(commitment), root: receipt.root },
  }
  await write('receipt.json', `${JSON.stringify(vector, undefined, 2)}\n`)
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(fileURLToPath(new URL(`../test/vectors/${name}`, import.meta.url)), text)
  console.log(`test/vectors/${name}: ${text.length} bytes`)
}

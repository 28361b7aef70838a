/**
 * Merkle trees: from commitments to the root, and from a commitment and its proof to the root. Against
 * OpenZeppelin's and merkletreejs' trees; the limit is the hashing alone, with the fastest keccak on npm.
 *
 * With `--million`, OpenZeppelin's tree is built for a million leaves, too: that takes minutes and 2 GB.
 *
 * @module
 */
import { runInNewContext } from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import {
  buildBatchTree,
  commitmentRoot,
  leafOf,
  leavesOf,
  randomBytes,
  toHash,
  type Hash,
} from '#sdk'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { createKeccak } from 'hash-wasm'
import { MerkleTree } from 'merkletreejs'
import { measure } from './measure.ts'
import { atLeast, atMost, measurements, type BenchResult } from './report.ts'

const hashWasm = await createKeccak(256)
const tag = keccak_256(new TextEncoder().encode('livret:leaf:v1'))
const tagHash = toHash(tag)
const encoding = ['bytes32', 'bytes32']

/** Runs the comparison; about a minute. */
export async function run(): Promise<BenchResult> {
  const [building, checking] = [await measureBuilding(), await measureChecking()]
  const million = measureMillion()
  return {
    bench: 'merkle',
    node: process.versions.node,
    results: [...building.results, ...checking.results],
    checks: [...building.checks, ...checking.checks, ...million],
  }
}

async function measureBuilding() {
  const count = 100_000
  const commitments = randomBytes(32 * count)
  const hashes = hashesIn(commitments)
  const ours = `build ${count}: Livret`
  const theirs = `build ${count}: @openzeppelin/merkle-tree`
  const hashing = `build ${count}: hash-wasm, 3 hashes a leaf, no tree (limit)`
  const roots = new Set<string>()
  const rates = await measure(
    [
      { name: ours, ops: count, run: () => roots.add(rootOf(commitments)) },
      {
        name: hashing,
        ops: count,
        run: () => {
          hashOnly(3 * count)
        },
      },
      { name: `build ${count}: merkletreejs`, ops: count, run: () => merkleTreeJs(commitments) },
      { name: theirs, ops: count, run: () => roots.add(standardTree(hashes).root) },
    ],
    { rounds: 3, warmUp: 0 },
  )
  return {
    results: measurements(rates, hashing),
    checks: [
      atLeast(`building ${count} leaves: times StandardMerkleTree`, 50, ratio(rates, ours, theirs)),
      atMost('roots of Livret and StandardMerkleTree: different ones', 1, roots.size),
    ],
  }
}

async function measureChecking() {
  const depth = 13
  const hashes = hashesIn(randomBytes(32 * 2 ** depth))
  const tree = buildBatchTree(leavesOf(hashes))
  const standard = standardTree(hashes)
  const [first = tagHash] = hashes
  const proof = tree.proof(leafOf(first))
  const plain = [...proof]
  const isOurs = () => commitmentRoot(first, proof) === tree.root
  const isTheirs = () => StandardMerkleTree.verify(tree.root, encoding, [tagHash, first], plain)
  const ours = `check a proof of ${depth}: Livret`
  const theirs = `check a proof of ${depth}: @openzeppelin/merkle-tree`
  const hashing = `check a proof of ${depth}: hash-wasm, ${depth + 2} hashes (limit)`
  const rates = await measure(
    [
      {
        name: ours,
        ops: 200,
        run: () => {
          repeat(200, isOurs)
        },
      },
      {
        name: hashing,
        ops: 200,
        run: () => {
          hashOnly(200 * (depth + 2))
        },
      },
      {
        name: theirs,
        ops: 20,
        run: () => {
          repeat(20, isTheirs)
        },
      },
    ],
    { rounds: 41, turn: 40 },
  )
  const [mine, other] = [
    `make a proof of ${depth}: Livret`,
    `make a proof of ${depth}: @openzeppelin/merkle-tree`,
  ]
  let next = 0
  const someone = () => hashes[next++ % hashes.length] ?? first
  const making = await measure([
    {
      name: mine,
      ops: 200,
      run: () => {
        repeat(200, () => tree.proof(leafOf(someone())))
      },
    },
    {
      name: other,
      ops: 20,
      run: () => {
        repeat(20, () => standard.getProof([tagHash, someone()]))
      },
    },
  ])
  const bothHold = isOurs() && isTheirs()
  return {
    results: [...measurements(rates, hashing), ...measurements(making, mine)],
    checks: [
      atLeast(
        `checking a proof of ${depth}: times @openzeppelin/merkle-tree`,
        25,
        ratio(rates, ours, theirs),
      ),
      atLeast('the same proof holds for both: 1 is yes', 1, bothHold ? 1 : 0),
    ],
  }
}

/** A million leaves: what the tree keeps, and with `--million` how much sooner it is built. */
function measureMillion() {
  const count = 1_000_000
  const commitments = randomBytes(32 * count)
  const leaves = leavesOf(commitments)
  const before = memoryInUse()
  const tree = buildBatchTree(leaves)
  const kept = (memoryInUse() - before) / tree.leafCount
  const checks = [atMost(`keeping ${count} leaves: bytes a leaf`, 130, kept)]
  if (!process.argv.includes('--million')) return checks

  const ours = secondsOf(() => rootOf(commitments))
  const hashes = hashesIn(commitments)
  const theirs = secondsOf(() => standardTree(hashes))
  return [
    ...checks,
    atLeast(`building ${count} leaves: times StandardMerkleTree`, 70, theirs / ours),
  ]
}

function rootOf(commitments: Uint8Array): Hash {
  return buildBatchTree(leavesOf(commitments)).root
}

function standardTree(hashes: readonly Hash[]) {
  return StandardMerkleTree.of(
    hashes.map((hash) => [tagHash, hash]),
    encoding,
  )
}

/** As its users would have it agree with OpenZeppelin, with the fastest keccak in plain JavaScript. */
function merkleTreeJs(commitments: Uint8Array): string {
  const leaves = Array.from({ length: commitments.length / 32 }, (_, i) => {
    const inner = Buffer.concat([tag, commitments.subarray(32 * i, 32 * i + 32)])
    return Buffer.from(keccak_256(keccak_256(inner)))
  })
  const hash = (data: Buffer) => Buffer.from(keccak_256(data))
  return new MerkleTree(leaves, hash, { sortPairs: true, sortLeaves: true }).getHexRoot()
}

function hashOnly(times: number): void {
  const message = new Uint8Array(64)
  for (let i = 0; i < times; i++) {
    message.set(hashWasm.init().update(message).digest('binary'))
  }
}

function hashesIn(bytes: Uint8Array): readonly Hash[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) =>
    toHash(bytes.subarray(32 * i, 32 * i + 32)),
  )
}

function ratio(rates: ReadonlyMap<string, number>, a: string, b: string): number {
  return (rates.get(a) ?? 0) / (rates.get(b) ?? Infinity)
}

function repeat(times: number, action: () => unknown): void {
  for (let i = 0; i < times; i++) action()
}

function secondsOf(action: () => unknown): number {
  const start = performance.now()
  action()
  return (performance.now() - start) / 1000
}

/** Bytes in use, on V8's heap and beside it, after collecting what is not. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

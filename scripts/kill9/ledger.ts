/**
 * What lies in database and chain, read past the server.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRpc, openBatchTree, parsePolicy, type ChainPin, type Hash } from '#sdk'
import { id } from 'ethers'
import pg from 'pg'
import { z } from 'zod'

/** Everything that should be there once. */
export interface Ledger {
  /** Each leaf of each batch, decoys included, with the root above it. */
  places: readonly (readonly [leaf: Hash, root: Hash])[]
  /** Every batch's root, as the store has it. */
  roots: readonly Hash[]
  /** The root of every anchoring that the chain's newest block knows, in order. */
  anchored: readonly string[]
  /** How much is not done yet: credentials without a batch; anchors, status changes, transactions that are not final. */
  open: number
}

const Logs = z.array(z.object({ topics: z.array(z.string()) }))
const Open = z.tuple([z.object({ open: z.coerce.number() })])
const openSql = `
  select (select count(*) from anchors where state <> 'final')
    + (select count(*) from status_pending)
    + (select count(*) from transactions where state in ('prepared', 'mined'))
    + (select count(*) from credentials where batch is null and lapsed is null) as open`
const Batches = z.array(z.object({ tree: z.instanceof(Uint8Array) }))

/** The pin of the chain that a server with this data directory runs. */
export async function pinOf(dataDir: string): Promise<ChainPin> {
  const [pin] = parsePolicy(await readFile(join(dataDir, 'policy.json'), 'utf8')).chains
  if (pin === undefined) throw new Error('the policy names no chain')
  return pin
}

/** Reads it all. */
export async function readLedger(dataDir: string): Promise<Ledger> {
  const { rpc, anchorRegistry } = await pinOf(dataDir)
  const request = createRpc(rpc[0] ?? '')
  const topics = [id('Anchored(address,bytes32,uint32)')]
  const filter = { address: anchorRegistry.address, fromBlock: '0x0', toBlock: 'latest', topics }
  const logs = Logs.parse(await request('eth_getLogs', [filter]))

  const client = new pg.Client({ connectionString: await databaseUrl(dataDir) })
  await client.connect()
  try {
    const stored = Batches.parse((await client.query('select tree from batches order by id')).rows)
    const trees = stored.map(({ tree }) => openBatchTree(tree))
    const places = trees.flatMap((tree) =>
      Array.from({ length: tree.leafCount }, (_, i) => [tree.leaf(i), tree.root] as const),
    )
    const [{ open }] = Open.parse((await client.query(openSql)).rows)
    return {
      places,
      roots: trees.map(({ root }) => root),
      anchored: logs.map((log) => log.topics[2] ?? ''),
      open,
    }
  } finally {
    await client.end()
  }
}

async function databaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim()
  const pidFile = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  const port = pidFile.split('\n')[3] ?? ''
  return `postgres://livret:${password}@127.0.0.1:${port}/livret`
}

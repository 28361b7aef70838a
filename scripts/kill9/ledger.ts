/**
 * What lies in database and chain, read past the server.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRpc, openBatchTree, type ChainPin, type Hash } from '#sdk'
import { id } from 'ethers'
import pg from 'pg'
import { z } from 'zod'

/** Everything that should be there once. */
export interface Ledger {
  /** Each leaf of each batch, decoys included, with the root above it. */
  places: readonly (readonly [leaf: Hash, root: Hash])[]
  /** Every batch's root, as the store has it. */
  roots: readonly Hash[]
  /** For each chain, the root of every anchoring that its newest block knows, in order. */
  anchored: readonly (readonly string[])[]
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

/** Reads it all: the database at a URL, and the chains that these pins describe. */
export async function readLedger(databaseUrl: string, pins: readonly ChainPin[]): Promise<Ledger> {
  const anchored = await Promise.all(pins.map(readRoots))
  const client = new pg.Client({ connectionString: databaseUrl })
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
      anchored,
      open,
    }
  } finally {
    await client.end()
  }
}

async function readRoots({ rpc, anchorRegistry }: ChainPin): Promise<readonly string[]> {
  const topics = [id('Anchored(address,bytes32,uint32)')]
  const filter = { address: anchorRegistry.address, fromBlock: '0x0', toBlock: 'latest', topics }
  const logs = Logs.parse(await createRpc(rpc.at(-1) ?? '')('eth_getLogs', [filter]))
  return logs.map((log) => log.topics[2] ?? '')
}

/** Where the database of a server with this data directory answers now. */
export async function embeddedDatabaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim()
  const pidFile = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  const port = pidFile.split('\n')[3] ?? ''
  return `postgres://livret:${password}@127.0.0.1:${port}/livret`
}

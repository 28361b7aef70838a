/**
 * `livret proof`: the Merkle proof in a receipt, as other tools take it.
 *
 * @module
 */
import {
  digestOf,
  parse,
  readCredentialInput,
  readJson,
  Receipt,
  receiptLeaf,
  receiptRoot,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput, readText } from './read-input.ts'

export const usage = `Usage: livret proof [FILE] [--receipt FILE] [--json]

Prints leaf, Merkle proof and root of the credential in FILE: the JSON {"credential","receipt"}, or a
credential with its receipt in a file of its own. OpenZeppelin's MerkleProof and isIncluded of the
AnchorRegistry take them as they are. Reads standard input for - or if no FILE is named. Asks no chain:
that the root is anchored, livret verify says.

Exit code: 0 the proof leads to the root, 1 it does not, 64 usage.`

const options = { receipt: { type: 'string' }, json: { type: 'boolean' } } as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  const { decoded, receipt: inside } = await readCredentialInput(await readInput(file, io))
  const receipt = values.receipt === undefined ? inside : await readReceipt(values.receipt)
  if (receipt === undefined) throw new UsageError('there is no receipt; name it with --receipt')
  const { root, proof, format } = receipt
  const digest = digestOf(decoded)
  if (format !== decoded.format || receiptRoot(receipt, digest) !== root) {
    io.err('livret: the receipt is not one for this credential')
    return exitCodes.invalid
  }
  const leaf = receiptLeaf(receipt, digest)
  const lines = [`leaf  ${leaf}`, ...proof.map((hash) => `proof ${hash}`), `root  ${root}`]
  io.out(values.json === true ? JSON.stringify({ root, proof, leaf }) : lines.join('\n'))
  return exitCodes.valid
}

async function readReceipt(file: string): Promise<Receipt> {
  return parse(Receipt, readJson(await readText(file)).value, 'receipt')
}

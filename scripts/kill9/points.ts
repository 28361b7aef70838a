/**
 * Where a process can be killed: whatever it does durably crosses its border as an SQL statement or a
 * request to a chain's node, so these crossings, and what lies between two of them, are all the moments
 * that a restart can tell apart.
 *
 * @module
 */

/** A moment in the work of a server. */
export interface CrashPoint {
  /** Stable; tests and reports name it. */
  name: string
  phase: 'issuing' | 'batching' | 'sending' | 'confirming'
  crossing: Crossing
  /** Before it is sent; when it is sent, and no answer has come; when it was answered, and nothing has followed. */
  when: 'before' | 'sent' | 'answered'
}

/**
 * - `sql`: a statement of this text;
 * - `commit`: the end of a transaction that holds such a statement;
 * - `rpc`: a request with this method.
 */
type Crossing = { sql: RegExp } | { commit: RegExp } | { rpc: string }

const leasing = /^\s*with newest as [^]* update status_lists /
const storing = /^\s*insert into credentials /
const wishing = /^insert into "status_changes"/
const openingBatch = /^insert into "batches"/
const filling = /^update "credentials" set "batch"/
const preparing = /^insert into "transactions"/
const marking = /^update "transactions" set "state" = /
const anchoring = /^update "anchors" set "state" = /
const importing = /^update "chains" set "imported_block"/

/** Every marked point, in the order in which a credential passes them. */
export const crashPoints: readonly CrashPoint[] = [
  at('indexes leased', 'issuing', { sql: leasing }, 'answered'),
  at('credential written, not committed', 'issuing', { sql: storing }, 'answered'),
  at('credential being committed', 'issuing', { commit: storing }, 'sent'),
  at('credential committed, not acknowledged', 'issuing', { commit: storing }, 'answered'),
  at('status wish being committed', 'issuing', { commit: wishing }, 'sent'),
  at('batch opened, still empty', 'batching', { sql: openingBatch }, 'answered'),
  at('batch filled, not committed', 'batching', { commit: openingBatch }, 'before'),
  at('batch being committed', 'batching', { commit: openingBatch }, 'sent'),
  at('batch committed, nobody told', 'batching', { commit: openingBatch }, 'answered'),
  at('credentials moved into a batch', 'batching', { sql: filling }, 'sent'),
  at('gas estimated', 'sending', { rpc: 'eth_estimateGas' }, 'answered'),
  at('transaction signed', 'sending', { sql: preparing }, 'before'),
  at('transaction being written down', 'sending', { sql: preparing }, 'sent'),
  at('transaction written down', 'sending', { sql: preparing }, 'answered'),
  at('transaction about to go out', 'sending', { rpc: 'eth_sendRawTransaction' }, 'before'),
  at('transaction on its way', 'sending', { rpc: 'eth_sendRawTransaction' }, 'sent'),
  at('transaction handed over', 'sending', { rpc: 'eth_sendRawTransaction' }, 'answered'),
  at('block mined, not saved', 'confirming', { rpc: 'evm_mine' }, 'answered'),
  at('receipt seen', 'confirming', { rpc: 'eth_getTransactionReceipt' }, 'answered'),
  at('transaction being marked', 'confirming', { sql: marking }, 'sent'),
  at('transaction marked', 'confirming', { sql: marking }, 'answered'),
  at('negative facts imported', 'confirming', { commit: importing }, 'sent'),
  at('anchor about to be marked', 'confirming', { sql: anchoring }, 'before'),
  at('anchor marked', 'confirming', { sql: anchoring }, 'answered'),
]

/** What is killed there: this process, the database under it, its chain's node, or all at once. */
export const victims = ['server', 'database', 'node', 'everything'] as const
export type Victim = (typeof victims)[number]

function at(
  name: string,
  phase: CrashPoint['phase'],
  crossing: Crossing,
  when: CrashPoint['when'],
): CrashPoint {
  return { name, phase, crossing, when }
}

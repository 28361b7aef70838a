/**
 * What the reconciler works with, for real: a store of its own, a node of its own that mines when the
 * test says so, an authority that accredits, an operator that may anchor.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Interface } from 'ethers'
import {
  accreditationRegistryAbi,
  createRpc,
  Did,
  generateKey,
  issuerIdOf,
  jwkThumbprint,
  labelHashes,
  Scope,
  statusRegistryAbi,
  type Address,
  type ChainPin,
  type Hash,
} from '#sdk'
import { closeBatches } from '../../server/anchoring/close-batch.ts'
import { reconcile } from '../../server/anchoring/reconcile.ts'
import { runAnvil } from '../../server/chain/embedded/anvil.ts'
import { deployRegistries } from '../../server/chain/embedded/deploy.ts'
import { createChain, type ChainOptions } from '../../server/chain/chain.ts'
import type {
  AccountSigner,
  Chain,
  Config,
  IssuerAction,
  Log,
  NewCredential,
  Store,
} from '../../server/context.ts'
import { signAction } from '../../server/issuing/sign-action.ts'
import { sealedKeys } from '../../server/keys/keys.ts'
import { createStore, someCredential } from './store.ts'

const accreditations = new Interface(accreditationRegistryAbi)
const statuses = new Interface(statusRegistryAbi)
const openEnd = 2n ** 40n - 1n

/** In the numbers of `IAccreditations.Right`. */
const right = { attest: 0, anchor: 2 } as const

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** An issuer as a desk knows it. */
export interface DeskIssuer {
  id: string
  did: Did
  issuerId: Hash
  account: AccountSigner
  key: Hash
}

/** Opens a desk. Blocks are final with `confirmations` blocks on top. */
export async function openDesk({
  confirmations = 1,
  ...options
}: { confirmations?: number } & ChainOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'livret-desk-'))
  const started = Math.floor(Date.now() / 1000) - 3_600
  let node = await runAnvil(folder, started)
  const request = createRpc(node.url)
  const keys = sealedKeys(new Uint8Array(32).fill(7))
  const authority = await keys.account(await keys.makeAccount())
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const stored = await createStore(now)
  const { store } = stored
  const sealedOperator = await store.operator.get(async () => keys.makeAccount())
  const operator = await keys.account(sealedOperator)

  let time = started
  const mine = async (blocks = 1) => {
    for (let i = 0; i < blocks; i++) await request('evm_mine', [++time])
  }
  const fund = (account: Address, wei = 10n ** 20n) =>
    request('anvil_setBalance', [account, `0x${wei.toString(16)}`])
  await fund(authority.address)
  await fund(operator.address)
  const registries = await deployRegistries({ request, settle: mine, authority })
  const pin: ChainPin = {
    ...registries,
    name: 'desk',
    rpc: [node.url],
    finality: { confirmations },
  }
  await mine(confirmations)
  let chain = createChain(pin, { now, ...options })

  const alarms: { event: string; facts: unknown }[] = []
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event, facts) => alarms.push({ event, facts }),
  }
  const jobs = {
    reconcileSoon: () => Promise.resolve(),
    closeBatchSoon: () => Promise.resolve(),
  }
  const config = { batchSize: 1_000 } as Config
  let nextIndex = 0

  /** Sends a transaction of `account` and waits for its block, unless it is to wait in the pool. */
  const send = async (account: AccountSigner, to: Address, data: string, isMined = true) => {
    const nonce = Number(await request('eth_getTransactionCount', [account.address, 'pending']))
    const { raw, hash } = await account.signTransaction({
      chainId: pin.chainId,
      to,
      data: data as `0x${string}`,
      nonce,
      gasLimit: 1_000_000n,
      maxFeePerGas: 300_000_000_000n,
      maxPriorityFeePerGas: 50_000_000_000n,
    })
    await request('eth_sendRawTransaction', [raw])
    if (!isMined) return hash
    await mine()
    const receipt = (await request('eth_getTransactionReceipt', [hash])) as { status: string }
    if (receipt.status !== '0x1') throw new Error(`${data.slice(0, 10)} was refused`)
    return hash
  }
  const toAccreditations = (from: AccountSigner, name: string, values: unknown[], isMined = true) =>
    send(
      from,
      pin.accreditationRegistry.address,
      accreditations.encodeFunctionData(name, values),
      isMined,
    )
  /** What an issuer's account signs; as if it were long ago, so that it is good for one more day. */
  const sign = async (
    { id, did, account }: Pick<DeskIssuer, 'id' | 'did' | 'account'>,
    kind: IssuerAction['kind'],
    target: string,
    nonce = 0,
  ): Promise<IssuerAction> => {
    const wish = { kind, target }
    const then = new Date(Date.now() - (10 * 365 - 1) * 86_400_000)
    const signed = await signAction(account, did, pin, wish, nonce, then)
    return { id: randomUUID(), issuer: id, chainId: pin.chainId, ...wish, ...signed }
  }
  const recordOf = (subject: Address, kind: keyof typeof right, scope: string) => ({
    subject,
    right: right[kind],
    labels: labelHashes(Scope.parse(scope)),
    accreditor: authority.address,
    number: 0,
  })

  const desk = {
    pin,
    store,
    keys,
    now,
    log,
    alarms,
    folder,
    url: stored.url,
    authority,
    operator,
    request,
    mine,
    send,
    fund,
    get chain() {
      return chain
    },
    /** Looks at the chain in another way from now on: another pin, other limits. */
    useChain(other: Chain) {
      chain = other
    },
    another: stored.another,
    /** Lets time pass for the server; blocks have their own. */
    wait: (seconds: number) => (offset += seconds * 1000),

    accredit: (subject: Address, kind: keyof typeof right, scope: string) =>
      toAccreditations(authority, 'accredit', [
        subject,
        right[kind],
        labelHashes(Scope.parse(scope)),
        openEnd,
        [],
      ]),
    /** Takes a right away as of the next block, or of a later time. */
    withdraw: (
      subject: Address,
      kind: keyof typeof right,
      scope: string,
      { isMined = true, inSeconds = 1 } = {},
    ) =>
      toAccreditations(
        authority,
        'withdraw',
        [recordOf(subject, kind, scope), time + inSeconds, []],
        isMined,
      ),
    confirm: ({ issuerId, account }: DeskIssuer) =>
      toAccreditations(authority, 'confirmIssuer', [issuerId, account.address, 0, [], []]),
    /** Registers a key by a message of the account, past the store. */
    registerKeyFor: async (issuer: DeskIssuer, key: Hash) => {
      const { deadline, signature } = await sign(issuer, 'register-key', key)
      const values = [issuer.account.address, issuer.issuerId, key, deadline, signature]
      await toAccreditations(authority, 'registerKeyFor', values)
      return key
    },
    /** Another key of the issuer, to be registered after its first one. */
    wishKey: async (issuer: DeskIssuer) => {
      const key = jwkThumbprint(generateKey('ES256').publicJwk)
      await store.issuers.addActions([await sign(issuer, 'register-key', key, 1)])
      return key
    },
    retireKey: ({ account, issuerId, key }: DeskIssuer) =>
      toAccreditations(account, 'retireKey', [issuerId, key, time + 1]),

    /** Changes a status by the issuer's own account, past the store. */
    changeStatus: (
      { account, issuerId }: DeskIssuer,
      verb: 'revoke' | 'suspend' | 'reinstate',
      { list, index }: { list: number; index: number },
      counter = 0,
    ) => {
      const update = { word: Math.floor(index / 256), mask: 1n << BigInt(255 - (index % 256)) }
      const values =
        verb === 'revoke' ? [issuerId, list, [update]] : [issuerId, list, counter, [update]]
      const data = statuses.encodeFunctionData(verb, values)
      return send(account, pin.statusRegistry.address, data)
    },

    /** An issuer whose account has signed what it wants; the authority knows nothing of it yet. */
    async newIssuer(slug = randomUUID().slice(0, 8)): Promise<DeskIssuer> {
      const did = Did.parse(`did:web:example.test:issuers:${slug}`)
      const issuerId = issuerIdOf(did)
      const sealed = await keys.makeAccount()
      const account = await keys.account(sealed)
      await fund(account.address)
      const signing = await keys.makeSigningKey('ES256')
      const id = randomUUID()
      await store.issuers.create(
        { id, slug, did, name: slug, profile: { type: ['Profile'] } },
        { signing: { ...signing, algorithm: 'ES256' }, account: sealed },
        [
          await sign({ id, did, account }, 'register-key', signing.thumbprint),
          await sign({ id, did, account }, 'set-operator', operator.address),
        ],
      )
      return { id, did, issuerId, account, key: signing.thumbprint }
    },

    /** An issuer that may issue training certificates, as the final block shows. */
    async readyIssuer(): Promise<DeskIssuer> {
      const issuer = await desk.newIssuer()
      await desk.confirm(issuer)
      await desk.accredit(issuer.account.address, 'attest', 'TrainingCertificate')
      await desk.settle()
      return issuer
    },

    /** A key of the issuer that the chain has never heard of. */
    strangeKey: () => jwkThumbprint(generateKey('ES256').publicJwk),

    /** Puts credentials of an issuer into a batch. */
    async batch(issuer: DeskIssuer, count = 3, change: Partial<NewCredential> = {}) {
      const credentials = Array.from({ length: count }, () => ({
        ...someCredential(issuer.id, nextIndex++),
        key: issuer.key,
        scopes: [Scope.parse('TrainingCertificate/RNCP34079')],
        ...change,
      }))
      await store.credentials.add(credentials)
      const [batch] = await closeBatches({ store, config, chains: [chain], jobs, log })
      if (batch === undefined) throw new Error('nothing was waiting')
      return { batch: batch.id, root: batch.root, credentials }
    },

    /** One run of the reconciler. */
    reconcile: (by: Store = store) =>
      reconcile({ store: by, keys, log, now, chains: [chain] }, chain),

    /** Runs and mines until nothing more happens. */
    async settle() {
      for (let i = 0; i < 20; i++) {
        const found = await desk.reconcile()
        if (found === 'settled' || found === 'blocked') return found
        await mine()
      }
      throw new Error('it does not settle')
    },

    anchorOf: async (batch: number) => (await store.anchors.of(batch))[0],
    operatorNonce: () => chain.client.nonceOf(operator.address),

    /** Ends the node as a crash does; what was not saved is gone. */
    killNode: async () => {
      await node.stop()
    },
    /** Starts a node anew on the same port, over what was saved, or empty. */
    startNode: async () => {
      node = await runAnvil(folder, started)
    },
    async close() {
      await node.stop()
      await stored.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await desk.accredit(operator.address, 'anchor', '')
  await mine(confirmations)
  return desk
}

/**
 * The three registries on the demo's chain, and the calls that the demo makes.
 *
 * @module
 */
import { Interface, keccak256 } from 'ethers'
import { artifacts, tasks } from 'hardhat'
import { z } from 'zod'
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  ChainPin,
  labelHashes,
  statusRegistryAbi,
  type Address,
  type Hash,
  type PathLink,
  type Scope,
  type Seconds,
} from '#sdk'
import type { Call, Chain } from './chain.ts'

const abis = {
  accreditationRegistry: new Interface(accreditationRegistryAbi),
  anchorRegistry: new Interface(anchorRegistryAbi),
  statusRegistry: new Interface(statusRegistryAbi),
}

/** As in `IAccreditations.Right`. */
const rightNumbers = { attest: 0, accredit: 1, anchor: 2 } as const

/** As in `IAccreditations.Annulment`. */
const fraud = 2

/** What an account may do: a right over a scope, by one record of an accreditor. */
export interface Grant {
  subject: Address
  right: keyof typeof rightNumbers
  scope: Scope
  accreditor: Address
}

/** The registries of one chain: who they are, and the calls that `Chain.send` can make to them. */
export interface Registries {
  pin: ChainPin
  accredit: (grant: Grant, validUntil: Seconds, path: readonly PathLink[]) => Call
  /** Ends the first record of a grant from `at` on; the authority does. */
  withdraw: (grant: Grant, at: Seconds) => Call
  /** Says that the first record of a grant never was valid, because of fraud; the authority does. */
  annul: (grant: Grant) => Call
  /** Confirms that a grant's subject speaks for an issuer; the accreditor does. */
  confirmIssuer: (issuerId: Hash, grant: Grant, path: readonly PathLink[]) => Call
  registerKey: (from: Address, issuerId: Hash, thumbprint: Hash) => Call
  anchor: (operator: Address, root: Hash, leafCount: number) => Call
  revoke: (from: Address, issuerId: Hash, list: bigint, updates: readonly StatusUpdate[]) => Call
}

/** Bits to set in one word of a status list. */
export interface StatusUpdate {
  word: number
  mask: bigint
}

/** Creates the registries, compiled from `contracts/` if they are not yet. */
export async function deployRegistries(chain: Chain, authority: Address): Promise<Registries> {
  await tasks.getTask('build').run({ quiet: true, noTests: true })
  const pin = await createPin(chain, authority)

  const call = (contract: keyof typeof abis, from: Address, method: string, args: unknown[]) => ({
    from,
    to: pin[contract].address,
    data: abis[contract].encodeFunctionData(method, args),
  })
  const inAccreditations = (from: Address, method: string, args: unknown[]) =>
    call('accreditationRegistry', from, method, args)
  const record = ({ subject, right, scope, accreditor }: Grant) => ({
    subject,
    right: rightNumbers[right],
    labels: labelHashes(scope),
    accreditor,
    number: 0,
  })
  const toAuthority = { accreditor: authority, number: 0, depth: 0 }

  return {
    pin,
    accredit: ({ subject, right, scope, accreditor }, validUntil, path) =>
      inAccreditations(accreditor, 'accredit', [
        subject,
        rightNumbers[right],
        labelHashes(scope),
        validUntil,
        path,
      ]),
    withdraw: (grant, at) => inAccreditations(authority, 'withdraw', [record(grant), at, []]),
    annul: (grant) => inAccreditations(authority, 'annul', [record(grant), fraud, []]),
    confirmIssuer: (issuerId, { subject, right, scope, accreditor }, path) =>
      inAccreditations(accreditor, 'confirmIssuer', [
        issuerId,
        subject,
        rightNumbers[right],
        labelHashes(scope),
        path,
      ]),
    registerKey: (from, issuerId, thumbprint) =>
      inAccreditations(from, 'registerKey', [issuerId, thumbprint]),
    anchor: (operator, root, leafCount) =>
      call('anchorRegistry', operator, 'anchor', [root, leafCount, [toAuthority]]),
    revoke: (from, issuerId, list, updates) =>
      call('statusRegistry', from, 'revoke', [issuerId, list, updates]),
  }
}

async function createPin(chain: Chain, authority: Address): Promise<ChainPin> {
  const accreditations = await create(chain, authority, 'AccreditationRegistry', [authority])
  const anchors = await create(chain, authority, 'AnchorRegistry', [accreditations.address])
  const statuses = await create(chain, authority, 'StatusRegistry', [accreditations.address])
  const chainId = z
    .string()
    .transform(Number)
    .parse(await chain.request('eth_chainId', []))
  return ChainPin.parse({
    name: 'demo',
    chainId,
    rpc: [chain.url],
    creationBlock: accreditations.block,
    authority,
    accreditationRegistry: accreditations.pin,
    anchorRegistry: anchors.pin,
    statusRegistry: statuses.pin,
    finality: { confirmations: 0 },
  })
}

async function create(chain: Chain, from: Address, name: string, args: readonly unknown[]) {
  const { abi, bytecode } = await artifacts.readArtifact(name)
  const data = bytecode + new Interface(abi).encodeDeploy(args).slice(2)
  const [mined] = await chain.send([{ from, data }])
  const address = mined?.contractAddress
  if (mined === undefined || !address) throw new Error(`demo: ${name} was not created`)
  const code = z.string().parse(await chain.request('eth_getCode', [address, 'latest']))
  return {
    address,
    pin: { address, codeHash: keccak256(code) },
    block: { number: mined.blockNumber, hash: mined.blockHash },
  }
}

import { type BaseContract, id, ZeroAddress, ZeroHash, type TypedDataField } from 'ethers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChain, type TestChain } from '../support/chain.ts'

/** One message of each kind: who takes it, its EIP-712 type, its values, and the event it leads to. */
interface Sample {
  registry: 'accreditations' | 'anchors' | 'statuses'
  type: string
  message: Record<string, unknown>
  /** Arguments after the signer and before deadline and signature; the message's values if left out. */
  args?: unknown[]
  event: string
  everywhere?: true
}

const open = 2n ** 40n - 1n
const issuerId = id('did:web:college.example')
const thumbprint = id('a JWK')
const structs = {
  Link: 'address accreditor,uint32 number,uint8 depth',
  Update: 'uint16 word,uint256 mask',
}
const updates = [{ word: 3, mask: 5n }]

let chain: TestChain
let samples: Record<string, Sample>
beforeAll(async () => {
  chain = await startChain()
  const authority = chain.accounts.authority.address
  const college = chain.accounts.issuer.address
  const at = (await chain.time()) + 3600
  const named = { subject: college, right: 0, scope: ZeroHash, accreditor: authority, number: 0 }
  const record = [college, 0, [], authority, 0]
  const by = { accreditor: ZeroAddress, number: 0, depth: 0 }
  samples = {
    accreditFor: {
      registry: 'accreditations',
      type: 'Accredit(address subject,uint8 right,bytes32 scope,uint40 validUntil,Link by,uint256 nonce,uint256 deadline)',
      message: { subject: college, right: 0, scope: ZeroHash, validUntil: open, by },
      args: [college, 0, [], open, []],
      event: 'Accredited',
    },
    withdrawFor: {
      registry: 'accreditations',
      type: 'Withdraw(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint40 at,uint256 nonce,uint256 deadline)',
      message: { ...named, at },
      args: [record, at, []],
      event: 'Withdrawn',
    },
    annulFor: {
      registry: 'accreditations',
      type: 'Annul(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint8 reason,uint256 nonce,uint256 deadline)',
      message: { ...named, reason: 2 },
      args: [record, 2, []],
      event: 'Annulled',
    },
    confirmIssuerFor: {
      registry: 'accreditations',
      type: 'ConfirmIssuer(bytes32 issuerId,address account,uint256 nonce,uint256 deadline)',
      message: { issuerId, account: authority },
      args: [issuerId, authority, 0, [], []],
      event: 'IssuerConfirmed',
    },
    registerKeyFor: {
      registry: 'accreditations',
      type: 'RegisterKey(bytes32 issuerId,bytes32 thumbprint,uint256 nonce,uint256 deadline)',
      message: { issuerId, thumbprint },
      event: 'KeyRegistered',
    },
    retireKeyFor: {
      registry: 'accreditations',
      type: 'RetireKey(bytes32 issuerId,bytes32 thumbprint,uint40 at,uint256 nonce,uint256 deadline)',
      message: { issuerId, thumbprint, at },
      event: 'KeyRetired',
    },
    reportCompromiseFor: {
      registry: 'accreditations',
      type: 'ReportCompromise(bytes32 issuerId,bytes32 thumbprint,uint40 since)',
      message: { issuerId, thumbprint, since: 1 },
      args: [issuerId, thumbprint, 1, [], []],
      event: 'KeyCompromised',
      everywhere: true,
    },
    anchorFor: {
      registry: 'anchors',
      type: 'Anchor(bytes32 root,uint32 leafCount,uint256 nonce,uint256 deadline)',
      message: { root: id('root'), leafCount: 8 },
      args: [id('root'), 8, []],
      event: 'Anchored',
    },
    setOperatorFor: {
      registry: 'statuses',
      type: 'SetOperator(bytes32 issuerId,address operator,bool allowed,uint256 nonce,uint256 deadline)',
      message: { issuerId, operator: college, allowed: true },
      event: 'OperatorSet',
    },
    suspendFor: {
      registry: 'statuses',
      type: 'Suspend(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)',
      message: { issuerId, list: 7, counter: 0, updates },
      event: 'Suspended',
    },
    reinstateFor: {
      registry: 'statuses',
      type: 'Reinstate(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)',
      message: { issuerId, list: 7, counter: 1, updates },
      event: 'Reinstated',
    },
    revokeFor: {
      registry: 'statuses',
      type: 'Revoke(bytes32 issuerId,uint64 list,Update[] updates)',
      message: { issuerId, list: 7, updates },
      event: 'Revoked',
      everywhere: true,
    },
  }
})
afterAll(() => chain.stop())

// In this order: what is confirmed or suspended first is used by those after it.
test.each([
  'accreditFor',
  'withdrawFor',
  'annulFor',
  'confirmIssuerFor',
  'registerKeyFor',
  'retireKeyFor',
  'reportCompromiseFor',
  'anchorFor',
  'setOperatorFor',
  'suspendFor',
  'reinstateFor',
  'revokeFor',
])('%s takes what a wallet signs as typed data', async (name) => {
  const { registry, type, message, args, event, everywhere } = samples[name]!
  const { authority, stranger } = chain.accounts
  const contract = chain.as(stranger)[registry]
  const to = chain.addresses[registry]
  const limits = everywhere ? {} : { nonce: await nonceOf(contract), deadline: open }
  const chainOnly = everywhere ? {} : { chainId: chain.chainId, verifyingContract: to }

  const signature = await authority.signTypedData(
    { name: 'Livret', version: '1', ...chainOnly },
    typesOf(type),
    { ...message, ...limits },
  )
  const given = [...(args ?? Object.values(message)), ...(everywhere ? [] : [open]), signature]
  const data = contract.interface.encodeFunctionData(name, [authority.address, ...given])
  const receipt = await (await stranger.sendTransaction({ to, data })).wait()

  const events = receipt?.logs.map((log) => contract.interface.parseLog(log)?.name)
  expect(events).toEqual([event])
})

async function nonceOf(contract: BaseContract): Promise<bigint> {
  const nonce: unknown = await contract.getFunction('nonces')(chain.accounts.authority)
  return BigInt(String(nonce))
}

/** The types that ethers wants, from the encoded type that the contracts name. */
function typesOf(type: string): Record<string, TypedDataField[]> {
  const [, name = '', members = ''] = /^(\w+)\((.*)\)$/.exec(type) ?? []
  const used = Object.entries(structs).filter(([struct]) => members.includes(struct))
  const all: [string, string][] = [[name, members], ...used]
  return Object.fromEntries(all.map(([struct, list]) => [struct, fields(list)]))
}

function fields(list: string): TypedDataField[] {
  return list.split(',').map((member) => {
    const [type = '', name = ''] = member.split(' ')
    return { name, type }
  })
}

import { Contract, id, keccak256 } from 'ethers'
import { artifacts, network } from 'hardhat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import livret from '../../contracts/ignition/modules/livret.ts'
import livretMirror from '../../contracts/ignition/modules/mirror.ts'
import { headerOfBlock } from '../../sdk/bundle/header-of-block.ts'
import { anchorSlot } from '../../sdk/bundle/storage-layout.ts'
import { Address, Hash } from '../../sdk/model/primitives.ts'
import { startAnvil, type TestNode } from '../support/anvil.ts'

/** The mirror's proof, as `IAnchorMirror.Proof` has it. */
interface Proof {
  header: Uint8Array
  account: readonly string[]
  anchor: readonly string[]
}

const root = Hash.parse(id('a batch'))
const otherRoot = Hash.parse(id('another batch'))

let source: TestNode
let chain: Awaited<ReturnType<typeof network.create>>
let mirror: Contract
let operator: Address
beforeAll(async () => {
  source = await startAnvil(31_340)
  operator = Address.parse(source.authority.toLowerCase())
  const anchor = source.contracts.anchors.getFunction('anchor')
  const path = [{ accreditor: operator, number: 0, depth: 0 }]
  await source.contracts.accreditations.getFunction('accredit')(operator, 2, [], 2n ** 40n - 1n, [])
  for (const each of [root, otherRoot]) await anchor(each, 64, path)

  chain = await network.create('chainA')
  const [authority] = await chain.ethers.getSigners()
  const { accreditations } = await chain.ignition.deploy(livret, {
    parameters: { Livret: { authority: authority!.address } },
  })
  const code = (await source.request('eth_getCode', [source.addresses.anchors, 'latest'])) as string
  const mirrored = { chainId: 31_340, anchors: source.addresses.anchors, codeHash: keccak256(code) }
  const parameters = {
    LivretMirror: { accreditations: await accreditations.getAddress(), source: mirrored },
  }
  const deployed = await chain.ignition.deploy(livretMirror, { parameters })
  const { abi } = await artifacts.readArtifact('AnchorMirror')
  mirror = new Contract(await deployed.mirror.getAddress(), abi, authority)
})
afterAll(async () => {
  await source.stop()
  await chain.close()
})

/** What a node of the source chain shows of an anchor at its newest block. */
async function proofOf(
  contract: string,
  asked: Hash,
): Promise<Proof & { height: number; hash: Hash }> {
  const block = (await source.request('eth_getBlockByNumber', ['latest', false])) as {
    number: string
    hash: Hash
  }
  const slot = anchorSlot(operator, asked)
  const answer = (await source.request('eth_getProof', [contract, [slot], block.number])) as {
    accountProof: string[]
    storageProof: { proof: string[] }[]
  }
  return {
    header: headerOfBlock(block, block.hash)!,
    account: answer.accountProof,
    anchor: answer.storageProof[0]!.proof,
    height: Number(block.number),
    hash: block.hash,
  }
}

const call = (name: string) => mirror.getFunction(name)
const bring = ({ header, account, anchor }: Proof) =>
  call('mirror')(operator, root, { header, account, anchor })

describe('AnchorMirror, given what a real node proves', () => {
  test('mirrors an anchor of the source chain', async () => {
    const there = (await source.contracts.anchors.getFunction('anchorOf')(
      operator,
      root,
    )) as bigint[]
    const proof = await proofOf(source.addresses.anchors, root)
    await call('checkpoint')(proof.height, proof.hash)
    const block = await chain.ethers.provider.getBlock('latest')
    const checkpointedAt = BigInt(block!.timestamp)
    await bring(proof)
    const here: unknown = await call('anchorOf')(operator, root)
    expect(here).toEqual([...there, checkpointedAt, BigInt(proof.height)])
  })

  test.each([
    [
      'a root that was never anchored',
      () => proofOf(source.addresses.anchors, Hash.parse(id('none'))),
    ],
    ['another root', () => proofOf(source.addresses.anchors, otherRoot)],
    ['another contract', () => proofOf(source.addresses.statuses, root)],
    ['an account that is none', () => proofOf(`0x${'11'.repeat(20)}`, root)],
  ])('mirrors nothing by the proof of %s', async (_, made) => {
    const proof = await made()
    await call('checkpoint')(proof.height, proof.hash)
    await expect(bring(proof)).rejects.toThrow(/TrieProofTraversalError|RLPInvalidEncoding/)
  })

  test('mirrors nothing by a header of which a bit is flipped', async () => {
    const proof = await proofOf(source.addresses.anchors, root)
    const header = Uint8Array.from(proof.header)
    header[40]! ^= 1
    await expect(bring({ ...proof, header })).rejects.toThrow('AnchorMirrorNoCheckpoint')
  })
})

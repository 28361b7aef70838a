/**
 * What the same acts cost with the contracts of others, from their npm packages: the Ethereum
 * Attestation Service, and the document stores of OpenAttestation and of TrustVC.
 *
 * @module
 */
import eas from '@ethereum-attestation-service/eas-contracts/artifacts/contracts/EAS.sol/EAS.json' with { type: 'json' }
import schemaRegistry from '@ethereum-attestation-service/eas-contracts/artifacts/contracts/SchemaRegistry.sol/SchemaRegistry.json' with { type: 'json' }
import { DocumentStoreFactory } from '@govtechsg/document-store'
import { DocumentStore__factory } from '@trustvc/document-store'
import { ZeroAddress, ZeroHash, solidityPackedKeccak256 } from 'ethers'
import type { Meter } from './meter.ts'
import { freshHashes, nth, type GasRow } from './rows.ts'

const perBatch = 100
const perRevocation = 256
const schema = 'bytes32 credentialHash'

export async function measurePeers(meter: Meter): Promise<readonly GasRow[]> {
  return [
    ...(await measureEas(meter)),
    ...(await measureOpenAttestation(meter)),
    ...(await measureTrustVc(meter)),
  ]
}

async function measureEas(meter: Meter): Promise<readonly GasRow[]> {
  const caller = nth(meter.accounts, 10)
  const registry = await meter.deployCode(schemaRegistry.abi, schemaRegistry.bytecode, [])
  const store = await meter.deployCode(eas.abi, eas.bytecode, [registry.address])
  await meter.gasOf(caller, registry, 'register', [schema, ZeroAddress, true])
  const uid = solidityPackedKeccak256(['string', 'address', 'bool'], [schema, ZeroAddress, true])
  const attestations = freshHashes(perBatch).map((data) => ({
    recipient: ZeroAddress,
    expirationTime: 0,
    revocable: true,
    refUID: ZeroHash,
    data,
    value: 0,
  }))

  const gasOf = (method: string, args: readonly unknown[]) =>
    meter.gasOf(caller, store, method, args)
  const single = await gasOf('attest', [{ schema: uid, data: nth(attestations, 0) }])
  const many = await gasOf('multiAttest', [[{ schema: uid, data: attestations }]])
  const timestamps = await gasOf('multiTimestamp', [freshHashes(perBatch)])
  const root = await gasOf('timestamp', [nth(freshHashes(1), 0)])
  const revocations = await gasOf('multiRevokeOffchain', [freshHashes(perRevocation)])
  return [
    { name: 'issue: EAS attest(hash)', gas: single, credentials: 1 },
    { name: `issue: EAS multiAttest × ${perBatch}`, gas: many, credentials: perBatch },
    { name: `issue: EAS multiTimestamp × ${perBatch}`, gas: timestamps, credentials: perBatch },
    { name: 'issue: EAS timestamp(root)', gas: root, credentials: perBatch },
    {
      name: `revoke: EAS multiRevokeOffchain × ${perRevocation}`,
      gas: revocations,
      credentials: perRevocation,
    },
  ]
}

async function measureOpenAttestation(meter: Meter): Promise<readonly GasRow[]> {
  const owner = nth(meter.accounts, 11)
  const args = ['OpenAttestation', await owner.getAddress()]
  const store = await meter.deployCode(
    DocumentStoreFactory.abi,
    DocumentStoreFactory.bytecode,
    args,
  )
  const documents = freshHashes(perRevocation)
  const issued = await meter.gasOf(owner, store, 'bulkIssue', [documents.slice(0, perBatch)])
  const revoked = await meter.gasOf(owner, store, 'bulkRevoke', [documents])
  return [
    { name: `issue: OpenAttestation bulkIssue × ${perBatch}`, gas: issued, credentials: perBatch },
    {
      name: `revoke: OpenAttestation bulkRevoke × ${perRevocation}`,
      gas: revoked,
      credentials: perRevocation,
    },
  ]
}

/** A root over 128 leaves, which its owner then revokes one of. */
async function measureTrustVc(meter: Meter): Promise<readonly GasRow[]> {
  const { abi, bytecode } = DocumentStore__factory
  const owner = nth(meter.accounts, 12)
  const store = await meter.deployCode(abi, bytecode, ['TrustVC', await owner.getAddress()])
  const leaf = nth(freshHashes(1), 0)
  const proof = freshHashes(7)
  const root = proof.reduce(parentOf, leaf)
  const issued = await meter.gasOf(owner, store, 'issue', [root])
  const revoked = await meter.gasOf(owner, store, 'revoke(bytes32,bytes32,bytes32[])', [
    root,
    leaf,
    proof,
  ])
  return [
    { name: 'issue: TrustVC issue(root)', gas: issued, credentials: perBatch },
    { name: 'revoke: TrustVC revoke(leaf)', gas: revoked, credentials: 1 },
  ]
}

/** The smaller hash first, as OpenZeppelin's MerkleProof has it. */
function parentOf(a: string, b: string): string {
  return solidityPackedKeccak256(['bytes32', 'bytes32'], a < b ? [a, b] : [b, a])
}

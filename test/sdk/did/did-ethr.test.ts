import {
  Contract,
  ContractFactory,
  JsonRpcProvider,
  SigningKey,
  toUtf8Bytes,
  zeroPadBytes,
} from 'ethers'
import { EthereumDIDRegistry } from 'ethr-did-registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateKey } from '../../../sdk/crypto/node.ts'
import { toMultikey } from '../../../sdk/did/multikey.ts'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import { findVerificationKey } from '../../../sdk/did/verification-key.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { importVerifyKey, verifySignature } from '../../../sdk/crypto/node.ts'
import { Address, Did } from '../../../sdk/model/primitives.ts'
import { startAnvil, type TestNode } from '../../support/anvil.ts'
import { plainCredential } from '../../support/issuer.ts'

const chainId = 31_339
const chain = `0x${chainId.toString(16)}`

let node: TestNode
let provider: JsonRpcProvider
let registry: Address
beforeAll(async () => {
  node = await startAnvil(chainId)
  provider = new JsonRpcProvider(node.url, chainId, { staticNetwork: true, cacheTimeout: -1 })
  const { abi, bytecode } = EthereumDIDRegistry
  const factory = new ContractFactory(abi, bytecode, await provider.getSigner(0))
  registry = Address.parse((await (await factory.deploy()).getAddress()).toLowerCase())
})
afterAll(async () => {
  provider.destroy()
  await node.stop()
})

const resolverOf = (rpc: readonly string[]) =>
  createDidResolver({ ethr: [{ chainId, rpc, registry }] })
const resolver = () => resolverOf([node.url])

/** An account of the node, as did:ethr, and the registry as it calls it. */
async function owner(index: number) {
  const signer = await provider.getSigner(index)
  const did = Did.parse(`did:ethr:${chain}:${signer.address}`)
  return {
    did,
    address: signer.address,
    contract: new Contract(registry, EthereumDIDRegistry.abi, signer),
  }
}

async function write(contract: Contract, method: string, ...args: readonly unknown[]) {
  const sent = await contract.getFunction(method).send(...args)
  await sent.wait()
}

const name = (text: string) => zeroPadBytes(toUtf8Bytes(text), 32)

describe('did:ethr', () => {
  test('of an account that never wrote anything names the account alone', async () => {
    const { did, address } = await owner(1)
    expect(await resolver().resolve(did)).toMatchObject({
      id: did,
      verificationMethod: [
        { id: `${did}#controller`, blockchainAccountId: `eip155:${chainId}:${address}` },
      ],
    })
    const key = findVerificationKey(resolver(), `${did}#controller`, did, 'assertionMethod')
    await expect(key).rejects.toMatchObject({
      code: 'DID_INVALID',
      facts: { reason: 'it names an account of a chain, and no key' },
    })
  })

  test('of a public key verifies what that key signed', async () => {
    const { publicJwk, privateJwk } = generateKey('ES256K')
    const secret = `0x${Buffer.from(privateJwk.d, 'base64url').toString('hex')}`
    const did = Did.parse(`did:ethr:${chain}:${new SigningKey(secret).compressedPublicKey}`)
    const kid = `${did}#controllerKey`
    const jwt = await signVcJwt(plainCredential(did), createSigner(kid, privateJwk))
    const found = await findVerificationKey(resolver(), kid, did, 'assertionMethod')
    expect(found).toEqual(publicJwk)
    const { signingInput, signature } = decodeCredential(jwt)
    const key = importVerifyKey(found)
    expect(await verifySignature('ES256K', key, signingInput, signature)).toBe(true)
  })

  test('gives a key that its owner registered, until its owner revokes it', async () => {
    const { did, address, contract } = await owner(2)
    const { publicJwk } = generateKey('EdDSA')
    const attribute = name('did/pub/Ed25519/veriKey/hex')
    const value = Buffer.from(publicJwk.x, 'base64url')
    await write(contract, 'setAttribute', address, attribute, value, 86_400)
    const kid = `${did}#delegate-1`
    const found = await findVerificationKey(resolver(), kid, did, 'assertionMethod')
    expect(toMultikey(found)).toBe(toMultikey(publicJwk))

    await write(contract, 'revokeAttribute', address, attribute, value)
    await expect(
      findVerificationKey(resolver(), kid, did, 'assertionMethod'),
    ).rejects.toMatchObject({ code: 'DID_INVALID' })
  })

  test('is not found any more once its owner gave it up', async () => {
    const { did, address, contract } = await owner(3)
    await write(contract, 'changeOwner', address, `0x${'0'.repeat(40)}`)
    await expect(resolver().resolve(did)).rejects.toMatchObject({
      code: 'DID_INVALID',
      facts: { reason: 'it is deactivated' },
    })
  })

  test('with an endless history is not read to its end', async () => {
    const { did, address, contract } = await owner(4)
    for (let i = 0; i < 105; i++) {
      await write(contract, 'setAttribute', address, name('did/svc/A'), toUtf8Bytes(`${i}`), 9_999)
    }
    await expect(resolver().resolve(did)).rejects.toMatchObject({ code: 'DID_UNREACHABLE' })
  }, 30_000)

  test('is looked up at the next node if the first is dead', async () => {
    const { did } = await owner(1)
    const resolving = resolverOf(['http://127.0.0.1:9', node.url]).resolve(did)
    expect(await resolving).toMatchObject({ id: did })
  })

  test.each([
    ['a dead node', ['http://127.0.0.1:9'], chainId],
    ['no node', [], chainId],
    ['a node of another chain', undefined, 1],
  ])('behind %s is unreachable, not absent', async (_, rpc, id) => {
    const did = Did.parse(`did:ethr:0x${id.toString(16)}:0x${'1'.repeat(40)}`)
    const network = { chainId: id, rpc: rpc ?? [node.url], registry }
    const resolving = createDidResolver({ ethr: [network] }).resolve(did)
    await expect(resolving).rejects.toMatchObject({ code: 'DID_UNREACHABLE' })
  })

  test('behind an address without a registry is unreachable', async () => {
    const { did } = await owner(1)
    const network = { chainId, rpc: [node.url] }
    const resolving = createDidResolver({ ethr: [network] }).resolve(did)
    await expect(resolving).rejects.toMatchObject({ code: 'DID_UNREACHABLE' })
  })

  test.each([
    ['another chain', `did:ethr:0x5:0x${'1'.repeat(40)}`],
    ['mainnet', `did:ethr:0x${'1'.repeat(40)}`],
    ['a chain with a name', `did:ethr:sepolia:0x${'1'.repeat(40)}`],
  ])('of %s is for others to resolve', async (_, did) => {
    await expect(resolver().resolve(Did.parse(did))).rejects.toMatchObject({
      code: 'DID_UNSUPPORTED',
    })
  })

  test.each(['did:ethr:ada', `did:ethr:${chain}:0x12`])('refuses %s', async (did) => {
    await expect(resolver().resolve(Did.parse(did))).rejects.toMatchObject({ code: 'DID_INVALID' })
  })
})

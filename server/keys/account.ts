import { Address, Hash } from '#sdk'
import { hexlify, keccak256, Wallet } from 'ethers'
import type { AccountSigner } from '../context.ts'

/** An account over its 32 secret bytes. */
export function accountSigner(secret: Uint8Array): AccountSigner {
  const wallet = new Wallet(hexlify(secret))
  return {
    address: addressOf(wallet),
    async signTransaction(transaction) {
      const raw = asHex(await wallet.signTransaction({ type: 2, ...transaction }))
      return { raw, hash: Hash.parse(keccak256(raw)) }
    },
    signTypedData: async (domain, types, message) =>
      asHex(await wallet.signTypedData(domain, types, message)),
  }
}

function addressOf({ address }: Wallet): Address {
  return Address.parse(address.toLowerCase())
}

function asHex(text: string): `0x${string}` {
  return `0x${text.slice(2)}`
}

import { AbiCoder, id, keccak256, ZeroHash } from 'ethers'
import { describe, expect, test } from 'vitest'
import { issuerIdOf } from '../../../sdk/chain/issuer-id.ts'
import { labelHashes, scopeHash, scopePrefixes } from '../../../sdk/chain/scope-hash.ts'
import { Did } from '../../../sdk/model/primitives.ts'
import { Scope } from '../../../sdk/model/scope.ts'

const empty = Scope.parse('')
const wide = Scope.parse('TrainingCertificate')
const narrow = Scope.parse('TrainingCertificate/RNCP34079')
const below = (scope: string, label: string) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32'], [scope, id(label)]))

describe('scopeHash', () => {
  test('of the empty scope is zero', () => {
    expect(scopeHash(empty)).toBe(ZeroHash)
  })

  test('goes down label by label, as Solidity does', () => {
    expect(scopeHash(wide)).toBe(below(ZeroHash, 'TrainingCertificate'))
    expect(scopeHash(narrow)).toBe(below(scopeHash(wide), 'RNCP34079'))
  })
})

describe('scopePrefixes', () => {
  test('are the scopes that cover one, widest first', () => {
    expect(scopePrefixes(narrow)).toEqual([empty, wide, narrow].map(scopeHash))
    expect(scopePrefixes(empty)).toEqual([ZeroHash])
  })
})

describe('labelHashes', () => {
  test('are the hashes of the labels, outermost first', () => {
    expect(labelHashes(narrow)).toEqual([id('TrainingCertificate'), id('RNCP34079')])
    expect(labelHashes(empty)).toEqual([])
  })
})

describe('issuerIdOf', () => {
  test('is the hash of the DID as it is written', () => {
    expect(issuerIdOf(Did.parse('did:web:college.example'))).toBe(id('did:web:college.example'))
    expect(issuerIdOf(Did.parse('did:web:College.example'))).toBe(id('did:web:College.example'))
  })
})

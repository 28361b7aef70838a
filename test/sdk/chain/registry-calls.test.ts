import { Interface } from 'ethers'
import { describe, expect, test } from 'vitest'
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  statusRegistryAbi,
} from '../../../sdk/chain/abi.ts'
import { addressOf, numberOf, splitWords, topicOf } from '../../../sdk/chain/abi-words.ts'
import {
  accreditationCall,
  anchorCall,
  authorityCall,
  bindingCall,
  issuerCall,
  keyCall,
  statusCall,
  type RegistryCall,
} from '../../../sdk/chain/registry-calls.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'

const hashOf = (byte: string) => Hash.parse('0x' + byte.repeat(32))
const addressOfByte = (byte: string) => Address.parse('0x' + byte.repeat(20))
const [issuerId, other] = [hashOf('1d'), hashOf('2e')]
const [subject, accreditor] = [addressOfByte('5a'), addressOfByte('6b')]
const zero = addressOfByte('00')
const name = { subject, right: 'accredit', scope: other, accreditor, number: 3 } as const

const accreditations = new Interface(accreditationRegistryAbi)
const anchors = new Interface(anchorRegistryAbi)
const statuses = new Interface(statusRegistryAbi)

type Row = [string, Interface, RegistryCall<unknown>, readonly unknown[], unknown, unknown]

// Function, its contract, our call, the arguments, what the contract returns, what we read of it.
const calls: readonly Row[] = [
  ['authority', accreditations, authorityCall(), [], subject, subject],
  [
    'accreditationOf',
    accreditations,
    accreditationCall(name),
    [subject, 1, other, accreditor, 3],
    [100, 2n ** 40n - 1n, 150, 2, '0x' + 'ff'.repeat(16)],
    { ...name, validFrom: 100, validUntil: 2 ** 40 - 1, withdrawnFrom: 150, annulled: true },
  ],
  [
    'accreditationOf',
    accreditations,
    accreditationCall({ ...name, right: 'attest' }),
    [subject, 0, other, accreditor, 3],
    [0, 0, 0, 0, '0x' + '00'.repeat(16)],
    undefined,
  ],
  [
    'issuerOf',
    accreditations,
    issuerCall(issuerId),
    [issuerId],
    [subject, 2, accreditor],
    { sponsor: subject, custodian: accreditor, bindings: 2 },
  ],
  ['issuerOf', accreditations, issuerCall(issuerId), [issuerId], [zero, 0, zero], undefined],
  [
    'bindingOf',
    accreditations,
    bindingCall(issuerId, 7),
    [issuerId, 7],
    [subject, 10, 20, true],
    { account: subject, from: 10, until: 20, annulled: true },
  ],
  [
    'bindingOf',
    accreditations,
    bindingCall(issuerId, 7),
    [issuerId, 7],
    [zero, 0, 0, false],
    undefined,
  ],
  [
    'keyOf',
    accreditations,
    keyCall(issuerId, other),
    [issuerId, other],
    [100, 200, 150, 4],
    { registeredAt: 100, retiredAt: 200, compromisedSince: 150, binding: 4 },
  ],
  [
    'keyOf',
    accreditations,
    keyCall(issuerId, other),
    [issuerId, other],
    [0, 0, 1, 0],
    { registeredAt: 0, retiredAt: 0, compromisedSince: 1, binding: 0 },
  ],
  ['keyOf', accreditations, keyCall(issuerId, other), [issuerId, other], [0, 0, 0, 0], undefined],
  [
    'anchorOf',
    anchors,
    anchorCall(subject, other),
    [subject, other],
    [100, 65_536],
    { anchoredAt: 100, leafCount: 65_536 },
  ],
  ['anchorOf', anchors, anchorCall(subject, other), [subject, other], [0, 0], undefined],
  [
    'statusOf',
    statuses,
    statusCall(issuerId, 2n ** 64n - 1n, 511),
    [issuerId, 2n ** 64n - 1n, [511]],
    [[2n ** 256n - 1n, 1n]],
    { revoked: 2n ** 256n - 1n, suspended: 1n },
  ],
]

describe('a call of a registry', () => {
  test.each(calls)('of %s is encoded as ethers does', (method, abi, { data }, args) => {
    expect(data).toBe(abi.encodeFunctionData(method, args))
  })

  test.each(calls)('of %s is read as it was answered', (method, abi, call, _, result, expected) => {
    const answer = abi.encodeFunctionResult(method, [result])
    expect(call.read(splitWords(answer, call.words))).toEqual(expected)
  })

  test('of issuerOf does not believe in a million bindings', () => {
    const answer = accreditations.encodeFunctionResult('issuerOf', [[subject, 1_000_000, zero]])
    const { read, words } = issuerCall(issuerId)
    expect(() => read(splitWords(answer, words))).toThrow(RangeError)
  })
})

describe('topicOf', () => {
  test('is the topic that ethers gives the event', () => {
    const signature = 'Accredited(address,bytes32,address,uint8,uint32,uint40)'
    expect(topicOf(signature)).toBe(accreditations.getEvent('Accredited')?.topicHash)
  })
})

describe('a word', () => {
  test.each([
    ['half a word', '0x' + '0'.repeat(32)],
    ['a word too many', '0x' + '0'.repeat(128)],
    ['another beginning', '0y' + '0'.repeat(64)],
    ['something else than hex', '0x' + 'g'.repeat(64)],
    ['no text', 0],
  ])('is not %s', (_, data) => {
    expect(() => splitWords(data, 1)).toThrow()
  })

  test('is a number up to 2^53', () => {
    const word = (value: bigint) => Hash.parse('0x' + value.toString(16).padStart(64, '0'))
    expect(numberOf(word(2n ** 53n - 1n))).toBe(2 ** 53 - 1)
    expect(() => numberOf(word(2n ** 53n))).toThrow(RangeError)
    expect(() => numberOf(undefined)).toThrow(RangeError)
  })

  test('is an address if it is no longer than one', () => {
    expect(addressOf(Hash.parse('0x' + '0'.repeat(24) + '5a'.repeat(20)))).toBe(subject)
    expect(() => addressOf(hashOf('5a'))).toThrow(RangeError)
    expect(() => addressOf(undefined)).toThrow(RangeError)
  })
})

import { readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { AbiCoder, keccak256 } from 'ethers'
import { describe, expect, test } from 'vitest'
import {
  addressMember,
  anchorSlot,
  bindingSlot,
  issuerSlot,
  keySlot,
  member,
  nextSlot,
  recordSlot,
  statusSlot,
} from '../../../sdk/bundle/storage-layout.ts'
import { Address, Hash } from '../../../sdk/model/primitives.ts'

interface Layout {
  storage: { label: string; slot: string; offset: number; type: string }[]
  types: Record<
    string,
    { label: string; members?: { label: string; slot: string; offset: number; type: string }[] }
  >
}

const layouts = await compiledLayouts()
const a = Address.parse(`0x${'a1'.repeat(20)}`)
const b = Address.parse(`0x${'b2'.repeat(20)}`)
const id = Hash.parse(`0x${'c3'.repeat(32)}`)
const other = Hash.parse(`0x${'d4'.repeat(32)}`)

describe('slots', () => {
  test.each([
    [
      'a record',
      'AccreditationRegistry',
      '_records',
      [recordKey()],
      recordSlot({ subject: a, right: 'accredit', scope: id, accreditor: b, number: 3 }),
    ],
    ['an issuer', 'AccreditationRegistry', '_issuers', [id], issuerSlot(id)],
    ['a binding', 'AccreditationRegistry', '_bindings', [id, 7], bindingSlot(id, 7)],
    ['a key', 'AccreditationRegistry', '_keys', [id, other], keySlot(id, other)],
    ['a batch', 'AnchorRegistry', '_anchors', [a, id], anchorSlot(a, id)],
    ['revocations', 'StatusRegistry', '_revoked', [id, 9, 511], statusSlot('revoked', id, 9n, 511)],
    ['suspensions', 'StatusRegistry', '_suspended', [id, 9, 0], statusSlot('suspended', id, 9n, 0)],
  ] as const)('of %s are where the compiler puts them', (_, contract, label, keys, slot) => {
    const declared = layouts[contract]!.storage.find((each) => each.label === label)!
    expect(slot).toBe(keys.reduce<string>(mapped, word(declared.slot)))
  })

  test('go on after a hash that ends in ff', () => {
    expect(nextSlot(Hash.parse(`0x${'0'.repeat(62)}ff`))).toBe(`0x${'0'.repeat(61)}100`)
    expect(nextSlot(Hash.parse(`0x${'f'.repeat(64)}`))).toBe(`0x${'0'.repeat(64)}`)
  })
})

describe('members of a slot', () => {
  test.each([
    [
      'Accreditation',
      ['validFrom 0+0', 'validUntil 0+5', 'withdrawnFrom 0+10', 'annulment 0+15', 'parent 0+16'],
    ],
    ['Issuer', ['sponsor 0+0', 'bindings 0+20', 'custodian 1+0']],
    ['Binding', ['account 0+0', 'from 0+20', 'until 0+25', 'annulled 0+30']],
    ['Key', ['registeredAt 0+0', 'retiredAt 0+5', 'compromisedSince 0+10', 'binding 0+15']],
  ])('of %s are where read-registries.ts looks for them', (struct, expected) => {
    expect(membersOf(layouts['AccreditationRegistry']!, struct)).toEqual(expected)
  })

  test('of Anchor, too', () => {
    expect(membersOf(layouts['AnchorRegistry']!, 'Anchor')).toEqual([
      'anchoredAt 0+0',
      'leafCount 0+5',
    ])
  })

  test('are cut out of the word', () => {
    const packed = BigInt(`0x${'00'.repeat(7)}0500000001${b.slice(2)}`)
    expect(member(packed, 20, 4)).toBe(1)
    expect(member(packed, 24, 1)).toBe(5)
    expect(addressMember(packed, 0)).toBe(b)
  })
})

function membersOf({ types }: Layout, struct: string): string[] {
  const [found] = Object.values(types).filter(({ label }) => label.endsWith(`.${struct}`))
  return found!.members!.map(({ label, slot, offset }) => `${label} ${slot}+${String(offset)}`)
}

function mapped(slot: string, key: string | number): string {
  return keccak256(word(key) + slot.slice(2))
}

function word(value: string | number): string {
  return `0x${BigInt(value).toString(16).padStart(64, '0')}`
}

function recordKey(): string {
  const types = ['address', 'uint8', 'bytes32', 'address', 'uint32']
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, [a, 1, id, b, 3]))
}

/** The compiler's own account of the contracts that Hardhat has built. */
async function compiledLayouts(): Promise<Record<string, Layout>> {
  const require = createRequire(import.meta.url)
  const solc = require('solc') as { compile: (input: string) => string }
  const artifact = (name: string) => `build/artifacts/contracts/${name}.sol/${name}.json`
  const names = ['AccreditationRegistry', 'AnchorRegistry', 'StatusRegistry']
  const [first = ''] = names
  const { buildInfoId } = JSON.parse(await readFile(artifact(first), 'utf8')) as {
    buildInfoId: string
  }
  const folder = 'build/artifacts/build-info'
  const file = (await readdir(folder)).find((each) => each === `${buildInfoId}.json`)!
  const { input } = JSON.parse(await readFile(`${folder}/${file}`, 'utf8')) as {
    input: { settings: object }
  }
  const settings = { ...input.settings, outputSelection: { '*': { '*': ['storageLayout'] } } }
  const { contracts } = JSON.parse(solc.compile(JSON.stringify({ ...input, settings }))) as {
    contracts: Record<string, Record<string, { storageLayout: Layout }>>
  }
  return Object.fromEntries(
    Object.values(contracts).flatMap((each) =>
      Object.entries(each)
        .filter(([name]) => names.includes(name))
        .map(([name, { storageLayout }]) => [name, storageLayout]),
    ),
  )
}

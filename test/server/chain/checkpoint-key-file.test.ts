import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainPin, generateKey } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfiguredChains } from '../../../server/chain/configured-chains.ts'

const contract = (digit: string) => ({
  address: `0x${digit.repeat(40)}`,
  codeHash: `0x${digit.repeat(64)}`,
})
const keys = generateKey('ES256')
const pin = ChainPin.parse({
  name: 'sepolia',
  chainId: 11_155_111,
  rpc: ['https://rpc.example'],
  creationBlock: { number: 1, hash: `0x${'1'.repeat(64)}` },
  authority: `0x${'2'.repeat(40)}`,
  accreditationRegistry: contract('3'),
  anchorRegistry: contract('4'),
  statusRegistry: contract('5'),
  checkpointKeys: [keys.publicJwk],
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-checkpoints-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(key: unknown, chain = pin) {
  const checkpointKeyFile = join(folder, 'key.json')
  const file = join(folder, 'chains.json')
  await writeFile(checkpointKeyFile, JSON.stringify(key))
  await writeFile(file, JSON.stringify([{ pin: chain, checkpointKeyFile }]))
  const [only] = await readConfiguredChains(file)
  return only!
}

describe('a checkpoint key of a configured chain', () => {
  test('signs for the chain whose pin names it', async () => {
    expect((await read(keys.privateJwk)).checkpointer?.algorithm).toBe('ES256')
  })

  test.each([
    ['that the pin does not name', generateKey('ES256').privateJwk],
    ['that is public', keys.publicJwk],
    ['that is none', []],
  ])('is refused if it is one %s', async (_, key) => {
    await expect(read(key)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

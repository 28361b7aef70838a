import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfiguredChains } from '../../../server/chain/configured-chains.ts'

const contract = (digit: string) => ({
  address: `0x${digit.repeat(40)}`,
  codeHash: `0x${digit.repeat(64)}`,
})
const pin = {
  name: 'sepolia',
  chainId: 11_155_111,
  rpc: ['https://rpc.example'],
  creationBlock: { number: 1, hash: `0x${'1'.repeat(64)}` },
  authority: `0x${'2'.repeat(40)}`,
  accreditationRegistry: contract('3'),
  anchorRegistry: contract('4'),
  statusRegistry: contract('5'),
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-chains-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(content: unknown) {
  const file = join(folder, 'chains.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return readConfiguredChains(file)
}

describe('the configured chains', () => {
  test('have safe limits unless the file says otherwise', async () => {
    const [plain] = await read([{ pin }])
    expect(plain!.pin.finality).toBe('finalized')
    expect(plain!.limits).toEqual({
      maxFeePerGas: 200_000_000_000n,
      stuckSeconds: 180,
      pollSeconds: 5,
    })
    const [own] = await read([{ pin, maxFeePerGasGwei: 1.5, stuckSeconds: 60, pollSeconds: 2 }])
    expect(own!.limits).toEqual({
      maxFeePerGas: 1_500_000_000n,
      stuckSeconds: 60,
      pollSeconds: 2,
    })
  })

  test.each([
    ['what is no JSON', '[', 'JSON'],
    ['no chain', [], 'at least one chain'],
    ['a pin that lacks members', [{ pin: { name: 'x' } }], '0.pin.chainId'],
    ['a chain twice', [{ pin }, { pin }], 'stands twice'],
    ['a chain that nobody can ask', [{ pin: { ...pin, rpc: [] } }], 'no rpc'],
    ['a member that nobody knows', [{ pin, maxFee: 1 }], 'maxFee'],
    ['a fee that is none', [{ pin, maxFeePerGasGwei: -1 }], 'maxFeePerGasGwei'],
  ])('are refused with %s', async (_, content, word) => {
    const error: unknown = await read(content).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'INPUT_INVALID' })
    expect((error as Error).message).toContain(word)
  })

  test('are refused when the file is not there', async () => {
    const missing = readConfiguredChains(join(folder, 'nowhere.json'))
    await expect(missing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

import { describe, expect, test } from 'vitest'
import { failOver, localEndpoint, type Endpoint } from '../../../sdk/chain/endpoints.ts'
import { RpcRefusal, unreachable } from '../../../sdk/chain/rpc.ts'
import { RegistryError } from '../../../sdk/errors.ts'

const endpoints = ['a', 'b', 'c'].map((url): Endpoint => ({
  url,
  request: () => Promise.resolve(url),
}))
const dead = new Set<string>()
const asked: string[] = []
const question = ({ url }: Endpoint) => {
  asked.push(url)
  return dead.has(url) ? Promise.reject(unreachable(url, 'dead')) : Promise.resolve(url)
}

describe('failOver', () => {
  test('asks one after the other, and starts with the one that answered last', async () => {
    const ask = failOver(endpoints, 'test')
    expect(await ask(question)).toBe('a')
    dead.add('a')
    expect(await ask(question)).toBe('b')
    dead.clear()
    asked.length = 0
    expect(await ask(question)).toBe('b')
    expect(asked).toEqual(['b'])
    dead.add('b').add('c')
    expect(await ask(question)).toBe('a')
  })

  test('gives up when none answers', async () => {
    dead.add('a').add('b').add('c')
    await expect(failOver(endpoints, 'test')(question)).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
      facts: { url: 'c' },
    })
    dead.clear()
  })

  test('passes on an error that another endpoint would not mend', async () => {
    const mismatch = new RegistryError('CHAIN_MISMATCH', {
      url: 'a',
      what: '',
      expected: '',
      actual: '',
    })
    asked.length = 0
    const failing = (endpoint: Endpoint) => question(endpoint).then(() => Promise.reject(mismatch))
    await expect(failOver(endpoints, 'test')(failing)).rejects.toBe(mismatch)
    expect(asked).toEqual(['a'])
  })
})

describe('localEndpoint', () => {
  test('turns every failure into a refusal', async () => {
    const { request } = localEndpoint('here', () => Promise.reject(new Error('reverted')))
    await expect(request('eth_call', [])).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
      facts: { url: 'here', reason: 'reverted' },
      cause: expect.any(RpcRefusal) as unknown,
    })
  })
})

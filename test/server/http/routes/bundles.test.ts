import { createSigner, generateKey, readCheckpoint, verifyBundle, Policy, type KeyPair } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnchoringAnswer } from '../../../../server/http/answers.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'

const open = { authorization: '' }

let server: TestServer
let greta: TestIssuer
let keys: KeyPair
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
  keys = generateKey('ES256')
})
afterAll(() => server.stop())

const vouch = () => {
  server.desk.chain.checkpointer = createSigner('#checkpoints', keys.privateJwk)
}
const verify = (text: string) => {
  const pin = { ...server.desk.pin, checkpointKeys: [keys.publicJwk] }
  const policy = Policy.parse({ ...server.policy, chains: [pin] })
  return verifyBundle(text, { policy, now: () => server.context.now().getTime() })
}

describe('GET /credentials/{locator}/bundle', () => {
  test('gives out what verifies offline, once the batch is final', async () => {
    vouch()
    const { locator } = await server.issue(certificate(greta.did))
    const pending = await server.get(`/credentials/${locator}/bundle`, open)
    expect(pending.status).toBe(202)
    expect(pending.headers.get('retry-after')).toBe('30')
    expect(AnchoringAnswer.parse(pending.json)).toMatchObject({ state: 'signed' })

    await server.settle()
    const { status, headers, text } = await server.get(`/credentials/${locator}/bundle`, open)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch('application/json')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect((await verify(text)).verdict).toBe('valid')
  })

  test('vouches for nothing without a key for that', async () => {
    delete server.desk.chain.checkpointer
    const { locator } = await server.issue(certificate(greta.did))
    await server.settle()
    const { status, text } = await server.get(`/credentials/${locator}/bundle`, open)
    expect(status).toBe(200)
    expect((await verify(text)).verdict).toBe('undecided')
  })

  test('knows none of a locator that was never made', async () => {
    expect((await server.get(`/credentials/${'A'.repeat(43)}/bundle`, open)).status).toBe(404)
  })
})

describe('GET /checkpoints/{chainId}', () => {
  test('names the newest final block', async () => {
    vouch()
    const { pin } = server.desk
    const { status, json } = await server.get(`/checkpoints/${pin.chainId}`, open)
    const { block } = await server.desk.chain.recent.view()
    expect(status).toBe(200)
    expect(readCheckpoint((json as { checkpoint: string }).checkpoint, pin)).toMatchObject({
      number: block.number,
      hash: block.hash,
    })
  })

  test.each(['1', 'x'])('has none of chain %s', async (chainId) => {
    vouch()
    const { status, json } = await server.get(`/checkpoints/${chainId}`, open)
    expect(status).toBe(404)
    expect(json).toMatchObject({ type: 'urn:problem:CHECKPOINT_UNAVAILABLE' })
  })

  test('has none without a key', async () => {
    delete server.desk.chain.checkpointer
    expect((await server.get(`/checkpoints/${server.desk.pin.chainId}`, open)).status).toBe(404)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeBatches } from '../../../../server/anchoring/close-batch.ts'
import { ChainsAnswer } from '../../../../server/http/answers.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'

let server: TestServer
let issuer: TestIssuer
beforeAll(async () => {
  server = await startServer()
  issuer = await server.readyIssuer('greta')
})
afterAll(() => server.stop())

async function chain() {
  await server.forget()
  const { status, json } = await server.get('/v1/chains', { authorization: '' })
  expect(status).toBe(200)
  const { chains } = ChainsAnswer.parse(json)
  expect(chains).toHaveLength(1)
  return chains[0]!
}
async function figures() {
  await server.forget()
  const { text } = await server.get('/metrics')
  const found = text.matchAll(/^livret_(\w+)\{chain="desk"\} (\S+)$/gm)
  return Object.fromEntries([...found].map(([, name, value]) => [name!, Number(value)])) as Record<
    string,
    number
  >
}

test('a chain that shows everything is settled', async () => {
  const { number } = (await server.desk.chain.final.view()).block
  expect(await chain()).toMatchObject({
    chainId: server.desk.pin.chainId,
    name: 'desk',
    finality: { confirmations: 0 },
    state: 'settled',
    finalBlock: { number },
    importedBlock: number,
    roots: { open: 0, oldestSeconds: 0 },
    transactions: { open: 0, oldestSeconds: 0 },
    statuses: { open: 0 },
  })
  expect(await figures()).toMatchObject({ chain_up: 1, final_block: number, anchors_open: 0 })
})

test('a chain that lacks something says how much, and for how long', async () => {
  await server.issue(certificate(issuer.did))
  await closeBatches(server.context)
  server.desk.wait(90)
  const behind = await chain()
  expect(behind).toMatchObject({ state: 'behind', roots: { open: 1 } })
  expect(behind.roots.oldestSeconds).toBeGreaterThanOrEqual(90)
  expect(await figures()).toMatchObject({ anchors_open: 1, transactions_open: 0 })

  await server.desk.reconcile()
  expect(await chain()).toMatchObject({ transactions: { open: 1 } })
  await server.settle()
  expect(await chain()).toMatchObject({ state: 'settled' })
})

test('a chain that does not answer is unreachable; one that was reset has changed', async () => {
  await server.desk.killNode()
  const away = await chain()
  expect(away).toMatchObject({ state: 'unreachable' })
  expect(away.finalBlock).toBeUndefined()
  expect(await figures()).toMatchObject({ chain_up: 0 })
  await server.desk.startNode()
  await server.desk.mine(9)
  expect(await chain()).toMatchObject({ state: 'changed' })
})

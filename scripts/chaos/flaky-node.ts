import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

/**
 * - `well`: answers as the node behind it does;
 * - `silent`: takes questions and never answers;
 * - `limiting`: too many requests;
 * - `lying`: serves another chain, as it says;
 * - `lagging`: knows no event, no receipt and no block by its hash, without saying so.
 */
export type Mood = 'well' | 'silent' | 'limiting' | 'lying' | 'lagging'

const Question = z.looseObject({ id: z.unknown(), method: z.string() })
const Answer = z.looseObject({ id: z.unknown(), result: z.unknown() })

/** A node that stands before the one at `url`, and has moods. */
export async function startFlakyNode(url: string) {
  let mood: Mood = 'well'
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await text(request)
      if (mood === 'silent') return
      if (mood === 'limiting') {
        response.writeHead(429).end()
        return
      }
      const headers = { 'content-type': 'application/json' }
      const given = await fetch(url, { method: 'POST', headers, body })
      const answers = await given.text()
      response.writeHead(given.status, headers).end(spoil(mood, body, answers))
    }
    answer().catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${String(port)}`,
    feel: (next: Mood) => {
      mood = next
      // Who waits for an answer goes on waiting; new ones meet the new mood.
      if (next === 'well') server.closeAllConnections()
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function spoil(mood: Mood, asked: string, answered: string): string {
  if (mood === 'well') return answered
  const questions = z.union([z.array(Question), Question]).parse(JSON.parse(asked))
  const answers = z.union([z.array(Answer), Answer]).parse(JSON.parse(answered))
  const methods = new Map([questions].flat().map(({ id, method }) => [id, method]))
  const spoilt = [answers].flat().map((answer) => {
    const lie = lieOf(mood, methods.get(answer.id) ?? '')
    return lie === undefined ? answer : { ...answer, result: lie }
  })
  return JSON.stringify(Array.isArray(answers) ? spoilt : spoilt[0])
}

function lieOf(mood: Mood, method: string): unknown {
  if (mood === 'lying') return method === 'eth_chainId' ? '0x1' : undefined
  switch (method) {
    case 'eth_getLogs':
      return []
    case 'eth_getTransactionReceipt':
    case 'eth_getBlockByHash':
      return null
    case 'eth_getTransactionCount':
      return '0x0'
    default:
      return undefined
  }
}

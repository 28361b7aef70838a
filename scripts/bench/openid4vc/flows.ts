/**
 * Whole flows between our holder library and our server, over HTTP: what a person waits for.
 *
 * @module
 */
import {
  answerRequest,
  createDidResolver,
  matchRequest,
  memoryWalletStore,
  readRequest,
  receiveCredential,
  type Did,
  type HeldCredential,
  type WalletWorld,
} from '#sdk'
import { z } from 'zod'
import { certificateOf, slug } from '../issue/admit-issuer.ts'

const Offer = z.object({ uri: z.string() })
const Request = z.object({ uri: z.string(), state: z.string() })
const State = z.object({ state: z.literal('answered'), result: z.object({ verdict: z.string() }) })

/** The flows of one server. */
export interface Flows {
  /** Signs and stores, without any wallet: the least that issuing costs. */
  issue(): Promise<void>
  /** Offer, token, nonce, credential, notification. */
  receive(): Promise<HeldCredential>
  /** Request, object, answer, verified result. */
  present(held: HeldCredential): Promise<void>
}

/** The flows of the server at `baseUrl`. */
export function flowsOf(baseUrl: string, token: string, did: Did): Flows {
  const { credentialSubject, ...rest } = certificateOf(did)
  const content = { ...rest, credentialSubject: { ...credentialSubject, id: undefined } }
  const claims = [{ path: ['credentialSubject', 'achievement', 'name'] }]
  const query = { credentials: [{ id: 'training', format: 'dc+sd-jwt', meta: {}, claims }] }
  const resolver = createDidResolver({ allowLoopbackHttp: true })

  const asOperator = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`bench: ${path} answered ${response.status}`)
    return response.json()
  }

  return {
    async issue() {
      await asOperator('/credentials/issue', { credential: certificateOf(did) })
    },
    async receive() {
      const made = Offer.parse(
        await asOperator(`/issuers/${slug}/offers`, {
          credential: content,
          options: { formats: ['dc+sd-jwt'] },
        }),
      )
      return receiveCredential(worldOfSomebody(), memoryWalletStore(), made.uri)
    },
    async present(held) {
      const world = worldOfSomebody()
      const { uri, state } = Request.parse(await asOperator('/requests', { query }))
      const request = await readRequest(world, resolver, uri)
      const selected = matchRequest(request, [held])
      if (selected === undefined) throw new Error('bench: nothing to show')
      await answerRequest(world, request, selected)
      State.parse(await asOperator(`/requests/${state}`))
    },
  }
}

/** A wallet at an address of its own: the server counts how often each one asks. */
function worldOfSomebody(): WalletWorld {
  const part = () => Math.floor(Math.random() * 256)
  const address = `10.${part()}.${part()}.${part()}`
  return {
    fetch: (url, init) => {
      const headers = new Headers(init?.headers)
      headers.set('x-forwarded-for', address)
      return fetch(url, { ...init, headers })
    },
    now: () => Math.floor(Date.now() / 1000),
    allowLoopbackHttp: true,
  }
}

/**
 * The clients of one or several equal servers, who note what was acknowledged to them.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { Receipt, type Format } from '#sdk'
import { z } from 'zod'

/** A credential as its client knows it. */
export interface Known {
  id: string
  format: Format
  text: string
  /** Path of its receipt. */
  receipt: string
  /** Whether its revocation was acknowledged. */
  isRevoked: boolean
}

export type Clients = ReturnType<typeof openClients>

const Issued = z.object({ verifiableCredential: z.object({ id: z.string() }) })
const Claims = z.object({ receipt: z.url() })

/**
 * Opens clients.
 *
 * @param urls - Where the servers are now; they take turns.
 * @param credential - What is issued, but for its id.
 */
export function openClients(urls: () => readonly string[], token: string, credential: object) {
  const known = new Map<string, Known>()
  let turn = 0

  const ask = async (path: string, body?: unknown) => {
    const all = urls()
    const response = await fetch(`${all[turn++ % all.length] ?? ''}${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(20_000),
    })
    return { status: response.status, text: await response.text() }
  }
  const textOf = (answer: string) => {
    const { id } = Issued.parse(JSON.parse(answer)).verifiableCredential
    return z.string().parse(id.split(',')[1])
  }
  const note = (id: string, text: string) => {
    const [, payload = ''] = text.split('.')
    const claims = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    const receipt = new URL(claims.receipt).pathname
    known.set(id, { id, format: 'vc+jwt', text, receipt, isRevoked: false })
  }

  return {
    /** What was acknowledged, by its id. */
    known,
    ask,
    textOf,
    newId: () => `urn:uuid:${randomUUID()}`,

    /** Asks for a credential of this id; answers whether it was acknowledged, now or before. */
    async issue(id: string): Promise<boolean> {
      const asked = { credential: { ...credential, id } }
      const answer = await ask('/credentials/issue', asked).catch(nothing)
      if (answer.status === 201) note(id, textOf(answer.text))
      if (answer.status === 409 && !known.has(id)) {
        const stored = await ask(`/credentials/${encodeURIComponent(id)}`).catch(nothing)
        if (stored.status !== 200) return false
        note(id, textOf(stored.text))
      }
      return known.has(id)
    },

    /** Asks for a revocation; answers whether it was acknowledged. */
    async revoke(id: string): Promise<boolean> {
      const credentialStatus = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
      const wish = { credentialId: id, credentialStatus, status: true }
      const { status } = await ask('/credentials/status', wish).catch(nothing)
      const credential = known.get(id)
      if (status === 200 && credential !== undefined) credential.isRevoked = true
      return status === 200
    },

    async receiptOf({ receipt }: Known): Promise<Receipt | undefined> {
      const { status, text } = await ask(receipt).catch(nothing)
      return status === 200 ? Receipt.parse(JSON.parse(text)) : undefined
    },
  }
}

function nothing() {
  return { status: 0, text: '' }
}

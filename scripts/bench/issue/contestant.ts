/**
 * The contestant's half of the issue bench: a server in a process of its own, which tells its parent
 * where it listens and, when asked, how much processor time it has used.
 *
 * @module
 */
import { createServer, type RequestListener } from 'node:http'
import { z } from 'zod'

/** What a contestant says of itself. */
export const Hello = z.object({
  port: z.int(),
  path: z.string(),
  method: z.enum(['GET', 'POST']),
  /** Sent with each request; none for GET. */
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()),
})
export type Hello = z.infer<typeof Hello>

/** Microseconds of processor time since the start. */
export const Usage = z.object({ microseconds: z.number() })

/** What its requests look like. */
export type Script = Omit<Hello, 'port'>

/** Serves `app` on loopback for as long as the parent lives. */
export function serve(app: RequestListener, script: Script): void {
  const server = createServer(app).listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address !== null)
      introduce({ ...script, port: address.port })
  })
}

/**
 * Says hello, and answers every message of the parent with the time used.
 *
 * @param stop - What must be done once the parent is gone.
 */
export function introduce(hello: Hello, stop: () => Promise<void> = () => Promise.resolve()): void {
  const end = () => void stop().finally(() => process.exit())
  if (!process.connected) {
    end()
    return
  }
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ microseconds: user + system })
  })
  process.on('disconnect', end)
  process.send?.(hello)
}

/** A certificate to be signed, of the size that a training certificate has. */
export const certificate = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential'],
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:example:boulanger',
      type: ['Achievement'],
      name: 'Boulanger',
      criteria: { narrative: 'Pétrir, façonner et cuire, seul, pendant une nuit de production.' },
      alignment: [
        {
          type: ['Alignment'],
          targetName: 'Boulanger',
          targetCode: 'RNCP37537',
          targetUrl: 'https://www.francecompetences.fr/recherche/rncp/37537/',
        },
        {
          type: ['Alignment'],
          targetName: 'Boulanger / Boulangère',
          targetCode: 'D1102',
          targetUrl: 'https://candidat.francetravail.fr/metierscope/fiche-metier/D1102',
        },
      ],
    },
  },
}

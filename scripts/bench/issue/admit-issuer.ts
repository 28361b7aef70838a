/**
 * An issuer that lacks nothing, on a server of its own, and what it certifies.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { buildTrainingCertificate, Did, Scope } from '#sdk'
import { createIssuer } from '../../../server/issuing/create-issuer.ts'
import { describeIssuer } from '../../../server/issuing/describe-issuer.ts'
import { NewIssuer } from '../../../server/issuing/issuer-input.ts'
import type { Server } from '../../../server/main.ts'
import { openEnd, sponsorOn } from '../../authority/sponsor.ts'

/** Last part of its DID. */
export const slug = 'bench'

/** Makes an issuer, and waits until it lacks nothing. */
export async function admitIssuer({ context, embedded }: Server): Promise<Did> {
  if (embedded === undefined) throw new Error('bench: no chain of its own')
  const input = NewIssuer.parse({ slug, name: 'Organisme fictif' })
  const { did } = await createIssuer(context, input)
  const { account: subject } = await describeIssuer(context, slug)
  const operator = await context.store.operator.get(() => context.keys.makeAccount())
  const sponsor = sponsorOn(embedded.chain, embedded.authority)
  const toAttest = { subject, right: 'attest', scope: Scope.parse('TrainingCertificate') } as const
  await sponsor.accredit(toAttest, openEnd)
  await sponsor.confirm(did, toAttest)
  const toAnchor = { subject: operator.address, right: 'anchor', scope: Scope.parse('') } as const
  await sponsor.accredit(toAnchor, openEnd)
  for (let second = 0; second < 60; second++) {
    const { chains } = await describeIssuer(context, slug)
    if (chains.every(({ missing }) => missing.length === 0)) return did
    await sleep(1_000)
  }
  throw new Error('bench: the issuer is never ready')
}

/** What a caller sends: the certificate without what the server adds. */
export function certificateOf(did: Did) {
  const certificate = buildTrainingCertificate(
    {
      issuer: { id: did, name: 'Organisme fictif' },
      holder: { id: Did.parse('did:example:ada') },
      title: 'Boulanger',
      description: 'Formation préparant au CAP Boulanger.',
      criteria: 'Pétrir, façonner et cuire, seul, pendant une nuit de production.',
      achievementId: 'urn:example:boulanger',
      certifications: [{ code: 'RNCP37537', title: 'CAP - Boulanger' }],
      rome: [{ code: 'D1102', title: 'Boulanger / Boulangère' }],
      completedOn: '2025-06-30',
    },
    { id: 'urn:example:replaced', validFrom: '2025-06-30T00:00:00Z' },
  )
  return { ...certificate, id: undefined, validFrom: undefined }
}

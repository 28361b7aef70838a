import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { buildTrainingCertificate, didJwkOf, generateKey, type Did } from '#sdk'

/** A certificate to try out: where it was written, and its own id. */
export interface Example {
  file: string
  id: string
}

/**
 * Writes a fictional certificate that the demo issuer can issue, as JSON, to `file`. Its id is new, since
 * an award is issued once; the server adds the date.
 */
export async function writeExample(file: string, issuer: Did, now: Date): Promise<Example> {
  const id = `urn:uuid:${randomUUID()}`
  const today = now.toISOString()
  const certificate = buildTrainingCertificate(
    {
      issuer: { id: issuer, name: 'Organisme de démonstration (fictif)' },
      holder: { id: didJwkOf(generateKey('ES256').publicJwk), name: 'Camille Exemple' },
      title: 'Accueillir et conseiller la clientèle',
      description: 'Formation fictive : accueillir, comprendre une demande, conseiller.',
      criteria: 'Deux mises en situation évaluées par un jury.',
      language: 'fr',
      rome: [{ code: 'D1106', title: 'Vente en alimentation' }],
      eqfLevel: 4,
      hours: 35,
      completedOn: today.slice(0, 10),
      results: [{ name: 'Note', value: '15', min: 0, max: 20, required: '10' }],
    },
    { id, validFrom: today },
  )
  const undated = { ...certificate, validFrom: undefined }
  await writeFile(file, `${JSON.stringify(undated, undefined, 2)}\n`)
  return { file, id }
}

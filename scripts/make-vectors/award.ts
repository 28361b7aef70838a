/**
 * A fictional certificate, signed and anchored.
 *
 * @module
 */
import {
  buildBatchTree,
  buildTrainingCertificate,
  createSigner,
  Did,
  didJwkOf,
  generateKey,
  makeReceipt,
  padLeaves,
  randomBytes,
  receiptLeaf,
  signVcJwt,
  statusEntries,
  toHash,
  type AnchoredCredential,
  type KeyPair,
  type Seconds,
} from '#sdk'
import type { School, TrustChain } from './trust-chain.ts'

/** A fictional school with its key. */
export function newSchool(): School & KeyPair {
  return { did: Did.parse('did:web:school.example'), ...generateKey('ES256') }
}

/** A certificate of the school, as a compact JWS. */
export function signAward(school: School & KeyPair, signedAt: Seconds): Promise<string> {
  const day = new Date(signedAt * 1000).toISOString().slice(0, 10)
  const certificate = buildTrainingCertificate(
    {
      issuer: { id: school.did, name: 'École fictive des vecteurs de test' },
      holder: { id: didJwkOf(generateKey('ES256').publicJwk), name: 'Camille Exemple' },
      title: 'Conduire un chariot élévateur',
      description: 'Formation fictive : circuler, charger, décharger, contrôler.',
      criteria: 'Une épreuve pratique devant un jury.',
      language: 'fr',
      certifications: [{ code: 'RNCP34079', title: 'Titre fictif' }],
      rome: [{ code: 'N1101', title: 'Conduite d’engins de déplacement des charges' }],
      eqfLevel: 3,
      hours: 35,
      completedOn: day,
      results: [{ name: 'Note', value: '15', min: 0, max: 20, required: '10' }],
    },
    {
      id: 'urn:uuid:7d5c2a90-0000-4000-8000-000000000001',
      validFrom: `${day}T00:00:00Z`,
      credentialStatus: statusEntries({
        url: 'https://school.example/status/1',
        list: 1n,
        index: 1_000,
      }),
    },
  )
  const signer = createSigner(`${school.did}#key-1`, school.privateJwk)
  return signVcJwt(certificate, signer, { signedAt })
}

/** Anchors a credential in a batch of 65,536 on every chain. */
export async function anchorAward(
  text: string,
  { publicJwk }: School,
  chains: readonly TrustChain[],
): Promise<AnchoredCredential> {
  const format = 'vc+jwt'
  const salt = toHash(randomBytes(32))
  const others = Array.from({ length: 65_535 }, () => toHash(randomBytes(32)))
  const leaf = receiptLeaf({ format, salt }, text)
  const tree = buildBatchTree(padLeaves([leaf, ...others], randomBytes))
  for (const { anchor } of chains) await anchor(tree)
  const anchors = chains.map(({ pin, operator }) => ({
    chainId: pin.chainId,
    registry: pin.anchorRegistry.address,
    operator,
  }))
  const receipt = makeReceipt({ format, text, salt, tree, anchors, issuerKey: publicJwk })
  return { credential: text, receipt }
}

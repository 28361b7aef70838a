import type { TrainingCertificateInput } from '../../sdk/model/training-certificate-input.ts'
import type { Did } from '../../sdk/model/primitives.ts'

/** A certificate with every member filled in; persons and bodies are made up. */
export function wholeCertificate(issuer: Did, holder: Did): TrainingCertificateInput {
  return {
    issuer: {
      id: issuer,
      name: 'Greta des Calanques',
      url: 'https://greta.example',
      email: 'contact@greta.example',
      siret: '73282932000074',
      nda: '93131234513',
      uai: '0131234A',
      address: {
        streetAddress: '1 rue de la Mer',
        postalCode: '13001',
        locality: 'Marseille',
        region: 'Provence-Alpes-Côte d’Azur',
        countryCode: 'FR',
      },
    },
    holder: { id: holder, name: 'Ada Exemple' },
    title: 'Conduite de chariots, niveau 2',
    description: 'Conduire en sécurité un chariot élévateur.',
    criteria: 'Avoir suivi 35 heures et réussi l’épreuve pratique.',
    achievementId: 'https://greta.example/formations/chariot-2',
    achievementType: 'Certification',
    language: 'fr',
    certifications: [
      {
        code: 'RNCP34079',
        title: 'Titre professionnel exemple',
        blocks: [{ code: 'RNCP34079BC01', title: 'Bloc 1' }],
      },
      { code: 'RS5000', title: 'Certificat exemple' },
    ],
    rome: [
      { code: 'N1101', title: 'Conduite d’engins de déplacement des charges' },
      { code: '123456', title: 'Conduire un chariot' },
    ],
    esco: [
      {
        uri: 'http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab',
        title: 'drive a forklift',
      },
    ],
    eqfLevel: 3,
    hours: 35,
    startedOn: '2026-01-05',
    completedOn: '2026-01-09',
    results: [
      { name: 'Épreuve pratique', value: '15.5', min: 0, max: 20, required: '10' },
      { name: 'Mention', value: 'Bien', allowed: ['Passable', 'Bien', 'Très bien'] },
      { name: 'Appréciation', value: 'Travail soigné' },
    ],
    evidence: [
      {
        name: 'Vidéo de l’épreuve',
        description: 'Dix minutes',
        url: 'https://greta.example/videos/1',
        genre: 'Video',
      },
    ],
  }
}

/**
 * What the demo takes when ../shared/data is not there: a few lines written by hand. The trades are
 * those of the ROME; certifications, bodies and their numbers are made up.
 *
 * @module
 */
import type { Certification, Habilitation } from '../../server/taxonomy/certification.ts'
import type { Organisation } from '../../server/taxonomy/read-organisations.ts'
import { isSiret, Siret } from '../../server/taxonomy/siret.ts'

const trades = [
  ['D1102', 'Boulanger / Boulangère'],
  ['F1703', 'Maçon / Maçonne'],
  ['G1603', 'Cuisinier / Cuisinière'],
  ['H2913', 'Soudeur / Soudeuse'],
  ['J1501', 'Aide-soignant / Aide-soignante'],
  ['M1203', 'Comptable'],
  ['M1811', 'Data engineer'],
  ['N1101', 'Cariste'],
] as const

const cities = ['Brest', 'Lyon', 'Nice', 'Lille', 'Metz'] as const

export const extract = {
  isExtract: true,
  catalogue: trades.map(([, label], i) =>
    certification(`RNCP90000${i + 1}`, `TP - ${first(label)}`, 4),
  ),
  trades: trades.map(([code, label]) => ({ code, label, parent: code, isRegulated: false })),
  organisations: Array.from({ length: 60 }, (_, i) => organisation(i)),
  certifications: [
    certification('RS900001', 'Souder en sécurité'),
    certification('RS900002', 'Tourier'),
  ],
  certifiers: [
    { certification: 'RS900001', name: 'Chambre fictive du métal', siret: madeUpSiret(900) },
    { certification: 'RS900002', name: 'Chambre fictive du pain', siret: madeUpSiret(901) },
  ],
  habilitations: Array.from({ length: 10 }, (_, i) => habilitation(i)),
  problems: [],
}

function certification(code: string, title: string, level?: number): Certification {
  return {
    code,
    title,
    kind: title.startsWith('TP - ') ? 'TP' : undefined,
    level,
    registeredUntil: '2027-12-31',
    isActive: true,
  }
}

function organisation(i: number): Organisation {
  const siret = madeUpSiret(i)
  return {
    siret,
    siren: siret.slice(0, 9),
    uai: undefined,
    activity: 'trains',
    isQualiopi: true,
    isOpen: true,
    city: cities[i % cities.length],
    department: undefined,
    region: undefined,
    relations: [],
  }
}

function habilitation(i: number): Habilitation {
  const siret = madeUpSiret(800 + i)
  return {
    certification: `RS90000${(i % 2) + 1}`,
    name: `Organisme fictif n° ${i + 1}`,
    siret,
    kind: 'HABILITATION_ORGA_FORM',
  }
}

/** A number that nobody bears: no SIREN begins with three zeros. */
function madeUpSiret(i: number): Siret {
  const digits = `000${String(i + 1).padStart(6, '0')}0001`
  const checks = Array.from({ length: 10 }, (_, digit) => `${digits}${digit}`)
  return Siret.parse(checks.find(isSiret))
}

function first(label: string): string {
  return label.split(' / ')[0] ?? label
}

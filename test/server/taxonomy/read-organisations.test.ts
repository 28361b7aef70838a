import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readOrganisations } from '../../../server/taxonomy/read-organisations.ts'

const header =
  'siret,siren,uai,nature,qualiopi,etat_administratif,localite,departement,region,relations'
const path = join(mkdtempSync(join(tmpdir(), 'livret-orgs-')), 'orgs.csv')
const read = (...rows: readonly string[]) => {
  writeFileSync(path, [header, ...rows].join('\n'))
  return readOrganisations(path)
}

describe('readOrganisations', () => {
  test('reads a body and its relations', async () => {
    const relations = 'entreprise:35600000000048|responsable->formateur:35600000009075'
    const { rows } = await read(
      `73282932000074,732829320,0212198A,formateur,true,actif,Dijon,21,Bourgogne,${relations}`,
    )
    expect(rows).toEqual([
      {
        siret: '73282932000074',
        siren: '732829320',
        uai: '0212198A',
        activity: 'trains',
        isQualiopi: true,
        isOpen: true,
        city: 'Dijon',
        department: '21',
        region: 'Bourgogne',
        relations: [
          { kind: 'entreprise', siret: '35600000000048' },
          { kind: 'responsable->formateur', siret: '35600000009075' },
        ],
      },
    ])
  })

  test.each([
    ['actif', true],
    ['fermé', false],
    ['', false],
  ])('a body of the state %j is open: %s', async (state, isOpen) => {
    const { rows } = await read(`73282932000074,732829320,,inconnue,,${state},,,,`)
    expect(rows.map((row) => row.isOpen)).toEqual([isOpen])
  })

  test.each([
    ['a SIRET that is none', '73282932000075,732829320,,inconnue,,actif,,,,', 'siret'],
    ['another body’s SIREN', '73282932000074,356000000,,inconnue,,actif,,,,', 'siren'],
    [
      'a state that nobody knows',
      '73282932000074,732829320,,inconnue,,ouvert,,,,',
      'etat_administratif',
    ],
    ['an activity that nobody knows', '73282932000074,732829320,,bar,,actif,,,,', 'nature'],
    [
      'a relation to what is no SIRET',
      '73282932000074,732829320,,inconnue,,actif,,,,x:1',
      'relations',
    ],
    [
      'a relation of no kind',
      '73282932000074,732829320,,inconnue,,actif,,,,35600000000048',
      'relations',
    ],
  ])('tells %s', async (_, row, column) => {
    const { rows, problems } = await read(row)
    expect(rows).toEqual([])
    expect(problems).toEqual([expect.objectContaining({ line: 2, column })])
  })

  test('tells a SIRET that stands there twice', async () => {
    const row = '73282932000074,732829320,,inconnue,,actif,,,,'
    const { rows, problems } = await read(row, row)
    expect(rows).toHaveLength(1)
    expect(problems).toEqual([expect.objectContaining({ line: 3 })])
  })
})

const data = fileURLToPath(
  new URL('../../../../shared/data/orgs/organismes_formation_sample.csv.gz', import.meta.url),
)

test.skipIf(!existsSync(data))(
  'every one of the 808 bodies of ../shared/data can be read',
  async () => {
    const { rows, problems } = await readOrganisations(data)
    expect(problems).toEqual([])
    expect(rows).toHaveLength(808)
    expect(rows.filter(({ isOpen }) => isOpen)).toHaveLength(723)
  },
)

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { readRncpCatalogue, readRncpExport } from '../../../server/taxonomy/read-rncp.ts'

/** A day's export in its real layout: quotes, semicolons, CR LF, a TAB before each SIRET, `''`. */
const parts: Record<string, readonly string[]> = {
  Standard: [
    '"Numero_Fiche";"Intitule";"Abrege_Libelle";"Nomenclature_Europe_Niveau";"Date_Fin_Enregistrement";"Actif"',
    '"RNCP900001";"Aide d\'atelier; polyvalent";"CAP";"NIV3";"31/08/2023";"INACTIVE"',
    '"RS900002";"Souder en sécurité";;;;"ACTIVE"',
    '"RNCP900003";"CQP d\'\'essai";;"REPRISE";"29/02/2028";"ACTIVE"',
  ],
  Partenaires: [
    '"Numero_Fiche";"Nom_Partenaire";"Siret_Partenaire";"Habilitation_Partenaire"',
    '"RS900002";"ATELIER DU SOUDEUR";"\t73282932000074";"HABILITATION_ORGA_FORM"',
  ],
  Certificateurs: [
    '"Numero_Fiche";"Siret_Certificateur";"Nom_Certificateur"',
    '"RS900002";"\t35600000000048";"CHAMBRE D\'ESSAI"',
  ],
  Blocs_De_Competences: [
    '"Numero_Fiche";"Bloc_Competences_Code";"Bloc_Competences_Libelle"',
    '"RNCP900001";"RNCP900001BC01";"Préparer l’atelier"',
  ],
  Rome: [
    '"Numero_Fiche";"Codes_Rome_Code";"Codes_Rome_Libelle"',
    '"RNCP900001";"H1102";"Management et ingénierie d\'\'affaires"',
  ],
}

let folder: string
const write = (part: string, lines: readonly string[], day = '2024_02_22') => {
  const text = lines.map((line) => `${line}\r\n`).join('')
  writeFileSync(join(folder, `export_fiches_CSV_${part}_${day}.csv`), text)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livret-rncp-'))
  for (const [part, lines] of Object.entries(parts)) write(part, lines)
})

describe('readRncpExport', () => {
  test('reads the five files', async () => {
    expect(await readRncpExport(folder)).toEqual({
      certifications: [
        {
          code: 'RNCP900001',
          title: "Aide d'atelier; polyvalent",
          kind: 'CAP',
          level: 3,
          registeredUntil: '2023-08-31',
          isActive: false,
        },
        { code: 'RS900002', title: 'Souder en sécurité', isActive: true },
        {
          code: 'RNCP900003',
          title: "CQP d'essai",
          registeredUntil: '2028-02-29',
          isActive: true,
        },
      ],
      habilitations: [
        {
          certification: 'RS900002',
          name: 'ATELIER DU SOUDEUR',
          siret: '73282932000074',
          kind: 'HABILITATION_ORGA_FORM',
        },
      ],
      certifiers: [{ certification: 'RS900002', name: "CHAMBRE D'ESSAI", siret: '35600000000048' }],
      blocks: [
        { certification: 'RNCP900001', code: 'RNCP900001BC01', title: 'Préparer l’atelier' },
      ],
      trades: [
        {
          certification: 'RNCP900001',
          rome: 'H1102',
          label: "Management et ingénierie d'affaires",
        },
      ],
      problems: [],
    })
  })

  test.each([
    [
      'a SIRET that is none',
      'Partenaires',
      '"RS900002";"X";"\t73282932000075";"H"',
      'Siret_Partenaire',
    ],
    [
      'a sheet that is not there',
      'Partenaires',
      '"RS9";"X";"\t73282932000074";"H"',
      'Numero_Fiche',
    ],
    [
      'a day that does not exist',
      'Standard',
      '"RS9";"X";;;"30/02/2024";"ACTIVE"',
      'Date_Fin_Enregistrement',
    ],
    [
      'a day the wrong way round',
      'Standard',
      '"RS9";"X";;;"2024-02-22";"ACTIVE"',
      'Date_Fin_Enregistrement',
    ],
    [
      'a level that does not exist',
      'Standard',
      '"RS9";"X";;"NIV9";;"ACTIVE"',
      'Nomenclature_Europe_Niveau',
    ],
    ['a state that nobody knows', 'Standard', '"RS9";"X";;;;"ACTIF"', 'Actif'],
    ['a code of another register', 'Standard', '"CPF9";"X";;;;"ACTIVE"', 'Numero_Fiche'],
    [
      'a block without its number',
      'Blocs_De_Competences',
      '"RS900002";"RS900002";"X"',
      'Bloc_Competences_Code',
    ],
    ['a trade that is none', 'Rome', '"RS900002";"Z9999";"X"', 'Codes_Rome_Code'],
  ])('tells %s', async (_, part, row, column) => {
    write(part, [...parts[part]!, row])
    const { problems } = await readRncpExport(folder)
    expect(problems).toEqual([
      expect.objectContaining({
        file: `export_fiches_CSV_${part}_2024_02_22.csv`,
        line: parts[part]!.length + 1,
        column,
      }),
    ])
  })

  test('takes the last day where there are several', async () => {
    write('Partenaires', parts['Partenaires']!.slice(0, 1), '2024_02_23')
    expect((await readRncpExport(folder)).habilitations).toEqual([])
  })

  test('refuses a folder without one of the files', async () => {
    rmSync(join(folder, 'export_fiches_CSV_Rome_2024_02_22.csv'))
    await expect(readRncpExport(folder)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      facts: { problems: ['no file export_fiches_CSV_Rome_*'] },
    })
  })
})

describe('readRncpCatalogue', () => {
  test('reads a sheet', async () => {
    const path = join(folder, 'catalogue.csv')
    writeFileSync(
      path,
      'numero_fiche,niveau_eqf,abrege,intitule,date_echeance,etat\nRNCP900001,3,CAP,"Aide, polyvalent",,ACTIVE\n',
    )
    const { rows } = await readRncpCatalogue(path)
    expect(rows).toEqual([
      { code: 'RNCP900001', title: 'Aide, polyvalent', kind: 'CAP', level: 3, isActive: true },
    ])
  })
})

const data = fileURLToPath(new URL('../../../../shared/data/rncp', import.meta.url))

describe.skipIf(!existsSync(data))('of ../shared/data/rncp', () => {
  test('every one of the 4,587 sheets of the catalogue can be read', async () => {
    const { rows, problems } = await readRncpCatalogue(
      join(data, 'rncp_catalogue_kit_2025-01-31.csv.gz'),
    )
    expect(problems).toEqual([])
    expect(rows).toHaveLength(4587)
    expect(rows.filter(({ isActive }) => isActive)).toHaveLength(2830)
  })

  test('every row of the export can be read, the ten habilitations among them', async () => {
    const day = await readRncpExport(join(data, 'export_sample_2024-02-22'))
    expect(day.problems).toEqual([])
    expect(day.certifications).toHaveLength(9)
    expect(day.habilitations).toHaveLength(10)
    expect(day.certifiers).toHaveLength(6)
    expect(day.blocks).toHaveLength(6)
    expect(day.trades).toHaveLength(15)
  })
})

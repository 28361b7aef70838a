import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readRome3, readRome4 } from '../../../server/taxonomy/read-rome.ts'

const trades = 'code_rome,libelle,libelle_domaine\nH2913,Soudage manuel,Mécanique\n'
const items = [
  'code_ogr,libelle,type_referentiel,rubrique',
  '100007,Techniques de soudage,1,7',
  '100007,Techniques de soudage,1,10',
  '17031,Meuler une soudure,2,6',
]

function folderWith(links: readonly string[], itemLines: readonly string[] = items) {
  const folder = mkdtempSync(join(tmpdir(), 'livret-rome-'))
  writeFileSync(join(folder, 'rome_v347_metiers.csv'), trades)
  writeFileSync(join(folder, 'rome_v347_items.csv.gz'), gzipSync(itemLines.join('\n')))
  const text = ['code_rome,code_ogr', ...links].join('\n')
  writeFileSync(join(folder, 'rome_v347_metier_item.csv.gz'), gzipSync(text))
  return folder
}

describe('readRome3', () => {
  test('reads trades, items in each of their roles, and which trade asks for which item', async () => {
    expect(await readRome3(folderWith(['H2913,100007', 'H2913,17031']))).toEqual({
      trades: [{ code: 'H2913', label: 'Soudage manuel', domain: 'Mécanique' }],
      items: [
        { code: '100007', label: 'Techniques de soudage', kind: 'knowledge', role: 'core' },
        { code: '100007', label: 'Techniques de soudage', kind: 'knowledge', role: 'specific' },
        { code: '17031', label: 'Meuler une soudure', kind: 'skill', role: 'core' },
      ],
      links: [
        { trade: 'H2913', item: '100007' },
        { trade: 'H2913', item: '17031' },
      ],
      problems: [],
    })
  })

  test.each([
    ['a trade that is not there', 'A1101,17031', 'code_rome'],
    ['an item that is not there', 'H2913,1', 'code_ogr'],
    ['a code that is none', 'soudage,17031', 'code_rome'],
    ['a link that stands there already', 'H2913,100007', ''],
  ])('tells a link to %s', async (_, link, column) => {
    const { links, problems } = await readRome3(folderWith(['H2913,100007', link]))
    expect(links).toHaveLength(1)
    expect(problems).toEqual([expect.objectContaining({ line: 3, column })])
  })

  test('tells an item of a kind that it does not know', async () => {
    const { problems } = await readRome3(folderWith([], [...items, '1,X,3,6']))
    expect(problems).toEqual([expect.objectContaining({ line: 5, column: 'type_referentiel' })])
  })
})

const data = fileURLToPath(new URL('../../../../shared/data/rome', import.meta.url))

describe.skipIf(!existsSync(data))('of ../shared/data/rome', () => {
  test('every row of version 3.47 can be read', async () => {
    const { trades, items, links, problems } = await readRome3(data)
    expect(problems).toEqual([])
    expect([trades.length, items.length, links.length]).toEqual([532, 13_670, 32_321])
  })

  test('every row of version 4 can be read', async () => {
    const { rows, problems } = await readRome4(join(data, 'rome_v460_codes.csv'))
    expect(problems).toEqual([])
    expect(rows).toHaveLength(1584)
  })
})

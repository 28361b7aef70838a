import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../scripts/demo/random.ts'
import { readSources } from '../../../scripts/demo/sources.ts'
import { createWorld } from '../../../scripts/demo/world.ts'

const data = fileURLToPath(new URL('../../../../shared/data', import.meta.url))

describe.each([
  ['../shared/data', data],
  ['the extract', '/nowhere'],
])('the world made of %s', (_, folder) => {
  test.skipIf(folder === data && !existsSync(data))('has at least 50 open bodies', async () => {
    const sources = await readSources(folder)
    const { bodies, certifiers } = createWorld(sources, createRandom(1))

    const open = new Set(sources.organisations.flatMap((each) => (each.isOpen ? [each.siret] : [])))
    const assigned = bodies.filter(({ isReal }) => !isReal)
    expect(assigned).toHaveLength(50)
    expect(assigned.filter(({ siret }) => !open.has(siret))).toEqual([])
    expect(assigned.filter(({ courses }) => courses.length === 0)).toEqual([])
    expect(new Set(bodies.map(({ siret }) => siret)).size).toBe(60)
    expect(certifiers).toHaveLength(2)
  })

  test.skipIf(folder === data && !existsSync(data))(
    'takes the habilitations as they are',
    async () => {
      const sources = await readSources(folder)
      const { bodies, certifiers } = createWorld(sources, createRandom(1))

      const real = bodies.filter(({ isReal }) => isReal)
      expect(
        real.map(({ siret, name, courses }) => [siret, name, courses[0]?.certification.code]),
      ).toEqual(sources.habilitations.map((each) => [each.siret, each.name, each.certification]))
      const owners = certifiers.map(({ siret }) => siret)
      expect(real.filter(({ certifier }) => !owners.includes(certifier!))).toEqual([])
    },
  )

  test.skipIf(folder === data && !existsSync(data))('is the same for the same seed', async () => {
    const sources = await readSources(folder)
    const make = (seed: number) => createWorld(sources, createRandom(seed))
    expect(make(1)).toEqual(make(1))
    expect(make(1)).not.toEqual(make(2))
  })
})

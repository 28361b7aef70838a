import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Root = z.object({
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
})

/** What a file imports, statically, when it is used, or for its types. */
const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"\s]+)['"]/g

/**
 * The package.json of the packed SDK. Its dependencies are what its files import, in the versions of this tree.
 *
 * @param folder - Where `dist` lies, compiled.
 */
export async function manifestOf(folder: string) {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url))
  const { version, license, dependencies } = Root.parse(JSON.parse(await readFile(file, 'utf8')))
  const packages = await packagesIn(`${folder}/dist`)
  const own = packages.map((name) => {
    const wanted = dependencies[name]
    if (wanted === undefined) throw new Error(`pack-sdk: ${name} is no dependency of this tree`)
    return [name, wanted] as const
  })
  return {
    name: '@livret/sdk',
    version,
    description: 'Verify, decode and make skills credentials: online, or offline by a bundle.',
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    imports: {
      '#crypto': platform('crypto'),
      '#fetch': platform('fetch'),
    },
    files: ['dist'],
    dependencies: Object.fromEntries(own),
  }
}

/** The platform's own implementation on servers, and that of the web elsewhere. */
function platform(name: string) {
  const file = (entry: string) => ({
    types: `./dist/${name}/${entry}.d.ts`,
    default: `./dist/${name}/${entry}.js`,
  })
  return { node: file('node'), default: file('web') }
}

async function packagesIn(dist: string): Promise<readonly string[]> {
  const files = (await readdir(dist, { recursive: true })).filter((file) =>
    /\.(js|d\.ts)$/.test(file),
  )
  const texts = await Promise.all(files.map((file) => readFile(`${dist}/${file}`, 'utf8')))
  const names = texts
    .map(withoutComments)
    .flatMap((text) => [...text.matchAll(imported)].map(([, name = '']) => name))
    .filter((name) => !/^(\.|#|node:)/.test(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  return [...new Set(names)].toSorted()
}

/** Examples in comments import things, too. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '')
}

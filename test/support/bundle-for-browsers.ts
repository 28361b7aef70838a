import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** What a site serves. */
export interface BrowserCode {
  /** Modules by their names; the entry imports some at once, and others when they are used. */
  files: ReadonlyMap<string, string>
  entry: string
  /** Bytes of the entry and of all that it imports at once, each compressed with gzip. */
  gzipBytes: number
}

const sdk = fileURLToPath(new URL('../../build/sdk/dist/index.js', import.meta.url))
const name = '\0entry'

/**
 * Bundles some exports of the packed SDK for browsers, minified, as sites do.
 *
 * @param exported - Their names.
 */
export async function bundleForBrowsers(exported: readonly string[]): Promise<BrowserCode> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? name : undefined),
        load: (id) => (id === name ? `export { ${exported.join(', ')} } from '${sdk}'` : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: {
        input: 'entry',
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  const result = Array.isArray(output) ? output[0] : output
  if (result === undefined || !('output' in result)) throw new Error('pack-sdk: nothing was built')
  const chunks = result.output.flatMap((each) => (each.type === 'chunk' ? [each] : []))
  const entry = chunks.find(({ isEntry }) => isEntry)
  if (entry === undefined) throw new Error('pack-sdk: nothing was built')
  const atOnce = new Set([entry])
  for (const { imports } of atOnce) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) atOnce.add(chunk)
  }
  return {
    files: new Map(chunks.map(({ fileName, code }) => [fileName, code])),
    entry: entry.fileName,
    gzipBytes: [...atOnce].reduce((sum, { code }) => sum + gzipSync(code).length, 0),
  }
}

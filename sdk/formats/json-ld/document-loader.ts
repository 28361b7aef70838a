import { bundledContexts, type ContextDocument } from './bundled-contexts.ts'

/** What jsonld asks for contexts. Never fetches. */
interface BundledLoader {
  readonly documentLoader: (url: string) => Promise<{
    contextUrl: null
    documentUrl: string
    document: ContextDocument
  }>
  /** Addresses that were asked for and that Livret does not bring along. */
  readonly missing: readonly string[]
}

/** A loader over the contexts that Livret brings along; one for each document, to say what it lacked. */
export async function bundledLoader(): Promise<BundledLoader> {
  const bundled = await bundledContexts()
  const missing: string[] = []
  const documentLoader = (url: string) => {
    const document = bundled.get(url)
    if (document !== undefined) {
      return Promise.resolve({ contextUrl: null, documentUrl: url, document })
    }
    missing.push(url)
    return Promise.reject(new Error('not a context that is known here'))
  }
  return { documentLoader, missing }
}

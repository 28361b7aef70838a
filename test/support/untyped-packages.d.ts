/** What tests use of packages that bring no types of their own. */

declare module '@digitalbazaar/data-integrity' {
  export const DataIntegrityProof: new (options: {
    cryptosuite: object
    signer?: object
    date?: string
  }) => object
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer(): object }>
}

declare module '@digitalbazaar/vc' {
  interface Loading {
    suite: object
    documentLoader: (url: string) => Promise<unknown>
  }
  interface Verifying extends Loading {
    checkStatus: () => Promise<{ verified: boolean }>
  }
  interface Verified {
    verified: boolean
  }
  interface Request {
    challenge: string
    domain: string
  }
  export function issue(options: Loading & { credential: object }): Promise<object>
  export function signPresentation(
    options: Loading & Request & { presentation: object },
  ): Promise<object>
  export function verifyCredential(options: Verifying & { credential: unknown }): Promise<Verified>
  export function verify(
    options: Verifying & Request & { presentation: unknown },
  ): Promise<Verified>
  export function defaultDocumentLoader(url: string): Promise<unknown>
}

/**
 * Everything that others may use of Livret's SDK: `#sdk` inside this tree.
 *
 * @module
 */

// Errors, and reading what others wrote
export * from './errors.ts'
export { toHash } from './lib/bytes.ts'
export { canonicalize } from './lib/canonicalize.ts'
export { isJsonObject, readJson, readJsonBytes } from './lib/json.ts'
export type { Json, JsonObject, JsonProblem, JsonResult } from './lib/json.ts'
export { parse } from './lib/parse.ts'

// The words, as schemas and types
export * from './model/contexts.ts'
export { judgeContent, type ContentJudgement } from './model/content.ts'
export * from './model/credential.ts'
export * from './model/format.ts'
export * from './model/jwk.ts'
export * from './model/open-badge.ts'
export * from './model/policy.ts'
export { policyJsonSchema } from './model/policy-schema.ts'
export * from './model/primitives.ts'
export * from './model/receipt.ts'
export * from './model/report.ts'
export * from './model/scope.ts'
export * from './model/scopes-of.ts'
export * from './model/status-entry.ts'
export * from './model/training-certificate.ts'
export * from './model/training-certificate-input.ts'

// Keys and DIDs
export { generateKey, PrivateJwk, randomBytes, SigningAlgorithm, type KeyPair } from '#crypto'
export { jwkThumbprint, jwkThumbprintBase64url } from './crypto/thumbprint.ts'
export { didJwkOf } from './did/did-jwk.ts'
export { didKeyOf } from './did/did-key.ts'
export { createDidResolver, findVerificationKey } from './did/resolver.ts'
export type {
  DidDocument,
  DidEthrNetwork,
  DidResolver,
  DidResolverOptions,
  Relationship,
} from './did/resolver.ts'
export type { FetchDocument } from './did/url-key.ts'

// Signing and reading
export { decodeCredential, type DecodedCredential } from './formats/decode.ts'
export { envelope, envelopedMediaTypes, openEnvelope } from './formats/envelope.ts'
export type { Envelope, EnvelopedMediaType } from './formats/envelope.ts'
export { toClr, clrContext, type ClrCredential, type ClrFrame } from './formats/export/clr.ts'
export { elmContext, toElm, type ElmCredential, type ElmOptions } from './formats/export/elm.ts'
export { judgeTerms, type TermsJudgement } from './formats/json-ld/judge-terms.ts'
export { signJwtVcJson, verifyJwtVcJson } from './formats/jwt-vc-json.ts'
export type { DidJwtVcResult } from './formats/jwt-vc-json.ts'
export {
  credentialsPresented,
  decodePresentation,
  signPresentation,
} from './formats/presentation.ts'
export type {
  DecodedPresentation,
  JwtPresentationFormat,
  PresentationFormat,
  PresentationRequest,
} from './formats/presentation.ts'
export { signLdpVc } from './formats/ldp-vc.ts'
export { signLdpPresentation } from './formats/presentation/ldp.ts'
export { readCredential, readPresentation } from './formats/read.ts'
export type { ClaimPath, ClaimPlace } from './formats/sd-jwt/claim-path.ts'
export { disclose } from './formats/sd-jwt/disclose.ts'
export type { DisclosedClaims, PlacedDisclosure } from './formats/sd-jwt/disclose.ts'
export { readDisclosures, splitSdJwt } from './formats/sd-jwt/disclosure.ts'
export type { Disclosure, SdJwtParts } from './formats/sd-jwt/disclosure.ts'
export { discloseOnly, presentSdJwt } from './formats/sd-jwt/present-sd-jwt.ts'
export type { SdJwtRequest } from './formats/sd-jwt/present-sd-jwt.ts'
export { signSdJwt, type SdJwtSigner } from './formats/sd-jwt/sign-sd-jwt.ts'
export { signSdJwtVc, type SdJwtVcOptions } from './formats/sd-jwt/sign-sd-jwt-vc.ts'
export { typeMetadata, vctOf } from './formats/sd-jwt/type-metadata.ts'
export { verifySdJwt } from './formats/sd-jwt/verify-sd-jwt.ts'
export type { SdJwtQuestion, VerifiedSdJwt } from './formats/sd-jwt/verify-sd-jwt.ts'
export { signOb3Jwt } from './formats/ob3-jwt.ts'
export type { TokenType } from './formats/sign-jws.ts'
export { createSigner, type Signer } from './formats/signer.ts'
export { signVcJwt, type SignatureTimes } from './formats/vc-jwt.ts'
export { verifyJws } from './formats/verify-jws.ts'

// From credentials to anchored roots
export { buildBatchTree, openBatchTree, padLeaves } from './anchor/batch-tree.ts'
export type { BatchTree } from './anchor/batch-tree.ts'
export { commitmentOf, credentialDigest, digestOf, leafOf, leavesOf } from './anchor/commitment.ts'
export { commitmentRoot, makeReceipt, receiptLeaf, receiptRoot } from './anchor/receipt.ts'
export type { ReceiptInput } from './anchor/receipt.ts'

// Chains
export * from './chain/abi.ts'
export { askChecked } from './chain/ask-checked.ts'
export { checkCreation } from './chain/check-identity.ts'
export { failOver, localEndpoint, type Ask, type Endpoint } from './chain/endpoints.ts'
export { issuerIdOf } from './chain/issuer-id.ts'
export { createOnlineSource, type OnlineSourceOptions } from './chain/online-source.ts'
export { readBlock, type BlockName } from './chain/read-block.ts'
export { createRpc, RpcRefusal, unreachable } from './chain/rpc.ts'
export type { RpcOptions, RpcRequest } from './chain/rpc.ts'
export { labelHashes, scopeHash, scopePrefixes } from './chain/scope-hash.ts'
export * from './chain/source.ts'

// Trust and status
export * from './status/bitstring.ts'
export * from './status/status-list.ts'
export * from './status/token-status-list.ts'
export * from './trust/judge-accreditation.ts'
export * from './trust/judge-binding.ts'
export * from './trust/judge-key.ts'
export * from './trust/path-links.ts'

// Bundles: verifying without a network
export { Bundle, readBundle, type BundleChain } from './bundle/bundle.ts'
export { readCheckpoint, signCheckpoint, type Checkpoint } from './bundle/checkpoint.ts'
export { makeBundle, type ChainToBundle } from './bundle/make-bundle.ts'
export { openBundle, type OpenedBundle } from './bundle/open-bundle.ts'
export { verifyBundle, type BundleVerifierOptions } from './bundle/verify-bundle.ts'

// Verifying
export { checkCodes, isCheckCode, type CheckCode, type FactName } from './verify/codes.ts'
export { createVerifier, type Verifier, type VerifierOptions } from './verify/create-verifier.ts'
export { createDocumentFetcher } from './verify/fetch-document.ts'
export { createStatusListFetcher } from './verify/fetch-status-list.ts'
export type { TextFetcherOptions } from './verify/fetch-text.ts'
export { parsePolicy, policyDigest, quorumOf } from './verify/policy.ts'
export { readCredentialInput, type CredentialInput } from './verify/read-credential-input.ts'
export { explainCheck, renderReport } from './verify/render-report.ts'
export type { CheckToRender, Language, ReportToRender } from './verify/render-report.ts'
export { compileSchemas, type KnownSchemas, type SchemaValidator } from './verify/schemas.ts'
export { matchesReport } from './verify/signed-report/report-commitment.ts'
export { signReport, type ReportOptions } from './verify/signed-report/sign-report.ts'
export { SignedReport } from './verify/signed-report/signed-report.ts'
export { verifyReport } from './verify/signed-report/verify-report.ts'
export { printable } from './verify/texts/fill.ts'
export { verifyMany } from './verify/verify-many.ts'
export { verdictOf, worstVerdict } from './verify/verdict.ts'
export type { PresentationInput, PresentationReport } from './verify/verify-presentation.ts'

// Wallets and their verifiers
export { checkAnswer, type Answer } from './wallet/check-answer.ts'
export { claimsOf, type ClaimSource } from './wallet/claims-of.ts'
export { ClaimsQuery, CredentialQuery, DcqlQuery } from './wallet/dcql-query.ts'
export { answerRequest, matchRequest, readRequest } from './wallet/answer-request.ts'
export type { VerifiedRequest } from './wallet/answer-request.ts'
export { HeldCredential, memoryWalletStore, type WalletStore } from './wallet/held-credential.ts'
export type { WalletWorld } from './wallet/http.ts'
export { matchCredential } from './wallet/match-credential.ts'
export { receiveCredential, type ReceiveOptions } from './wallet/receive-credential.ts'
export { openWallet, sealWallet } from './wallet/sealed-wallet.ts'
export { selectCredentials, type Selected } from './wallet/select-credentials.ts'

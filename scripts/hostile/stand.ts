/**
 * What is attacked: a verifier that trusts one issuer, on a chain that stands still and a web in which
 * every request is noted; and good tokens of every format, which it accepts.
 *
 * @module
 */
import {
  buildBatchTree,
  buildTrainingCertificate,
  createDidResolver,
  createSigner,
  createStatusListFetcher,
  createVerifier,
  Did,
  didJwkOf,
  generateKey,
  makeReceipt,
  makeStatusList,
  padLeaves,
  parse,
  Policy,
  presentSdJwt,
  randomBytes,
  receiptLeaf,
  signJwtVcJson,
  signPresentation,
  signSdJwtVc,
  signVcJwt,
  statusEntries,
  toHash,
  type AnchoredCredential,
  type Format,
  type KeyPair,
  type Policy as TrustPolicy,
  type Signer,
  type Verifier,
} from '#sdk'
import { makeStillChain } from './still-chain.ts'

/** 2026-03-01T00:00:00Z: when everything here happens. */
export const now = 1_772_323_200
const yesterday = now - 86_400

/** Somebody who signs. */
export interface Party extends KeyPair {
  did: Did
  kid: string
  signer: Signer
}

/** What a host answers, by address. */
type Pages = Map<string, () => Response>

/** A verifier that nobody has asked yet, and the addresses that it will have asked. */
export interface FreshVerifier extends Verifier {
  asked: readonly string[]
}

export type Stand = Awaited<ReturnType<typeof openStand>>

/** The verifier's challenge and name, which presentations answer. */
export const challenge = 'challenge-1'
export const domain = 'did:web:employer.example'

export async function openStand() {
  const pages: Pages = new Map()
  const issuer = newParty(Did.parse('did:web:college.example'))
  const holder = newParty()
  const attacker = newParty()
  publish(pages, issuer)
  // The attacker's host would serve whatever is asked of it.
  const evil = newParty(Did.parse('did:web:evil.example'))
  publish(pages, evil)

  const chain = makeStillChain({
    issuer: issuer.did,
    publicJwk: issuer.publicJwk,
    scope: 'TrainingCertificate',
    since: yesterday,
    now,
  })
  const policies = {
    /** The chain decides. */
    chain: parse(Policy, { version: 1, chains: [chain.pin], anchorRequired: false }, 'policy'),
    /** The same, and nothing without a receipt. */
    anchored: parse(Policy, { version: 1, chains: [chain.pin] }, 'policy'),
    /** No chain: signature, period and the issuer's own lists. */
    lists: parse(Policy, { version: 1, chains: [], anchorRequired: false }, 'policy'),
  }

  const url = 'https://college.example/status/7'
  const document = buildTrainingCertificate(
    {
      issuer: { id: issuer.did, name: 'Collège de la Mer' },
      holder: { id: holder.did },
      title: 'Soudure, niveau 2',
      description: 'Souder à l’arc.',
      criteria: 'Une pièce soudée.',
      completedOn: '2026-02-27',
      results: [{ name: 'Note', value: '14', min: 0, max: 20 }],
    },
    {
      id: 'urn:uuid:6f1d2f0e-6f0c-4f0e-8f5e-6b1d7a3c9b10',
      validFrom: '2026-02-28T12:00:00Z',
      credentialStatus: statusEntries({ url, list: 7n, index: 4711 }),
    },
  )
  for (const purpose of ['revocation', 'suspension'] as const) {
    const address = `${url}/${purpose}`
    const block = (await chain.view()).block
    const input = { url: address, issuer: issuer.did, purpose, words: [], blocks: [block] }
    const list = await signVcJwt(await makeStatusList(input), issuer.signer)
    pages.set(address, () => new Response(list))
  }
  const vcJwt = await signVcJwt(document, issuer.signer, { signedAt: now - 3600 })
  const jwtVcJson = await signJwtVcJson(document, issuer.signer, { signedAt: now - 3600 })
  const type = 'https://college.example/vct/TrainingCertificateCredential/v1'
  const sdJwt = await signSdJwtVc(document, issuer.signer, { type, signedAt: now - 3600 })
  const request = { audience: domain, nonce: challenge, signedAt: now }
  const present = (by: Party, credentials: readonly string[], format: 'vp+jwt' | 'jwt_vp_json') =>
    signPresentation(
      format,
      { holder: by.did, credentials, challenge, domain, signedAt: now, expiresAt: now + 300 },
      by.signer,
    )

  /** Anchors a token on the chain, alone in its batch. */
  function anchor(credential: string, format: Format): AnchoredCredential {
    const salt = toHash(randomBytes(32))
    const tree = buildBatchTree(padLeaves([receiptLeaf({ format, salt }, credential)], randomBytes))
    chain.anchor(tree.root, tree.leafCount)
    const { chainId, anchorRegistry } = chain.pin
    const anchors = [{ chainId, registry: anchorRegistry.address, operator: chain.operator }]
    const issuerKey = issuer.publicJwk
    return {
      credential,
      receipt: makeReceipt({ format, text: credential, salt, tree, anchors, issuerKey }),
    }
  }

  /** A verifier with empty caches. */
  function verifier(trust: TrustPolicy = policies.chain): FreshVerifier {
    const asked: string[] = []
    const get = (input: RequestInfo | URL) => {
      const address = input instanceof Request ? input.url : String(input)
      asked.push(address)
      const page = pages.get(address)
      return page === undefined
        ? Promise.reject(new Error('the host does not answer'))
        : Promise.resolve(page())
    }
    const parts = createVerifier({
      policy: trust,
      sources: trust.chains.length === 0 ? [] : [chain],
      resolver: createDidResolver({ fetch: get, now: () => now * 1000 }),
      fetchStatusList: createStatusListFetcher({ fetch: get, now: () => now * 1000 }),
      now: () => now * 1000,
    })
    return { ...parts, asked }
  }

  return {
    issuer,
    holder,
    attacker,
    evil,
    pages,
    policies,
    document,
    statusUrl: url,
    blockHash: (await chain.view()).block.hash,
    tokens: {
      vcJwt,
      jwtVcJson,
      vpJwt: await present(holder, [vcJwt], 'vp+jwt'),
      jwtVpJson: await present(holder, [jwtVcJson], 'jwt_vp_json'),
      sdJwt,
      sdJwtBound: await presentSdJwt(
        sdJwt,
        [['credentialSubject', 'result']],
        holder.signer,
        request,
      ),
      anchored: anchor(vcJwt, 'vc+jwt'),
    },
    anchor,
    present,
    verifier,
  }
}

/** A new party; without `did`, its DID is its key. */
function newParty(did?: Did): Party {
  const keys = generateKey('ES256')
  const own = did ?? didJwkOf(keys.publicJwk)
  const kid = did === undefined ? `${own}#0` : `${own}#key-1`
  return { ...keys, did: own, kid, signer: createSigner(kid, keys.privateJwk) }
}

/** Serves the DID document of a party. */
function publish(pages: Pages, { did, kid, publicJwk }: Party): void {
  const method = { id: kid, type: 'JsonWebKey', controller: did, publicKeyJwk: publicJwk }
  const document = { id: did, verificationMethod: [method], assertionMethod: [kid] }
  pages.set(`https://${did.slice('did:web:'.length)}/.well-known/did.json`, () =>
    Response.json(document),
  )
}

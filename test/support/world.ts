/**
 * A small world for verification tests: a region that accredits, a college that issues, an operator
 * that anchors, a holder, on one or two real chains, with real signatures.
 *
 * @module
 */
import type { Signer as Account } from 'ethers'
import { buildBatchTree, padLeaves } from '../../sdk/anchor/batch-tree.ts'
import { digestOf } from '../../sdk/anchor/commitment.ts'
import { makeReceipt, receiptLeaf } from '../../sdk/anchor/receipt.ts'
import { createOnlineSource } from '../../sdk/chain/online-source.ts'
import { randomBytes, type SigningAlgorithm } from '../../sdk/crypto/node.ts'
import { createDidResolver } from '../../sdk/did/resolver.ts'
import { readCredential } from '../../sdk/formats/read.ts'
import { signVcJwt } from '../../sdk/formats/vc-jwt.ts'
import { toHash } from '../../sdk/lib/bytes.ts'
import type { CredentialDocument } from '../../sdk/model/credential.ts'
import { Policy, type ChainPin } from '../../sdk/model/policy.ts'
import type { AnchoredCredential, Receipt } from '../../sdk/model/receipt.ts'
import { statusEntries, type StatusPurpose } from '../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../sdk/model/training-certificate.ts'
import { makeStatusList, type StatusListInput } from '../../sdk/status/status-list.ts'
import { createVerifier, type VerifierOptions } from '../../sdk/verify/create-verifier.ts'
import type { TestChain } from './chain.ts'
import { newCollege, startDidHost, type College } from './college.ts'
import { newParty, type Party } from './issuer.ts'
import { maskOf, registrar, startPlace, type Place } from './place.ts'

export type { College } from './college.ts'

export type World = Awaited<ReturnType<typeof startWorld>>

/** Starts the chains; nobody is accredited yet but the operator, for anchoring. */
export async function startWorld(names: readonly ('chainA' | 'chainB')[] = ['chainA']) {
  const places: Place[] = []
  for (const name of names) places.push(await startPlace(name))
  const host = startDidHost()
  let nextIndex = 0

  const first = () => placeAt(0)
  const placeAt = (number: number): Place => {
    const place = places[number]
    if (place === undefined) throw new Error(`there is no chain ${String(number)}`)
    return place
  }
  /** Makes an issuer and its DID document. */
  function newIssuer(
    slug: string,
    account: College['account'] = 'issuer',
    algorithm: SigningAlgorithm = 'ES256',
  ): College {
    const college = newCollege(slug, account, algorithm)
    host.publish(college)
    return college
  }

  /** An issuer that is confirmed, accredited and has its key registered, on every chain. */
  async function accreditedCollege(
    slug: string,
    scope = 'TrainingCertificate',
    account: College['account'] = 'issuer',
    algorithm: SigningAlgorithm = 'ES256',
  ): Promise<College> {
    const college = newIssuer(slug, account, algorithm)
    for (const place of places) {
      await registrar.confirm(place, college)
      await registrar.accredit(place, place.chain.accounts[account].address, scope)
      await registrar.registerKey(place, college)
    }
    return college
  }

  /** A training certificate of `college`, unsigned. */
  async function certificate(college: College, holder: Party, change: object = {}) {
    const now = await first().chain.time()
    const index = nextIndex++
    const url = `https://livret.example/issuers/${college.slug}/status/7`
    const document = buildTrainingCertificate(
      {
        issuer: { id: college.did, name: 'Collège de la Mer' },
        holder: { id: holder.did },
        title: 'Soudure, niveau 2',
        description: 'Souder à l’arc.',
        criteria: 'Une pièce soudée.',
        completedOn: '2026-02-27',
        results: [{ name: 'Note', value: '14', min: 0, max: 20 }],
      },
      {
        id: `urn:uuid:${crypto.randomUUID()}`,
        validFrom: new Date((now - 10) * 1000).toISOString(),
        credentialStatus: statusEntries({ url, list: 7n, index }),
      },
    )
    const credential: CredentialDocument = { ...document, ...change }
    return { credential, index, signedAt: now }
  }

  /** A signed training certificate of `college`. */
  async function issue(college: College, holder: Party = newParty(), change: object = {}) {
    const { credential, index, signedAt } = await certificate(college, holder, change)
    return { text: await signVcJwt(credential, college.signer, { signedAt }), index }
  }

  /** Anchors credentials in one batch, on the chains of these numbers (default: all). */
  async function anchor(
    texts: readonly string[],
    {
      issuerKey,
      chains = places.map((_, i) => i),
      format = 'vc+jwt',
      leafCount,
    }: {
      issuerKey?: Receipt['issuerKey']
      chains?: readonly number[]
      format?: Receipt['format']
      /** What the operator says of the batch, if not the truth. */
      leafCount?: number
    } = {},
  ): Promise<readonly AnchoredCredential[]> {
    const salted = await Promise.all(
      texts.map(async (text) => ({
        text,
        signed: format === 'ldp_vc' ? digestOf(await readCredential(text)) : text,
        salt: toHash(randomBytes(32)),
        format,
      })),
    )
    const leaves = salted.map((each) => receiptLeaf(each, each.signed))
    const tree = buildBatchTree(padLeaves(leaves, randomBytes))
    const anchors: Receipt['anchors'] = []
    for (const number of chains) {
      const place = placeAt(number)
      await registrar.anchor(place, tree.root, leafCount ?? tree.leafCount)
      anchors.push({
        chainId: place.pin.chainId,
        registry: place.pin.anchorRegistry.address,
        operator: addressOf(place.chain.accounts.operator),
      })
    }
    return salted.map(({ text, signed, salt, format }) => ({
      credential: text,
      receipt: makeReceipt({
        ...{ format, text: signed, salt, tree, anchors },
        ...(issuerKey && { issuerKey }),
      }),
    }))
  }

  /** A policy that trusts the world's chains. */
  const policy = (change: object = {}): Policy =>
    Policy.parse({ version: 1, chains: places.map(({ pin }) => pin), ...change })

  /** A verifier whose clock stands at the newest block of the first chain, plus `later` seconds. */
  async function verifier({
    later = 0,
    policy: change = {},
    ...options
  }: { later?: number; policy?: object } & Partial<Omit<VerifierOptions, 'policy'>> = {}) {
    const now = ((await first().chain.time()) + later) * 1000
    const trusted = policy(change)
    return createVerifier({
      policy: trusted,
      sources: trusted.chains.map((pin) =>
        createOnlineSource(pin, { request: placeOf(pin).chain.request }),
      ),
      resolver: createDidResolver({ fetch: host.fetch, now: () => now }),
      now: () => now,
      ...options,
    })
  }

  const placeOf = (pin: ChainPin): Place => {
    const place = places.find((each) => each.pin.chainId === pin.chainId)
    if (place === undefined) throw new Error(`there is no chain ${String(pin.chainId)}`)
    return place
  }

  /** A signed status list of `college`, of the newest block, on which these entries are set. */
  async function statusList(
    college: College,
    purpose: StatusPurpose,
    set: readonly number[],
    change: Partial<StatusListInput> = {},
  ): Promise<string> {
    const { chain, pin } = first()
    const { block } = await createOnlineSource(pin, { request: chain.request }).view()
    const words = new Map<number, bigint>()
    for (const { word, mask } of set.map(maskOf)) words.set(word, (words.get(word) ?? 0n) | mask)
    const url = `https://livret.example/issuers/${college.slug}/status/7/${purpose}`
    const input = { url, issuer: college.did, purpose, words, blocks: [block], ...change }
    return signVcJwt(await makeStatusList(input), college.signer)
  }

  return {
    places,
    /** The first chain, and the authority's and the issuer's account on it. */
    place: first(),
    as: (account: keyof TestChain['accounts'], number = 0) =>
      placeAt(number).chain.as(placeAt(number).chain.accounts[account]),
    addressOf: (account: keyof TestChain['accounts'], number = 0) =>
      placeAt(number).chain.accounts[account].address,
    time: () => first().chain.time(),
    statusList,
    ...host,
    on: registrar,
    newCollege: newIssuer,
    accreditedCollege,
    certificate,
    issue,
    anchor,
    policy,
    verifier,
    /** Remembers the state of all chains; the answer restores it. */
    async snapshot(): Promise<() => Promise<void>> {
      const ids: unknown[] = []
      for (const { chain } of places) ids.push(await chain.request('evm_snapshot'))
      return async () => {
        for (const [i, { chain }] of places.entries()) await chain.request('evm_revert', [ids[i]])
      }
    },
    async travel(seconds: number): Promise<void> {
      for (const { chain } of places) await chain.travel(seconds)
    },
    async stop(): Promise<void> {
      for (const { chain } of places) await chain.stop()
    },
  }
}

function addressOf(account: Account & { address: string }) {
  return account.address.toLowerCase() as Receipt['anchors'][number]['operator']
}

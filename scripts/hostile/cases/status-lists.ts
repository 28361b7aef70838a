import { gzipSync } from 'node:zlib'
import {
  chainStateType,
  encodeBitstring,
  makeStatusList,
  signVcJwt,
  type CredentialDocument,
} from '#sdk'
import { listedAt, type Attacks, type HostileCase } from '../case.ts'
import { now } from '../stand.ts'

/** Lists of the issuer's own host and key that hurt who reads them. */
export async function statusListCases(attacks: Attacks): Promise<readonly HostileCase[]> {
  const { credential, byIssuer, header, claims, stand, issuerDocument } = attacks
  const { issuer, evil, pages, policies } = stand
  const policy = policies.lists

  /** A good credential whose list the issuer's host serves as this text. */
  async function served(
    name: string,
    code: string,
    makePage: (url: string) => Promise<() => Response>,
  ) {
    const url = `https://college.example/hostile/${encodeURIComponent(name)}`
    pages.set(url, await makePage(url))
    const token = await byIssuer(header, { ...claims, credentialStatus: listedAt(url) })
    return credential(name, code, token, { policy, mayAsk: [issuerDocument, url] })
  }
  const listed = (name: string, encodedList: string, change: object = {}) =>
    served(name, 'STATUS_LIST_INVALID', async (url) => {
      const credentialSubject = {
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList,
      }
      const list = { ...(await listCredential(url)), credentialSubject, ...change }
      const text = await signVcJwt(list, issuer.signer)
      return () => new Response(text)
    })
  const listCredential = (id: string): Promise<CredentialDocument> =>
    makeStatusList({
      url: id,
      issuer: issuer.did,
      purpose: 'revocation',
      words: [],
      blocks: [{ chainId: 1, number: 1, hash: stand.blockHash, timestamp: now }],
    })
  const zipped = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`
  const good = gzipSync(Buffer.alloc(16_384))
  const raw = (name: string, code: string, page: () => Response) =>
    served(name, code, () => Promise.resolve(page))

  return Promise.all([
    listed('a zip bomb of 512 MB', zipped(Buffer.alloc(2 ** 29))),
    listed('a zip bomb of 2 MB and a byte', zipped(Buffer.alloc(2 ** 21 + 1))),
    listed('20,000 empty gzip members', `u${repeated(gzipSync(Buffer.alloc(0)), 20_000)}`),
    listed(
      'no list behind a gzip header of 500 kB',
      `u${withName(gzipSync(Buffer.alloc(1)), 500_000)}`,
    ),
    listed('a gzip stream cut short', `u${good.subarray(0, -9).toString('base64url')}`),
    listed(
      'bytes after the gzip stream',
      `u${Buffer.concat([good, good.subarray(0, 5)]).toString('base64url')}`,
    ),
    listed('a wrong checksum', `u${flipped(good).toString('base64url')}`),
    listed('no gzip', `u${'A'.repeat(30_000)}`),
    listed('an empty list', 'u'),
    listed('a list that is too short', await encodeBitstring(new Uint8Array(1_000))),
    listed('a list in another base', `z${'1'.repeat(600_000)}`),
    listed('a list of a million letters', 'é'.repeat(200_000)),
    listed('a list that names 900 blocks which are none', zipped(Buffer.alloc(16_384)), {
      evidence: Array.from({ length: 900 }, () => ({ id: 'urn:x:1', type: chainStateType })),
    }),
    raw('a list that never ends', 'STATUS_LIST_UNREACHABLE', endless),
    raw('a list of 2 MB', 'STATUS_LIST_UNREACHABLE', () => new Response('A'.repeat(2_000_000))),
    raw(
      'a list nested 50,000 deep',
      'STATUS_LIST_INVALID',
      () => new Response('{"a":'.repeat(50_000)),
    ),
    raw('a list that is a page', 'STATUS_LIST_INVALID', () => new Response('<html>')),
    raw(
      'a list that is not there',
      'STATUS_LIST_UNREACHABLE',
      () => new Response('', { status: 404 }),
    ),
    served('a list that is signed by another', 'STATUS_LIST_FOREIGN', async (url) => {
      const list = await signVcJwt(
        { ...(await listCredential(url)), issuer: evil.did },
        evil.signer,
      )
      return () => new Response(list)
    }),
    served('a list that is of another address', 'STATUS_LIST_INVALID', async () => {
      const list = await signVcJwt(
        await listCredential(`${stand.statusUrl}/revocation`),
        issuer.signer,
      )
      return () => new Response(list)
    }),
  ])
}

function endless(): Response {
  const chunk = new Uint8Array(65_536).fill(65)
  return new Response(
    new ReadableStream({
      pull: (controller) => {
        controller.enqueue(chunk)
      },
    }),
  )
}

function repeated(bytes: Buffer, count: number): string {
  return Buffer.concat(Array<Buffer>(count).fill(bytes)).toString('base64url')
}

/** A gzip stream with the name of a file in its header (RFC 1952 section 2.3.1). */
function withName(zipped: Buffer, length: number): string {
  const header = Buffer.from(zipped.subarray(0, 10))
  header[3] = 8
  const name = Buffer.concat([Buffer.alloc(length, 97), Buffer.of(0)])
  return Buffer.concat([header, name, zipped.subarray(10)]).toString('base64url')
}

function flipped(zipped: Buffer): Buffer {
  const changed = Buffer.from(zipped)
  const at = changed.length - 8
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

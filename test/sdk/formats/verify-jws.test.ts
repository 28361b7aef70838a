import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as node from '../../../sdk/crypto/node.ts'
import * as web from '../../../sdk/crypto/web.ts'
import { verifyJws } from '../../../sdk/formats/verify-jws.ts'
import { fromHex } from '../../../sdk/lib/bytes.ts'
import { Algorithm, type PublicJwk } from '../../../sdk/model/jwk.ts'
import { newParty } from '../../support/issuer.ts'

interface Vector {
  tcId?: number
  comment: string
  result: 'valid' | 'invalid'
}
interface Group<T> {
  comment: string
  tests: (Vector & T)[]
}
interface File<T, G> {
  numberOfTests: number
  groups: (Group<T> & G)[]
}

const own = JSON.parse(
  readFileSync(new URL('../../vectors/jws.json', import.meta.url), 'utf8'),
) as File<{ jws: string }, { jwk: PublicJwk }>

describe.each(own.groups)('verifyJws: $comment', ({ jwk, tests }) => {
  test.each(tests)('$result: $comment', async ({ jws, result }) => {
    expect(await verifyJws(jws, jwk)).toBe(result === 'valid')
  })
})

describe('verifyJws', () => {
  const { jwk, tests } = own.groups[0]!
  const good = tests[0]!.jws

  test('never rejects, and accepts nothing but the token, whatever the text', async () => {
    const change = fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ unit: 'binary' }))
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      change.map(([at, length, insert]) => {
        const position = at % good.length
        return good.slice(0, position) + insert + good.slice(position + length)
      }),
    )
    await fc.assert(
      fc.asyncProperty(text, async (hostile) => {
        expect(await verifyJws(hostile, jwk)).toBe(hostile === good)
      }),
      { numRuns: 500 },
    )
  })

  test('never rejects, whatever the key', async () => {
    const members = fc.constantFrom(...Object.keys(jwk), 'use', 'key_ops', 'alg')
    await fc.assert(
      fc.asyncProperty(members, fc.jsonValue(), async (member, value) => {
        const isAccepted = await verifyJws(good, { ...jwk, [member]: value })
        expect(typeof isAccepted).toBe('boolean')
      }),
      { numRuns: 300 },
    )
  })

  test.each([undefined, null, 1, {}, { payload: 'Zm9v', signatures: [] }, [good]])(
    'refuses %j, which is no text',
    async (jws) => {
      expect(await verifyJws(jws as string, jwk)).toBe(false)
    },
  )

  test.each<[string, unknown]>([
    ['a private key', newParty().privateJwk],
    ['no key', undefined],
    ['a key as text', JSON.stringify(jwk)],
  ])('is not asked about %s', async (_, key) => {
    await expect(verifyJws(good, key as PublicJwk)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})

const folder = process.env['WYCHEPROOF_DIR']
const noVectors = 'Wycheproof: WYCHEPROOF_DIR names no folder with its testvectors_v1'

/** One file of github.com/C2SP/wycheproof; no groups where it is not at hand. */
function wycheproof<T, G>(name: string): File<T, G> {
  const path = join(folder ?? '', 'testvectors_v1', `${name}_test.json`)
  if (folder === undefined || !existsSync(path)) return { numberOfTests: 0, groups: [] }
  const { numberOfTests, testGroups } = JSON.parse(readFileSync(path, 'utf8')) as {
    numberOfTests: number
    testGroups: (Group<T> & G)[]
  }
  return { numberOfTests, groups: testGroups }
}

/** What a group of tokens says is its key; a set of one key stands for that key. */
type KeyHolder = Partial<Record<'public' | 'private', { alg?: string; keys?: PublicJwk[] }>>

describe('Wycheproof’s tokens', () => {
  const files = ['json_web_signature', 'json_web_key', 'json_web_crypto'].map((name) =>
    wycheproof<{ jws?: string }, KeyHolder>(name),
  )
  const cases = files.flatMap(({ groups }) =>
    groups.flatMap(({ public: publicKey, private: privateKey, tests }) => {
      const holder = publicKey ?? privateKey ?? {}
      const keys = holder.keys ?? [holder]
      return tests.flatMap(({ jws, ...vector }) =>
        jws === undefined ? [] : keys.map((key) => ({ ...vector, jws, key: key as PublicJwk })),
      )
    }),
  )

  test.skipIf(cases.length === 0)(
    cases.length === 0 ? noVectors : `${cases.length} tokens: valid where ours is the algorithm`,
    async () => {
      expect(cases.length).toBeGreaterThanOrEqual(450)
      const wrong: unknown[] = []
      let accepted = 0
      for (const { jws, key, result, tcId, comment } of cases) {
        const isOurs = Algorithm.safeParse(key['alg']).success
        const isAccepted = await verifyJws(jws, key)
        if (isAccepted) accepted += 1
        if (isAccepted !== (isOurs && result === 'valid')) wrong.push([tcId, comment, result])
      }
      expect(wrong).toEqual([])
      expect(accepted).toBe(3)
    },
  )
})

/** Wycheproof's keys outside JWK: coordinates with a sign byte, or without leading zeros. */
interface RawKeys {
  publicKeyJwk?: PublicJwk
  publicKey: { wx: string; wy: string }
}

describe.each([
  ['ES256', 'ecdsa_secp256r1_sha256_p1363', 'P-256', 32],
  ['ES256K', 'ecdsa_secp256k1_sha256_p1363', 'secp256k1', 32],
  ['ES384', 'ecdsa_secp384r1_sha384_p1363', 'P-384', 48],
  ['EdDSA', 'ed25519', 'Ed25519', 32],
] as const)('Wycheproof’s signatures by %s', (algorithm, name, crv, size) => {
  const { numberOfTests, groups } = wycheproof<{ msg: string; sig: string }, RawKeys>(name)

  const keyOf = ({ publicKeyJwk, publicKey }: RawKeys): PublicJwk => {
    if (publicKeyJwk !== undefined) return publicKeyJwk
    const [x = '', y = ''] = [publicKey.wx, publicKey.wy].map((digits) =>
      Buffer.from(digits.padStart(2 * size, '0').slice(-2 * size), 'hex').toString('base64url'),
    )
    return { kty: 'EC', crv, x, y } as PublicJwk
  }

  test.skipIf(numberOfTests === 0).each([
    ['node', node],
    ['web', web],
  ] as const)(
    numberOfTests === 0 ? noVectors : `${numberOfTests}, by #crypto of %s`,
    async (_, crypto) => {
      let count = 0
      const wrong: unknown[] = []
      for (const { tests, ...group } of groups) {
        const key = crypto.importVerifyKey(keyOf(group))
        for (const { msg, sig, result, tcId, comment } of tests) {
          count += 1
          const isValid = await crypto.verifySignature(algorithm, key, fromHex(msg), fromHex(sig))
          if (isValid !== (result === 'valid')) wrong.push([tcId, comment, result])
        }
      }
      expect(wrong).toEqual([])
      expect(count).toBe(numberOfTests)
    },
  )
})

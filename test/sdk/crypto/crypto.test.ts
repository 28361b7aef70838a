import { createPrivateKey, generateKeyPairSync, sign as signByNode } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SigningAlgorithm, type PrivateJwk } from '../../../sdk/crypto/api.ts'
import { checkPublicJwk } from '../../../sdk/crypto/curves.ts'
import * as node from '../../../sdk/crypto/node.ts'
import { portableVerify } from '../../../sdk/crypto/portable.ts'
import * as web from '../../../sdk/crypto/web.ts'
import { toBase64url } from '../../../sdk/lib/base64url.ts'
import { fromHex, utf8 } from '../../../sdk/lib/bytes.ts'
import { Algorithm, type PublicJwk } from '../../../sdk/model/jwk.ts'

const entries = [
  ['node', node],
  ['web', web],
] as const
const data = utf8('a certificate')
const refusal = expect.objectContaining({ code: 'INPUT_INVALID' }) as Error

/** A key of any algorithm, and its raw signature over `data`, made by node:crypto alone. */
function signedBy(algorithm: Algorithm): { jwk: PublicJwk; signature: Uint8Array } {
  const curve = { ES256: 'P-256', ES384: 'P-384', ES256K: 'secp256k1', EdDSA: '' }[algorithm]
  const { publicKey, privateKey } =
    algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: curve })
  const digest = { ES256: 'sha256', ES384: 'sha384', ES256K: 'sha256', EdDSA: null }[algorithm]
  const signature = signByNode(digest, data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return { jwk: publicKey.export({ format: 'jwk' }) as PublicJwk, signature }
}

/** The other of the two values of s that a pair r, s may have. */
function flipS(signature: Uint8Array, order: bigint): Uint8Array {
  const half = signature.length / 2
  const s = BigInt(`0x${Buffer.from(signature.subarray(half)).toString('hex')}`)
  const flipped = fromHex((order - s).toString(16).padStart(2 * half, '0'))
  return Uint8Array.from([...signature.subarray(0, half), ...flipped])
}

describe.each(entries)('%s: hashes', (_, crypto) => {
  test('sha256 is that of FIPS 180-4', () => {
    expect(Buffer.from(crypto.sha256(utf8('abc'))).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('hmacSha256 is that of RFC 4231, case 2', () => {
    const mac = crypto.hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?'))
    expect(Buffer.from(mac).toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  test.each([0, 32, 200_000])('randomBytes gives %d bytes', (length) => {
    expect(crypto.randomBytes(length)).toHaveLength(length)
  })
})

describe.each(entries)('%s: verifySignature', (_, crypto) => {
  test.each(Algorithm.options)('accepts a signature by %s', async (algorithm) => {
    const { jwk, signature } = signedBy(algorithm)
    const key = crypto.importVerifyKey(jwk)
    expect(await crypto.verifySignature(algorithm, key, data, signature)).toBe(true)
  })

  test.each(Algorithm.options)('refuses other data under %s', async (algorithm) => {
    const { jwk, signature } = signedBy(algorithm)
    const key = crypto.importVerifyKey(jwk)
    expect(await crypto.verifySignature(algorithm, key, utf8('another'), signature)).toBe(false)
  })

  test.each(Algorithm.options)('refuses any changed bit under %s', async (algorithm) => {
    const { jwk, signature } = signedBy(algorithm)
    const key = crypto.importVerifyKey(jwk)
    const positions = fc.nat({ max: signature.length * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(positions, async (position) => {
        const changed = signature.map((byte, i) =>
          i === position >> 3 ? byte ^ (1 << (position & 7)) : byte,
        )
        expect(await crypto.verifySignature(algorithm, key, data, changed)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  test.each(Algorithm.options)(
    'refuses odd signatures under %s without an error',
    async (algorithm) => {
      const { jwk, signature } = signedBy(algorithm)
      const key = crypto.importVerifyKey(jwk)
      const zeros = new Uint8Array(signature.length)
      const ones = zeros.map(() => 0xff)
      const der = createDer(signature)
      const [short, long] = [signature.subarray(1), Uint8Array.from([...signature, 0])]
      const half = signature.length / 2
      const [r, t] = [signature.subarray(0, half), signature.subarray(half)]
      const padded = Uint8Array.of(0, ...r, 0, ...t)
      for (const odd of [new Uint8Array(), zeros, ones, der, short, long, padded]) {
        expect(await crypto.verifySignature(algorithm, key, data, odd)).toBe(false)
      }
    },
  )

  test('refuses a key of another algorithm', async () => {
    const { jwk, signature } = signedBy('ES256')
    const key = crypto.importVerifyKey(jwk)
    expect(await crypto.verifySignature('ES256K', key, data, signature)).toBe(false)
    expect(await crypto.verifySignature('EdDSA', key, data, signature)).toBe(false)
  })

  test.each([
    ['ES256', 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
    ['ES256K', 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n],
  ] as const)('accepts both values of s under %s', async (algorithm, order) => {
    const { jwk, signature } = signedBy(algorithm)
    const key = crypto.importVerifyKey(jwk)
    const flipped = flipS(signature, order)
    expect(await crypto.verifySignature(algorithm, key, data, flipped)).toBe(true)
  })
})

describe.each(entries)('%s: importVerifyKey', (_, crypto) => {
  const { jwk } = signedBy('ES256')
  const ed = signedBy('EdDSA').jwk

  test.each<[string, object]>([
    ['a private key', { ...jwk, d: 'AAAA' }],
    ['a point off the curve', { ...jwk, y: jwk.x }],
    ['a short coordinate', { ...jwk, x: jwk.x.slice(4) }],
    ['a long coordinate', { ...jwk, x: `AAAA${jwk.x}` }],
    ['a padded coordinate', { ...jwk, x: `${jwk.x}=` }],
    ['another curve', { ...jwk, crv: 'P-384' }],
    ['an unknown curve', { ...jwk, crv: 'P-521' }],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['no y', { kty: 'EC', crv: 'P-256', x: jwk.x }],
    ['the alg of another curve', { ...jwk, alg: 'ES384' }],
    ['a key for encryption', { ...jwk, use: 'enc' }],
    ['a key that may only sign', { ...jwk, key_ops: ['sign'] }],
    ['key_ops that are no list', { ...jwk, key_ops: 'verify' }],
    ['an Ed25519 key of zeros', { ...ed, x: toBase64url(new Uint8Array(32)) }],
    ['the neutral point', { ...ed, x: toBase64url(Uint8Array.of(1, ...new Uint8Array(31))) }],
    [
      'a point of order 8, its sign turned',
      {
        ...ed,
        x: toBase64url(fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85')),
      },
    ],
  ])('refuses %s', (_, hostile) => {
    expect(() => crypto.importVerifyKey(hostile as PublicJwk)).toThrow(refusal)
  })

  test('refuses a forbidden use of a key that it knows already', () => {
    crypto.importVerifyKey(jwk)
    expect(() => crypto.importVerifyKey({ ...jwk, use: 'enc' })).toThrow(refusal)
  })

  test('imports the same key once', () => {
    expect(crypto.importVerifyKey({ ...jwk })).toBe(
      crypto.importVerifyKey({ ...jwk, kid: 'other' }),
    )
  })

  test('accepts the names that RFC 9864 and RFC 7517 give', () => {
    expect(crypto.importVerifyKey({ ...ed, alg: 'Ed25519' }).algorithm).toBe('EdDSA')
    expect(crypto.importVerifyKey({ ...jwk, use: 'sig', key_ops: ['verify'] }).algorithm).toBe(
      'ES256',
    )
  })
})

describe.each(entries)('%s: signing', (name, crypto) => {
  const other = name === 'node' ? web : node
  const algorithms = SigningAlgorithm.options

  test.each(algorithms)('%s is verified by the other entry', async (algorithm) => {
    const { publicJwk, privateJwk } = crypto.generateKey(algorithm)
    const signature = await crypto.sign(algorithm, crypto.importSigningKey(privateJwk), data)
    expect(signature).toHaveLength(algorithm === 'ES384' ? 96 : 64)
    const key = other.importVerifyKey(publicJwk)
    expect(await other.verifySignature(algorithm, key, data, signature)).toBe(true)
  })

  test.each(algorithms)('a public %s key holds nothing private', (algorithm) => {
    expect(crypto.generateKey(algorithm).publicJwk).not.toHaveProperty('d')
  })

  test.each(algorithms)('refuses halves of two %s keys', (algorithm) => {
    const [mine, yours] = [crypto.generateKey(algorithm), crypto.generateKey(algorithm)]
    const mixed = { ...mine.privateJwk, d: yours.privateJwk.d } as PrivateJwk
    expect(() => crypto.importSigningKey(mixed)).toThrow(refusal)
  })

  test('signs ES256K with low s, as others demand', async () => {
    const key = crypto.importSigningKey(crypto.generateKey('ES256K').privateJwk)
    const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n
    for (let i = 0; i < 20; i++) {
      const signature = await crypto.sign('ES256K', key, utf8(`certificate ${i}`))
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
      expect(s <= half).toBe(true)
    }
  })

  test('refuses a public key', () => {
    const { publicJwk } = crypto.generateKey('ES256')
    expect(() => crypto.importSigningKey(publicJwk as never)).toThrow(refusal)
  })

  test('refuses a private key of zero', () => {
    const { privateJwk } = crypto.generateKey('ES256')
    const zero = { ...privateJwk, d: toBase64url(new Uint8Array(32)) } as PrivateJwk
    expect(() => crypto.importSigningKey(zero)).toThrow(refusal)
  })

  test('does not sign with a key for another algorithm', () => {
    const key = crypto.importSigningKey(crypto.generateKey('ES256').privateJwk)
    expect(() => crypto.sign('EdDSA', key, data)).toThrow(refusal)
  })
})

describe('noble alone', () => {
  test.each(Algorithm.options)('agrees with the platform on %s', (algorithm) => {
    const { jwk, signature } = signedBy(algorithm)
    const verify = portableVerify(checkPublicJwk(jwk))
    expect(verify(data, signature)).toBe(true)
    expect(verify(utf8('another'), signature)).toBe(false)
    expect(verify(data, new Uint8Array(signature.length))).toBe(false)
  })
})

test('the key of RFC 8037 appendix A signs as it says', async () => {
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  } as const
  const input = utf8('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc')
  for (const [, crypto] of entries) {
    const signature = await crypto.sign('EdDSA', crypto.importSigningKey(jwk), input)
    expect(toBase64url(signature)).toBe(
      'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
    )
  }
})

/** The same signature as OpenSSL writes it. */
function createDer(signature: Uint8Array): Uint8Array {
  const { privateJwk } = node.generateKey('ES256')
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
  return signature.length === 64 ? signByNode('sha256', data, key) : Uint8Array.of(0x30)
}

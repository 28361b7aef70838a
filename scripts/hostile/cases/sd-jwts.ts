import { createHash } from 'node:crypto'
import type { Attacks } from '../case.ts'
import { base64url, forge } from '../forge.ts'
import { challenge, domain, now } from '../stand.ts'

/** SD-JWTs that disclose what they must not, twice or to no end, and bindings to somebody else. */
export async function sdJwtCases(attacks: Attacks) {
  const { credential, presentation, byIssuer, stand, header, issuerDocument, lists } = attacks
  const { holder, attacker, issuer, tokens } = stand
  const { sdJwt, sdJwtBound } = tokens
  const mayAsk = [issuerDocument, ...lists]
  const claims = { iss: issuer.did, vct: 'https://college.example/vct', nbf: now - 3600 }

  const disclosure = (content: unknown) => {
    const text = base64url(JSON.stringify(content))
    return { text, digest: createHash('sha256').update(text).digest('base64url') }
  }
  const member = disclosure(['salt', 'grade', 'A'])
  const made = async (more: object, disclosures: readonly string[] = []) => {
    const jwt = await byIssuer({ ...header, typ: 'dc+sd-jwt' }, { ...claims, ...more })
    return [jwt, ...disclosures, ''].join('~')
  }
  const refused = async (name: string, code: string, more: object, texts?: readonly string[]) =>
    credential(name, code, await made(more, texts))

  const presented = sdJwtBound.slice(0, sdJwtBound.lastIndexOf('~') + 1)
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  const good = { iat: now, aud: domain, nonce: challenge, sd_hash: hash(presented) }
  const bound = async (change: object, by = holder, head: object = {}) => {
    const binding = { alg: 'ES256', typ: 'kb+jwt', ...head }
    const signed = await forge(binding, { ...good, ...change }, (data) => by.signer.sign(data))
    return presented + signed
  }
  const misbound = async (name: string, code: string, change: object, head: object = {}) =>
    presentation(name, code, await bound(change, holder, head))
  const judged = async (name: string, code: string, change: object, by = holder) =>
    presentation(name, code, await bound(change, by), { mayAsk })

  const wide = disclosure(['salt', 'a', Array(4_999).fill(0)])
  const deep = chain(70, disclosure)
  const many = Array.from({ length: 1_001 }, (_, i) => disclosure(['salt', `m${i}`, 1]))
  const crowd = many.slice(1)
  const [jwt = '', ...texts] = sdJwt.split('~')

  return [
    credential(
      'a disclosure that nobody signed',
      'DISCLOSURE_UNREFERENCED',
      `${sdJwt}${member.text}~`,
    ),
    credential('a disclosure twice', 'DISCLOSURE_REPEATED', `${sdJwt}${texts[0] ?? ''}~`),
    credential('100,000 tildes', 'TOO_LARGE', sdJwt + '~'.repeat(100_000)),
    credential('a holder’s signature as credential', 'FORMAT_UNKNOWN', sdJwtBound),
    credential('another signature', 'SIGNATURE_INVALID', `${jwt.slice(0, -4)}AAAA~`, { mayAsk }),
    presentation('no holder’s signature', 'FORMAT_UNKNOWN', sdJwt),
    ...(await Promise.all([
      refused('a digest twice', 'DISCLOSURE_REPEATED', { _sd: [member.digest, member.digest] }),
      refused(
        'a claim that is there',
        'DISCLOSURE_COLLISION',
        { grade: 'B', _sd: [member.digest] },
        [member.text],
      ),
      refused(
        'an unknown hash',
        'DISCLOSURE_HASH_UNKNOWN',
        { _sd_alg: 'md5', _sd: [member.digest] },
        [member.text],
      ),
      refused('_sd of objects', 'DISCLOSURE_MALFORMED', { _sd: [{}] }),
      refused('a digest beside a member', 'DISCLOSURE_MALFORMED', {
        a: [{ '...': member.digest, b: 1 }],
      }),
      refused(
        '1,001 disclosures',
        'TOO_LARGE',
        {},
        many.map(({ text }) => text),
      ),
      refused('70 disclosures inside each other', 'TOO_LARGE', { _sd: [deep.digest] }, deep.texts),
      refused(
        'more values than are read',
        'TOO_LARGE',
        { b: Array(10).fill(0), _sd: [wide.digest] },
        [wide.text],
      ),
      ...['__proto__', '_sd', '...', 'exp', 'cnf', 'status', 'vct'].map(async (name) => {
        const { text, digest } = disclosure(['salt', name, { jwk: attacker.publicJwk }])
        const own = name === 'vct' ? { vct: undefined } : {}
        return refused(`${name} disclosed`, 'DISCLOSURE_FORBIDDEN', { ...own, _sd: [digest] }, [
          text,
        ])
      }),
      misbound('a binding of another type', 'KEY_BINDING_MALFORMED', {}, { typ: 'JWT' }),
      misbound('a binding without nonce', 'KEY_BINDING_MALFORMED', { nonce: undefined }),
      misbound('a binding to something else', 'KEY_BINDING_MISMATCH', { sd_hash: hash(sdJwt) }),
      misbound('a binding that brings its key', 'HEADER_REFUSED', {}, { jwk: attacker.publicJwk }),
      judged('a binding by another', 'SIGNATURE_INVALID', {}, attacker),
      judged('a nonce of another', 'CHALLENGE_MISMATCH', { nonce: 'challenge-2' }),
      judged('made for another', 'DOMAIN_MISMATCH', { aud: 'did:web:evil.example' }),
      judged('a binding of yesterday', 'EXPIRED', { iat: now - 86_400 }),
      judged('a binding of tomorrow', 'NOT_YET_VALID', { iat: now + 86_400 }),
    ])),
    credential(
      '1,000 disclosures of a stranger',
      'SCOPE_NOT_COVERED',
      await made(
        { _sd: crowd.map(({ digest }) => digest) },
        crowd.map(({ text }) => text),
      ),
      { mayAsk },
    ),
  ]
}

/** Disclosures that hold each other, the outermost first. */
function chain(length: number, disclosure: (content: unknown) => { text: string; digest: string }) {
  let inner = disclosure(['salt', 'a', 1])
  const texts = [inner.text]
  for (let i = 1; i < length; i++) {
    inner = disclosure(['salt', 'a', { _sd: [inner.digest] }])
    texts.unshift(inner.text)
  }
  return { digest: inner.digest, texts }
}

import { signJwtVcJson } from '#sdk'
import type { Attacks } from '../case.ts'
import { now } from '../stand.ts'

/** Times that are none, or that numbers cannot hold; all signed by the issuer. */
export async function dateCases({
  credential,
  byIssuer,
  header,
  claims,
  claimsWith,
  stand,
  lists,
  issuerDocument,
}: Attacks) {
  const malformed = async (name: string, change: object) =>
    credential(name, 'CREDENTIAL_MALFORMED', await byIssuer(header, { ...claims, ...change }))
  const from = (validFrom: unknown) => malformed(`validFrom ${shown(validFrom)}`, { validFrom })
  const expires = (exp: unknown) => malformed(`exp ${shown(exp)}`, { exp })
  const mayAsk = [issuerDocument, ...lists]
  const judged = async (name: string, code: string, change: object) =>
    credential(name, code, await byIssuer(header, { ...claims, ...change }), { mayAsk })
  const legacy = await signJwtVcJson(stand.document, stand.issuer.signer)
  const [, legacyPayload = ''] = legacy.split('.')
  const { vc, ...legacyClaims } = readClaims(legacyPayload)
  const legacyWith = async (name: string, change: object) =>
    credential(
      name,
      'CREDENTIAL_MALFORMED',
      await byIssuer({ ...header, typ: 'JWT' }, { ...legacyClaims, vc, ...change }),
    )

  return Promise.all([
    ...[
      'NaN',
      '2026-13-45T99:99:99Z',
      '2026-02-30T00:00:00Z',
      '2026-02-28T24:00:01Z',
      '+275760-09-13T00:00:01Z',
      '-000001-01-01T00:00:00Z',
      '2026-02-28T12:00:00',
      '2026-02-28',
      '2026-02-28T12:00:00+99:99',
      '２０２６-02-28T12:00:00Z',
      '2026-02-28T12:00:00Z\n',
      ' 2026-02-28T12:00:00Z',
      `2026-02-28T12:00:00.${'1'.repeat(100_000)}Z`,
      now,
      null,
      {},
      ['2026-02-28T12:00:00Z'],
    ].map(from),
    ...['NaN', '1', -1, 1e12, 1e300, now * 1000, null, {}, [now], true].map(expires),
    malformed('iat in milliseconds', { iat: now * 1000 }),
    malformed('an end before its start', { validUntil: '2026-02-28T11:59:59Z' }),
    legacyWith('nbf that contradicts issuanceDate', { nbf: 1 }),
    legacyWith('nbf that is no number', { nbf: 'NaN' }),
    legacyWith('exp beyond all dates', { exp: 1e18 }),
    (async () =>
      credential('exp of 1e400', 'MALFORMED', await byIssuer(header, claimsWith('"exp":1e400'))))(),
    judged('exp of 1e-400, which is 0', 'EXPIRED', { exp: 0 }),
    judged('signed a year from now', 'NOT_YET_VALID', { iat: now + 31_536_000 }),
    judged('expired this second', 'EXPIRED', { exp: now - 60 }),
  ])
}

function readClaims(segment: string): Record<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString())
  return typeof claims === 'object' && claims !== null ? { ...claims } : {}
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 40)
}

import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { bundledLoader } from '../../../../sdk/formats/json-ld/document-loader.ts'
import { envelope } from '../../../../sdk/formats/envelope.ts'
import { signLdpPresentation } from '../../../../sdk/formats/presentation/ldp.ts'
import { signLdpVc } from '../../../../sdk/formats/ldp-vc.ts'
import { Hash } from '../../../../sdk/model/primitives.ts'
import { statusEntries } from '../../../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../../../sdk/model/training-certificate.ts'
import { makeStatusList } from '../../../../sdk/status/status-list.ts'
import { wholeCertificate } from '../../../support/certificate.ts'
import { newKeyParty } from '../../../support/digital-bazaar.ts'
import { plainCredential } from '../../../support/issuer.ts'

const issuer = newKeyParty()
const url = 'https://livret.example/issuers/mer/status/7'
const certificate = {
  ...buildTrainingCertificate(wholeCertificate(issuer.did, issuer.did), {
    id: 'urn:uuid:1f0c2a52-0000-4000-8000-000000000001',
    validFrom: '2026-02-01T00:00:00Z',
    credentialStatus: statusEntries({ url, list: 7n, index: 42 }),
  }),
  receipt: 'https://livret.example/credentials/abc/receipt',
}
const block = { chainId: 1, number: 1, hash: Hash.parse(`0x${'0'.repeat(64)}`), timestamp: 1 }
const secured = await signLdpVc(plainCredential(issuer.did), issuer.signer, { signedAt: 1 })
const request = {
  ...{ holder: issuer.did, credentials: [secured], challenge: 'c-1' },
  ...{ domain: 'employer.example', signedAt: 1, expiresAt: 2 },
}

/** Everything that Livret signs as JSON-LD, or puts into it. */
const templates: Record<string, object> = {
  'a training certificate with every member': certificate,
  'a status list': await makeStatusList({
    ...{ url: `${url}/revocation`, issuer: issuer.did, purpose: 'revocation' },
    ...{ words: [], blocks: [block], validUntil: 1_800_000_000 },
  }),
  'an ldp_vc': JSON.parse(await signLdpVc(certificate, issuer.signer, { signedAt: 1 })) as object,
  'an ldp_vp': JSON.parse(await signLdpPresentation(request, issuer.signer)) as object,
  'an envelope': envelope('a.b.c', 'vc+jwt'),
}

describe('JSON-LD processing in safe mode', () => {
  test.each(Object.entries(templates))('finds a meaning for all of %s', async (_, document) => {
    const { documentLoader, missing } = await bundledLoader()
    const expanded = await jsonld.expand(document, { safe: true, base: null, documentLoader })
    expect(expanded).toHaveLength(1)
    expect(missing).toEqual([])
  })

  test('is not silent about a term without a meaning', async () => {
    const { documentLoader } = await bundledLoader()
    const options = { safe: true, base: null, documentLoader }
    await expect(jsonld.expand({ ...certificate, mention: 'Bien' }, options)).rejects.toThrow()
  })
})

import { generateKey } from '../../sdk/crypto/node.ts'
import { createSigner } from '../../sdk/formats/signer.ts'
import { IssuerUrl } from '../../sdk/model/primitives.ts'

/** Open Badges 3.0 as another platform writes them: none of our terms. */
export function foreignBadge(issuer: string, change: object = {}) {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'https://badges.example/credentials/3527',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Teamwork Badge',
    issuer: { id: issuer, type: ['Profile'], name: 'Example Corp' },
    validFrom: '2010-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://badges.example/achievements/teamwork',
        type: ['Achievement'],
        name: 'Teamwork',
        description: 'Works with others.',
        criteria: { narrative: 'Nominated by peers.' },
      },
    },
    ...change,
  }
}

/** An endorsement of the organisation `about`, unsigned. */
export function endorsementOf(about: string, issuer: string, change: object = {}) {
  return {
    '@context': foreignBadge(issuer)['@context'],
    id: 'https://state.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'In good standing',
    issuer: { id: issuer, type: ['Profile'], name: 'Department of Education' },
    validFrom: '2010-01-01T00:00:00Z',
    credentialSubject: {
      id: about,
      type: ['EndorsementSubject'],
      endorsementComment: 'In good standing.',
    },
    ...change,
  }
}

export type Platform = ReturnType<typeof newPlatform>

/** A platform whose issuer has an https address and serves its key as `how` says. */
export function newPlatform(kid = 'https://badges.example/issuers/1#key-1') {
  const issuer = IssuerUrl.parse('https://badges.example/issuers/1')
  const { publicJwk, privateJwk } = generateKey('ES256')
  const documents: Record<string, object> = {
    [issuer]: {
      id: issuer,
      verificationMethod: [
        { id: `${issuer}#key-1`, type: 'JsonWebKey', controller: issuer, publicKeyJwk: publicJwk },
      ],
      assertionMethod: ['#key-1'],
    },
  }
  return {
    issuer,
    publicJwk,
    signer: createSigner(kid, privateJwk),
    /** By their addresses; whatever is not there is a dead host. */
    documents,
    fetchDocument: (url: string) => {
      const document = documents[url]
      return document === undefined
        ? Promise.reject(new Error('the host is down'))
        : Promise.resolve(document as Record<string, never>)
    },
  }
}

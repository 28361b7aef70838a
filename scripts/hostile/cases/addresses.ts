import { signVcJwt } from '#sdk'
import { accepted, listedAt, type Attacks } from '../case.ts'

/** Addresses that a credential names, and that nobody may ask. */
export async function addressCases(attacks: Attacks) {
  const { credential, byIssuer, byAttacker, header, claims, stand } = attacks
  const { issuerDocument, lists, contexts } = attacks
  const { evil, policies, document } = stand
  const policy = policies.lists
  const mayAsk = [issuerDocument]
  const evilDocument = ['https://evil.example/.well-known/did.json']

  const listedInside = await Promise.all(
    [
      'http://169.254.169.254/latest/meta-data',
      'https://169.254.169.254/latest/meta-data',
      'https://127.0.0.1/list',
      'https://2130706433/list',
      'https://0x7f.1/list',
      'https://[::1]/list',
      'https://[::ffff:127.0.0.1]/list',
      'https://localhost/list',
      'https://metadata.google.internal/list',
      'https://college.example@127.0.0.1/list',
      'https://user:secret@college.example/list',
      'http://college.example/list',
      'file:///etc/passwd',
      'data:text/plain,list',
      'urn:uuid:1',
    ].map(async (url) =>
      credential(
        `the list ${url}`,
        'STATUS_LIST_UNREACHABLE',
        await byIssuer(header, { ...claims, credentialStatus: listedAt(url) }),
        { policy, mayAsk },
      ),
    ),
  )
  return [
    ...listedInside,
    // What nobody believes makes nobody ask for anything.
    credential(
      'lists that a forged credential names',
      'SIGNATURE_INVALID',
      await byAttacker(header, {
        ...claims,
        credentialStatus: listedAt('https://evil.example/1'),
      }),
      { policy, mayAsk },
    ),
    credential(
      'lists that an unknown issuer names',
      'ISSUER_UNKNOWN',
      await signVcJwt(
        { ...document, issuer: evil.did, credentialStatus: listedAt('https://evil.example/1') },
        evil.signer,
      ),
      { mayAsk: evilDocument },
    ),
    credential(
      'addresses in every member that may hold one',
      'TERMS_UNDEFINED',
      await signVcJwt(
        { ...document, issuer: evil.did, ...addresses('https://evil.example/x') },
        evil.signer,
      ),
      { mayAsk: evilDocument },
    ),
    credential(
      'a context at an address, which is left unread',
      accepted,
      await byIssuer(header, {
        ...claims,
        '@context': [...contexts, 'https://evil.example/c'],
      }),
      { policy, mayAsk: [issuerDocument, ...lists] },
    ),
  ]
}

function addresses(url: string) {
  const linked = [{ id: url, type: 'A', url }]
  return {
    id: url,
    credentialSchema: linked,
    termsOfUse: linked,
    refreshService: linked,
    evidence: linked,
    relatedResource: [
      { id: url, digestSRI: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    ],
    renderMethod: linked,
    image: url,
    holder: url,
  }
}

import { readFileSync } from 'node:fs'

const read = (name: string) => readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8')

/** Policy and bundle of `test/vectors`, as text. */
export const vector = (name: 'one-chain' | 'two-chains') => ({
  bundle: read(`${name}.bundle.json`),
  policy: read(`${name}.policy.json`),
})

interface Pin {
  chainId: number
  [member: string]: unknown
}
const whole = JSON.parse(vector('two-chains').policy) as { chains: [Pin, Pin] }
const [first] = whole.chains

/** The policy of two chains with something changed. */
export const policyFile = (change: object = {}) => JSON.stringify({ ...whole, ...change })

/** The same, with something changed in its only chain. */
const chainFile = (change: object) => policyFile({ chains: [{ ...first, ...change }] })

/** Policies that are none: what is wrong, the text, member and rule in English and in French. */
export const badPolicies: readonly (readonly [string, string, string, string])[] = [
  [
    'text that is not JSON',
    '{\n "version": 1,\n}',
    'policy: not JSON (line 3, column 1)',
    'politique : n’est pas du JSON (ligne 3, colonne 1)',
  ],
  ['an empty file', '', 'policy: not JSON', 'politique : n’est pas du JSON'],
  [
    'a member that stands twice',
    '{"version":1,"version":1,"chains":[]}',
    'policy: a member stands twice',
    'politique : un membre figure deux fois',
  ],
  ['a list', '[]', 'policy: expected object', 'politique : objet attendu'],
  ['no chains', '{"version":1}', 'chains: missing', 'chains : manque'],
  ['another version', policyFile({ version: 2 }), 'version: expected 1', 'version : 1 attendu'],
  [
    'an unknown member',
    policyFile({ anchorOptional: true }),
    'policy: unknown: anchorOptional',
    'politique : inconnu : anchorOptional',
  ],
  [
    'an unknown member of a chain',
    chainFile({ rcp: [] }),
    'chains.0: unknown: rcp',
    'chains.0 : inconnu : rcp',
  ],
  [
    'a wrong address',
    chainFile({ authority: '0xABC' }),
    'chains.0.authority: expected 0x and 40 lower-case hex digits',
    'chains.0.authority : 0x et 40 chiffres hexadécimaux minuscules attendus',
  ],
  [
    'an endpoint that is none',
    chainFile({ rpc: ['a b'] }),
    'chains.0.rpc.0: expected url',
    'chains.0.rpc.0 : URL attendue',
  ],
  [
    'another finality',
    chainFile({ finality: 'latest' }),
    'chains.0.finality: expected finalized, safe or {"confirmations": 0 to 10000}',
    'chains.0.finality : finalized, safe ou {"confirmations": 0 à 10000} attendu',
  ],
  [
    'a private key',
    chainFile({ checkpointKeys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A', d: 'A' }] }),
    'chains.0.checkpointKeys.0: expected a public key, got a private one',
    'chains.0.checkpointKeys.0 : clé publique attendue, or celle-ci est une clé privée',
  ],
  [
    'a quorum of more than there are chains',
    policyFile({ quorum: 3 }),
    'quorum: more than there are chains',
    'quorum : plus qu’il n’y a de chaînes',
  ],
  [
    'a quorum of nothing',
    policyFile({ quorum: 0 }),
    'quorum: expected more than 0',
    'quorum : plus de 0 attendu',
  ],
  [
    'the same chain twice',
    policyFile({ chains: [first, { ...first, name: 'other' }] }),
    'chains.1.chainId: stands twice',
    'chains.1.chainId : figure deux fois',
  ],
  [
    'a negative age',
    policyFile({ maxStatusAgeSeconds: -1 }),
    'maxStatusAgeSeconds: expected at least 0',
    'maxStatusAgeSeconds : 0 au moins attendu',
  ],
  [
    'part of a second',
    policyFile({ clockSkewSeconds: 0.5 }),
    'clockSkewSeconds: expected int',
    'clockSkewSeconds : nombre entier attendu',
  ],
  [
    'an algorithm that nobody should accept',
    policyFile({ algorithms: ['none'] }),
    'algorithms.0: expected ES256 or ES384 or ES256K or EdDSA',
    'algorithms.0 : ES256 ou ES384 ou ES256K ou EdDSA attendu',
  ],
]

import { generateKey, type AnchoredCredential } from '#sdk'
import type { Attacks } from '../case.ts'

/** Receipts that are none, of another credential, or too much. */
export function receiptCases(attacks: Attacks) {
  const { credential, stand, lists, issuerDocument } = attacks
  const { tokens, attacker } = stand
  const { receipt } = tokens.anchored
  const zero = `0x${'0'.repeat(64)}`
  const malformed = (name: string, change: object) =>
    credential(name, 'RECEIPT_MALFORMED', written(tokens.anchored, change))
  const judged = (name: string, code: string, change: object) =>
    credential(name, code, written(tokens.anchored, change), { mayAsk: [issuerDocument, ...lists] })
  const [anchor] = receipt.anchors

  return [
    malformed('a proof of 4,500 hashes', { proof: Array(4_500).fill(zero) }),
    malformed('a proof of 4,500 numbers', { proof: Array(4_500).fill(1) }),
    malformed('a proof of one hash', { proof: [zero] }),
    malformed('1,000 anchors', { anchors: Array(1_000).fill(anchor) }),
    malformed('no anchor', { anchors: [] }),
    malformed('a salt of a megabyte', { salt: `0x${'0'.repeat(1_000_000)}` }),
    malformed('a private key in the receipt', { issuerKey: generateKey('ES256').privateJwk }),
    malformed('a chain number beyond all', { anchors: [{ ...anchor, chainId: 1e300 }] }),
    malformed('a member that nobody knows', { anchoredAt: 0 }),
    malformed('another format', { format: 'none' }),
    judged('another salt', 'RECEIPT_MISMATCH', { salt: zero }),
    judged('another root', 'RECEIPT_MISMATCH', { root: zero }),
    judged('another proof', 'RECEIPT_MISMATCH', { proof: receipt.proof.map(() => zero) }),
    judged('a proof of 32 hashes', 'RECEIPT_MISMATCH', { proof: Array(32).fill(zero) }),
    judged('the format of another', 'RECEIPT_MISMATCH', { format: 'jwt_vc_json' }),
    credential(
      'the receipt of another credential',
      'RECEIPT_MISMATCH',
      {
        credential: tokens.jwtVcJson,
        receipt,
      },
      { mayAsk: [issuerDocument, ...lists] },
    ),
    credential(
      'a forged credential with its author’s key in the receipt',
      'SIGNATURE_INVALID',
      written(
        { ...tokens.anchored, credential: `${tokens.vcJwt.slice(0, -86)}${'A'.repeat(86)}` },
        { issuerKey: attacker.publicJwk },
      ),
      { mayAsk: [issuerDocument] },
    ),
    credential(
      'a receipt nested 50,000 deep',
      'MALFORMED',
      `{"credential":"a","receipt":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ),
    credential(
      'a receipt with a member twice',
      'MALFORMED',
      `{"credential":"a","credential":"b","receipt":{}}`,
    ),
    credential(
      'a receipt with __proto__',
      'MALFORMED',
      '{"credential":"a","__proto__":{"polluted":1}}',
    ),
    credential(
      'a receipt of 500,000 numbers',
      'TOO_LARGE',
      `{"credential":"a","receipt":[${'1,'.repeat(500_000)}1]}`,
    ),
    credential('a credential in JSON-LD', 'PROOF_MISSING', JSON.stringify(stand.document)),
    credential('a receipt alone', 'RECEIPT_MALFORMED', JSON.stringify(receipt)),
  ]
}

function written({ credential, receipt }: AnchoredCredential, change: object): string {
  return JSON.stringify({ credential, receipt: { ...receipt, ...change } })
}

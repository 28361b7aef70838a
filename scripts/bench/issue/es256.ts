/** Express, a parsed body, and one native ES256 signature over it; nothing is checked, nothing kept. */
import { generateKeyPairSync, sign } from 'node:crypto'
import express from 'express'
import { certificate, serve } from './contestant.ts'

const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const header = encoded({ alg: 'ES256', typ: 'vc+jwt' })
const app = express()
app.post('/sign', express.json(), (req, res) => {
  const input = `${header}.${encoded(req.body)}`
  const signature = rawOf(sign('sha256', Buffer.from(input), key))
  res.json({ credential: `${input}.${signature.toString('base64url')}` })
})
serve(app, {
  path: '/sign',
  method: 'POST',
  body: JSON.stringify(certificate),
  headers: { 'content-type': 'application/json' },
})

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** DER as node:crypto signs fastest, to the r || s that a JWT has: two INTEGERs, cut or filled to 32 bytes. */
function rawOf(der: Buffer): Buffer {
  const lengthOfR = der[3] ?? 0
  const r = der.subarray(4, 4 + lengthOfR)
  const s = der.subarray(6 + lengthOfR)
  return Buffer.concat([r, s].map((each) => Buffer.concat([Buffer.alloc(32), each]).subarray(-32)))
}

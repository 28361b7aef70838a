/** Express and did-jwt-vc, which signs what it is sent; nothing is kept. */
import { generateKeyPairSync } from 'node:crypto'
import { ES256Signer } from 'did-jwt'
import { createVerifiableCredentialJwt } from 'did-jwt-vc'
import express from 'express'
import { z } from 'zod'
import { certificate, serve } from './contestant.ts'

const Body = z.object({
  vc: z.looseObject({
    '@context': z.array(z.string()),
    type: z.array(z.string()),
    credentialSubject: z.looseObject({}),
  }),
})

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
const issuer = { did: 'did:example:college', signer: ES256Signer(secret), alg: 'ES256' }

const app = express()
app.post('/sign', express.json(), async (req, res) => {
  const { vc } = Body.parse(req.body)
  res.json({ credential: await createVerifiableCredentialJwt({ vc }, issuer) })
})
const vc = { ...certificate, '@context': ['https://www.w3.org/2018/credentials/v1'] }
serve(app, {
  path: '/sign',
  method: 'POST',
  body: JSON.stringify({ vc }),
  headers: { 'content-type': 'application/json' },
})

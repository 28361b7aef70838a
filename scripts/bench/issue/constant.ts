/** The limit: Express reads the request that the others read, and answers a constant JSON. */
import express from 'express'
import { certificate, serve } from './contestant.ts'

const answer = { status: 'ok' }
const app = express().post('/constant', express.json(), (_req, res) => {
  res.json(answer)
})
serve(app, {
  path: '/constant',
  method: 'POST',
  body: JSON.stringify(certificate),
  headers: { 'content-type': 'application/json' },
})

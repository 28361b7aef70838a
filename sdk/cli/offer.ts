/**
 * `livret offer`: has a Livret server offer a credential to a wallet.
 *
 * @module
 */
import * as z from 'zod/mini'
import { UsageError, type Io } from './command.ts'
import { readOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { callServer, readAnswer, serverUsage } from './server.ts'

export const usage = `Usage: livret offer --credential FILE [--issuer S] [--format F]… [--tx-code] [--approval]
                    [--sign-in] [--expires SECONDS]

Has a Livret server offer the credential in FILE (JSON, VC Data Model 2.0, without the holder's id) to
whoever gets the offer, by OpenID4VCI 1.0. Prints the offer's URI; show it as a QR code.

  --issuer S   slug or DID of the issuer, if the credential does not name it
  --format F   a format that the wallet may choose; all if left out
  --tx-code    asks for a code that goes another way; prints TX_CODE=… before the URI
  --approval   promises the credential until somebody approves it
  --sign-in    lets the holder sign in, instead of using a code that comes with the offer
  --expires S  for how many seconds the offer holds; an hour if left out

${serverUsage}

Exit code: 0 offered, 1 refused, 2 no answer, 64 usage.`

const options = {
  credential: { type: 'string' },
  issuer: { type: 'string' },
  format: { type: 'string', multiple: true },
  'tx-code': { type: 'boolean' },
  approval: { type: 'boolean' },
  'sign-in': { type: 'boolean' },
  expires: { type: 'string' },
} as const

const Offer = z.looseObject({ uri: z.string(), txCode: z.optional(z.string()) })
const Issuers = z.looseObject({ issuers: z.array(z.looseObject({ slug: z.string() })) })
const Named = z.looseObject({
  issuer: z.optional(z.union([z.string(), z.looseObject({ id: z.optional(z.string()) })])),
})

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const { credential: file } = values
  if (positionals.length > 0) throw new UsageError(`superfluous: ${positionals.join(' ')}`)
  if (file === undefined) throw new UsageError('--credential FILE is needed')
  const credential = readObject(await readInput(file, io))
  const issuer = values.issuer ?? issuerOf(credential) ?? (await onlyIssuer(io))
  const answer = await callServer(io, `/issuers/${encodeURIComponent(issuer)}/offers`, {
    credential,
    options: {
      ...(values.format !== undefined && { formats: values.format }),
      ...(values['tx-code'] === true && { txCode: true }),
      ...(values.approval === true && { needsApproval: true }),
      ...(values['sign-in'] === true && { signIn: true }),
      ...(values.expires !== undefined && { expiresInSeconds: Number(values.expires) }),
    },
  })
  const { uri, txCode } = readAnswer(Offer, answer)
  if (txCode !== undefined) io.out(`TX_CODE=${txCode}`)
  io.out(uri)
  return 0
}

function issuerOf(credential: z.output<typeof Named>): string | undefined {
  const { issuer } = credential
  return typeof issuer === 'object' ? issuer.id : issuer
}

/** On a server with one issuer, nobody needs to name it. */
async function onlyIssuer(io: Io): Promise<string> {
  const { issuers } = readAnswer(Issuers, await callServer(io, '/issuers'))
  const [only, ...others] = issuers
  if (only !== undefined && others.length === 0) return only.slug
  throw new UsageError('--issuer: there are several, or none; say which')
}

function readObject(text: string): z.output<typeof Named> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UsageError('the credential to offer is not JSON')
  }
  const result = Named.safeParse(json)
  if (result.success) return result.data
  throw new UsageError('the credential to offer is no object with an issuer')
}

/**
 * A stage for verification: a good credential of a good college, and ways to spoil either.
 *
 * @module
 */
import { createOnlineSource } from '../../sdk/chain/online-source.ts'
import type { ChainSource } from '../../sdk/chain/source.ts'
import { signPresentation } from '../../sdk/formats/presentation.ts'
import { signVcJwt } from '../../sdk/formats/vc-jwt.ts'
import type { CredentialDocument } from '../../sdk/model/credential.ts'
import type { AnchoredCredential } from '../../sdk/model/receipt.ts'
import type { Check } from '../../sdk/model/report.ts'
import { newParty, type Party } from './issuer.ts'
import { startWorld, type College, type World } from './world.ts'

type Options = Parameters<World['verifier']>[0]

export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage() {
  const world = await startWorld()
  const college = await world.accreditedCollege('mer')
  const holder = newParty()
  const { text, index } = await world.issue(college, holder)
  const good = await anchored(text)

  const verify = async (input: string | AnchoredCredential, options?: Options) =>
    (await (await world.verifier(options)).verifyCredential(input)).checks

  async function anchored(text: string): Promise<AnchoredCredential> {
    const [first] = await world.anchor([text])
    return first!
  }

  /** Verifies a certificate of the college in which something was changed before it was signed. */
  const changed = async (
    change: object,
    options: Options = { policy: { anchorRequired: false } },
  ) => verify((await world.issue(college, holder, change)).text, options)

  /** Verifies a certificate that is issued and anchored now. */
  const issuedNow = async (issuer: College, options?: Options) =>
    verify(await anchored((await world.issue(issuer, holder)).text), options)

  const accredit = (issuer: College, scope = 'TrainingCertificate', until?: number) =>
    world.on.accredit(world.place, world.addressOf(issuer.account), scope, until ? { until } : {})

  /** Another training body, confirmed and with its key, but accredited for nothing. */
  async function newBody(): Promise<College> {
    const body = world.newCollege('terre', 'stranger')
    await world.on.confirm(world.place, body)
    await world.on.registerKey(world.place, body)
    return body
  }

  /** Every check of a presentation, and of what is in it. */
  async function present(
    credentials: readonly string[],
    {
      by = holder,
      challenge = 'c-1',
      asked = 'c-1',
      to = 'did:web:employer.example',
    }: { by?: Party; challenge?: string; asked?: string | null; to?: string } = {},
  ): Promise<readonly Check[]> {
    const now = await world.time()
    const presentation = await signPresentation(
      'vp+jwt',
      {
        holder: by.did,
        credentials,
        challenge,
        domain: 'did:web:employer.example',
        signedAt: now,
        expiresAt: now + 300,
      },
      by.signer,
    )
    const report = await (
      await world.verifier()
    ).verifyPresentation({
      presentation,
      ...(asked !== null && { challenge: asked }),
      domain: to,
      receipts: [good.receipt],
    })
    return [report.presentation, ...report.credentials].flatMap(({ checks }) => checks)
  }

  const subjectOf = async (change: object) => {
    const { credential } = await world.certificate(college, holder)
    const [subject] = [credential.credentialSubject].flat() as { achievement: object }[]
    return changed({ credentialSubject: { ...subject, ...change } })
  }

  const entries = async (change: (entry: Record<string, string>) => object) => {
    const { credential } = await world.certificate(college, holder)
    const all = credential.credentialStatus as unknown as Record<string, string>[]
    return changed({ credentialStatus: all.map(change) })
  }

  /** A source that answers as the real one, but for `change`. */
  async function sourceWith(change: (view: Awaited<ReturnType<ChainSource['view']>>) => object) {
    const { pin, chain } = world.place
    const source = createOnlineSource(pin, { request: chain.request })
    const view = await source.view()
    return { pin, view: () => Promise.resolve({ ...view, ...change(view) }) }
  }

  function sign(credential: CredentialDocument): Promise<string> {
    return signVcJwt(credential, college.signer)
  }

  return {
    world,
    college,
    holder,
    index,
    good,
    verify,
    anchored,
    changed,
    issuedNow,
    accredit,
    newBody,
    present,
    subjectOf,
    entries,
    sourceWith,
    sign,
  }
}

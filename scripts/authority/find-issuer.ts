import { Address, Did, parse, RegistryError } from '#sdk'
import * as z from 'zod/mini'

const Described = z.object({ did: Did, account: Address })

/** Who is to be accredited: the DID, and the account that speaks for it. */
export type FoundIssuer = z.infer<typeof Described>

const localServer = 'http://localhost:8080'

/**
 * Finds an issuer's account: as the command says, or as its server says. Whether that is true is for the
 * authority to check before it confirms it: nobody can prove a DID to a contract.
 */
export async function findIssuer(
  name: string,
  account: string | undefined,
  serverUrl = localServer,
): Promise<FoundIssuer> {
  const did = name.startsWith('did:') ? parse(Did, name, '--issuer') : undefined
  if (account !== undefined) {
    if (did === undefined) throw invalid('--account needs the DID of the issuer, not its slug')
    return { did, account: parse(Address, account.toLowerCase(), '--account') }
  }
  const slug = did === undefined ? name : (did.split(':').at(-1) ?? '')
  const found = await describe(`${serverUrl}/issuers/${encodeURIComponent(slug)}`)
  if (did !== undefined && found.did !== did) {
    throw invalid(`${serverUrl} knows ${slug} as ${found.did}`)
  }
  return found
}

async function describe(url: string): Promise<FoundIssuer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw invalid(`${url} does not answer (${reason}); set LIVRET_URL, or give --account`)
    },
  )
  if (!response.ok) throw invalid(`${url} answers ${String(response.status)}`)
  return parse(Described, await response.json(), url)
}

function invalid(problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: 'issuer', problems: [problem] })
}

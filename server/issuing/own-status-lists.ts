import type { Context } from '../context.ts'
import { listName, statusListCredential, tokenListName } from './status-list-credential.ts'

type Needs = Pick<Context, 'config' | 'store' | 'keys' | 'chains' | 'now'>

/** Gives a verifier this server's own status lists without asking the network, others by `fetchList`. */
export function ownStatusListsFirst(
  context: Needs,
  fetchList: (url: string) => Promise<string>,
): (url: string) => Promise<string> {
  const issuers = `${context.config.baseUrl}/issuers/`
  return (url) => {
    const [slug = '', path, ...rest] = url.startsWith(issuers)
      ? url.slice(issuers.length).split('/')
      : []
    const name =
      path === 'status'
        ? listName([slug, ...rest])
        : path === 'token-status'
          ? tokenListName([slug, ...rest])
          : undefined
    return name === undefined ? fetchList(url) : statusListCredential(context, name)
  }
}

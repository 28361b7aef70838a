import type { RpcRequest } from '#sdk'

/** Hashes of the transactions that wait in an anvil's pool. */
export async function inPool(request: RpcRequest): Promise<readonly string[]> {
  const { pending } = (await request('txpool_content', [])) as {
    pending: Record<string, Record<string, { hash: string }>>
  }
  return Object.values(pending).flatMap((byNonce) => Object.values(byNonce).map(({ hash }) => hash))
}

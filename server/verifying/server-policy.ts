import { parse, Policy } from '#sdk'
import type { Context } from '../context.ts'

/**
 * The policy that this server verifies under, for others who trust its chains. Its nodes' addresses
 * may hold secrets, so they are only told on a server for trying out; elsewhere verifiers name their
 * own (`rpc`).
 */
export function serverPolicy({ config, chains }: Pick<Context, 'config' | 'chains'>): Policy {
  const pins = chains.map(({ pin }) => (config.dev ? pin : { ...pin, rpc: [] }))
  return parse(Policy, { version: 1, chains: pins }, 'policy')
}

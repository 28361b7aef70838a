import { join, relative } from 'node:path'
import type { Config } from '../../server/config.ts'
import { demoSlug } from './prepare-demo.ts'

/** What `npm start` says once it runs: where to click, and commands to copy. */
export function welcome(
  config: Config,
  isDemo: boolean,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const { baseUrl } = config
  const running = `Livret is running: ${baseUrl}`
  return isDemo ? [running, '', ...tryOut(config, env)].join('\n') : running
}

function tryOut({ baseUrl, dataDir }: Config, env: Readonly<Record<string, string | undefined>>) {
  const file = (name: string) => relative(process.cwd(), join(dataDir, name)) || name
  const token = env['LIVRET_TOKEN'] === undefined ? `"$(cat ${file('token')})"` : '"$LIVRET_TOKEN"'
  return [
    '!! FOR TRYING OUT ONLY: its chain, its authority and its keys live in this folder, and nobody else !!',
    '!! trusts them. Never issue a real certificate with them.                                           !!',
    '',
    `  ${baseUrl}/issuers/${demoSlug}    the demo issuer (fictional), accredited for TrainingCertificate`,
    `  ${baseUrl}/openapi.json    the interface`,
    `  ${baseUrl}/policy.json    whom to trust: what a verifier pins`,
    '',
    'Copy into another terminal, in this folder:',
    '',
    `  export LIVRET_URL=${baseUrl} LIVRET_POLICY=${file('policy.json')} LIVRET_TOKEN=${token}`,
  ]
}

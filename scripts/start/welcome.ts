import { join, relative } from 'node:path'
import type { Config } from '../../server/config.ts'
import type { Example } from './example-certificate.ts'
import { demoScope, demoSlug } from './prepare-demo.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What `npm start` says once the server runs: where to click, and commands to copy. */
export function welcome(config: Config, example: Example | undefined, env: Environment): string {
  const running = `Livret is running: ${config.baseUrl}`
  if (example === undefined) return running
  return ['', running, '', ...warning, '', ...tryOut(config, example, env)].join('\n')
}

const warning = [
  '  ┌──────────────────────────────────────────────────────────────────────────────┐',
  '  │  FOR TRYING OUT ONLY. The chain, the authority and all keys lie in the data  │',
  '  │  directory; nobody else trusts them. Never issue a real certificate here.    │',
  '  └──────────────────────────────────────────────────────────────────────────────┘',
]

function tryOut(
  { baseUrl, dataDir, batchSeconds }: Config,
  example: Example,
  env: Environment,
): readonly string[] {
  const quote = (path: string) => {
    const short = relative(process.cwd(), path)
    return `'${short.startsWith('..') ? path : short}'`
  }
  const certificate = quote(join(dataDir, 'certificate.json'))
  const bundle = quote(join(dataDir, 'bundle.json'))
  // A token of one's own is not repeated on the screen.
  const token = env['LIVRET_TOKEN'] === undefined ? `$(cat ${quote(join(dataDir, 'token'))})` : '…'
  return [
    `  ${baseUrl}/issuers/${demoSlug}    the demo training body: fictional, accredited for ${demoScope}`,
    `  ${baseUrl}/openapi.json    everything the server can be asked`,
    `  ${baseUrl}/policy.json    whom a verifier of this chain trusts`,
    '',
    'Copy this into another terminal, in this folder, to issue, verify and revoke a certificate:',
    '',
    `  export LIVRET_DEV=1 LIVRET_URL=${baseUrl} LIVRET_TOKEN="${token}"`,
    `  export LIVRET_POLICY=${quote(join(dataDir, 'policy.json'))}`,
    `  npx livret issue ${quote(example.file)} --wait ${String(batchSeconds + 30)} > ${certificate}`,
    `  npx livret verify ${certificate}`,
    `  npx livret bundle ${certificate} > ${bundle} && npx livret verify --offline ${bundle}`,
    `  npx livret status ${example.id} --revoke`,
    `  sleep 5; npx livret verify ${certificate}`,
    '',
    `The receipt comes with the next batch, within ${String(batchSeconds)} seconds (LIVRET_BATCH_SECONDS).`,
    'Ctrl-C stops the server; npm start goes on where it stopped.',
  ]
}

/**
 * `npm run accredit -- …`: the authority's part. It confirms that an account speaks for an issuer and
 * accredits it, lets an operator anchor, and takes rights away again.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { isRegistryError } from '#sdk'
import { planOf, usage } from './authority/command.ts'
import { openSponsors } from './authority/open-authority.ts'

const options = {
  issuer: { type: 'string' },
  account: { type: 'string' },
  scope: { type: 'string', multiple: true },
  until: { type: 'string' },
  operator: { type: 'string' },
  withdraw: { type: 'boolean' },
  at: { type: 'string' },
  annul: { type: 'string' },
  policy: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

try {
  const { values } = parseArgs({ options, strict: true })
  if (values.help === true) {
    console.log(usage)
    process.exit(0)
  }
  const steps = await planOf(values, process.env['LIVRET_URL'], new Date())
  for (const sponsor of await openSponsors(process.env, values.policy)) {
    for (const { words, run } of steps) {
      const outcome = await run(sponsor)
      console.log(
        `${sponsor.chain.pin.name}: ${words}${outcome === 'already' ? ' (as it was)' : ''}`,
      )
    }
  }
} catch (error) {
  if (isRegistryError(error)) console.error(`accredit: ${error.message} ${error.hint}`)
  else
    console.error(`accredit: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exit(isRegistryError(error) && error.code !== 'INPUT_INVALID' ? 1 : 64)
}

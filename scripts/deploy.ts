/**
 * `npm run deploy -- …`: puts the registries on a chain, and prints how to know that chain: its pin,
 * for policies and for the file of `LIVRET_CHAINS`. Run again, it goes on, or prints the same.
 *
 * @module
 */
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  Address,
  createOnlineSource,
  createRpc,
  Finality,
  isRegistryError,
  parse,
  RegistryError,
  type ChainPin,
} from '#sdk'
import { readSecret } from './authority/open-authority.ts'
import { deployRegistries } from './deploy/deploy-registries.ts'
import { pinRegistries } from './deploy/pin-registries.ts'

const usage = `npm run deploy -- --rpc URL --authority ADDRESS --key FILE [--name NAME]
                       [--finality finalized|safe|BLOCKS] [--journal FOLDER]

--authority   the account at the root of all trust; for anything real, a contract whose keys can rotate
--key         file with the key (64 hex digits) of an account that pays; it has no right afterwards
--finality    when a block counts as final: the chain's own word (finalized), or with BLOCKS on top
--journal     where Ignition keeps what it did; .livret/deployments if left out

Prints the pin as soon as the deployment is final.`

const options = {
  rpc: { type: 'string' },
  authority: { type: 'string' },
  key: { type: 'string' },
  name: { type: 'string', default: 'chain' },
  finality: { type: 'string', default: 'finalized' },
  journal: { type: 'string', default: '.livret/deployments' },
  help: { type: 'boolean', short: 'h' },
} as const

try {
  const { values } = parseArgs({ options, strict: true })
  if (values.help === true) console.log(usage)
  else console.log(JSON.stringify(await deploy(values), undefined, 2))
} catch (error) {
  const isOurs = isRegistryError(error)
  console.error(`deploy: ${isOurs ? `${error.message} ${error.hint}` : String(error)}`)
  if (!isOurs || error.code === 'INPUT_INVALID') console.error(`\n${usage}`)
  process.exit(isOurs && error.code !== 'INPUT_INVALID' ? 1 : 64)
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

async function deploy(values: Values): Promise<ChainPin> {
  const rpc = required(values.rpc, '--rpc')
  const authority = parse(
    Address,
    required(values.authority, '--authority').toLowerCase(),
    '--authority',
  )
  const secret = await readSecret(resolve(required(values.key, '--key')))
  const blocks = /^\d+$/.test(values.finality) ? Number(values.finality) : undefined
  const given = blocks === undefined ? values.finality : { confirmations: blocks }
  const finality = parse(Finality, given, '--finality')

  const request = createRpc(rpc)
  const deployerKey = `0x${Buffer.from(secret).toString('hex')}`
  const journal = resolve(values.journal)
  const registries = await deployRegistries({ rpc, deployerKey, authority, journal }, request)
  for (let told = false; ; told = true) {
    const pin = await pinRegistries(request, registries, {
      ...{ name: values.name, rpc: [rpc], authority, finality },
    })
    if (await isFinal(pin)) return pin
    if (!told) console.error('Deployed. Waiting until that is final; this may be interrupted.')
    await sleep(5_000)
  }
}

/** A block that vanishes before it is final takes its pin with it. */
async function isFinal(pin: ChainPin): Promise<boolean> {
  try {
    await createOnlineSource(pin).view()
    return true
  } catch (error) {
    const isEarly =
      isRegistryError(error) &&
      (error.code === 'CHAIN_UNREACHABLE' || error.code === 'CHAIN_MISMATCH')
    if (isEarly) return false
    throw error
  }
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined) return value
  throw new RegistryError('INPUT_INVALID', { input: 'command', problems: [`${option} is missing`] })
}

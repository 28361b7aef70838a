import { createRequire } from 'node:module'
import { RegistryError } from '#sdk'

const packages = new Map([
  ['linux-x64', 'linux-amd64'],
  ['linux-arm64', 'linux-arm64'],
  ['darwin-x64', 'darwin-amd64'],
  ['darwin-arm64', 'darwin-arm64'],
  ['win32-x64', 'win32-amd64'],
])

/** The program itself: the script that the package brings would be one more process to look after. */
export function anvilBinary(): string {
  const platform = packages.get(`${process.platform}-${process.arch}`)
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  if (platform === undefined) {
    const reason = `there is no anvil for ${process.platform}-${process.arch}; set LIVRET_CHAINS`
    throw new RegistryError('NODE_FAILED', { reason })
  }
  const { resolve } = createRequire(
    createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'),
  )
  return resolve(`@foundry-rs/anvil-${platform}/bin/${file}`)
}

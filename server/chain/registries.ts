/**
 * The compiled registries, as Hardhat leaves them. Nothing of Hardhat itself is needed to deploy them.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { RegistryError } from '#sdk'
import { z } from 'zod'

/** In the order in which they are deployed; the first one's address goes into the others. */
export const registryNames = ['AccreditationRegistry', 'AnchorRegistry', 'StatusRegistry'] as const
export type RegistryName = (typeof registryNames)[number]

const Artifact = z.object({ bytecode: z.templateLiteral(['0x', z.string()]) })

/** Creation code of a registry. Throws INPUT_INVALID if the contracts were not built. */
export async function readBytecode(name: RegistryName): Promise<`0x${string}`> {
  try {
    return Artifact.parse(JSON.parse(await readFile(artifactPath(name), 'utf8'))).bytecode
  } catch (cause) {
    const problems = [`${name} is not built; run npm run build`]
    throw new RegistryError('INPUT_INVALID', { input: 'contracts', problems }, { cause })
  }
}

function artifactPath(name: RegistryName): string {
  const path = `../../build/artifacts/contracts/${name}.sol/${name}.json`
  return fileURLToPath(new URL(path, import.meta.url))
}

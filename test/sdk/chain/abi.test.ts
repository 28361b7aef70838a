import { Interface } from 'ethers'
import { artifacts } from 'hardhat'
import { expect, test } from 'vitest'
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  statusRegistryAbi,
} from '../../../sdk/chain/abi.ts'

test.each([
  ['AccreditationRegistry', accreditationRegistryAbi],
  ['AnchorRegistry', anchorRegistryAbi],
  ['StatusRegistry', statusRegistryAbi],
])('the ABI of %s is the compiled one, its constructor left out', async (name, abi) => {
  const compiled = new Interface((await artifacts.readArtifact(name)).abi).format()
  expect(new Interface(abi).format().sort()).toEqual(
    compiled.filter((line) => !line.startsWith('constructor')).sort(),
  )
})

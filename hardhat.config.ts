import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatIgnition from '@nomicfoundation/hardhat-ignition-ethers'
import { defineConfig } from 'hardhat/config'

const require = createRequire(import.meta.url)

/** How patient the fuzzers are: `runs` for each property, the same inputs on every machine. */
const solidityTests = (runs: number) => ({
  isolate: true, // Gas of whole transactions, as on a chain.
  fuzz: { runs, seed: '0x11' },
  invariant: { runs: runs / 4, depth: 50, failOnRevert: true },
})

export default defineConfig({
  plugins: [hardhatEthers, hardhatIgnition],
  paths: {
    artifacts: './build/artifacts',
    cache: './build/cache',
    ignition: './contracts/ignition',
    tests: { solidity: './test/contracts' },
  },
  solidity: {
    version: '0.8.37',
    path: require.resolve('solc/soljson.js'), // From npm: nothing is downloaded.
    settings: {
      evmVersion: 'prague',
      metadata: { bytecodeHash: 'none' }, // A comment does not change the code hash that verifiers pin.
      optimizer: { enabled: true, runs: 1000 },
    },
  },
  test: {
    solidity: { profiles: { default: solidityTests(256), ci: solidityTests(4096) } },
  },
  networks: {
    chainA: { type: 'edr-simulated', chainType: 'l1', chainId: 31337 },
    chainB: { type: 'edr-simulated', chainType: 'l1', chainId: 31338 },
  },
})

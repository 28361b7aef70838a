import hre from 'hardhat'

/** Compiles the contracts, once before all tests; a build that is fresh is kept. */
export async function setup(): Promise<void> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
}

import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/**
 * The mirror of another chain's anchors. Parameters: `accreditations`, this chain's AccreditationRegistry, and `source`,
 * the chain id, address and code hash of the AnchorRegistry there (`IAnchorMirror.Source`).
 */
export default buildModule('LivretMirror', (m) => {
  const mirror = m.contract('AnchorMirror', [
    m.getParameter('accreditations'),
    m.getParameter('source'),
  ])
  return { mirror }
})

import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/** The three registries of one chain. Parameter `authority`: the account at the root of all trust. */
export default buildModule('Livret', (m) => {
  const accreditations = m.contract('AccreditationRegistry', [m.getParameter('authority')])
  const anchors = m.contract('AnchorRegistry', [accreditations])
  const statuses = m.contract('StatusRegistry', [accreditations])
  return { accreditations, anchors, statuses }
})

import ipaddr from 'ipaddr.js'

/** All of IPv6 that is given out for use in the internet; the rest is special, or not given out yet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Public by its number, but inside every machine of Azure: its metadata. */
const azureWireServer = '168.63.129.16'

/**
 * Tells whether an IP address is one of the internet: neither private, loopback, link-local (where
 * clouds keep their metadata), shared, multicast nor reserved (IANA special-purpose registries), nor an
 * IPv6 address that stands for such an IPv4 one.
 *
 * @param address - In numbers, as a resolver gives it; for anything else the answer is no.
 */
export function isPublicAddress(address: string): boolean {
  const ip = read(address)
  if (ip === undefined || ip.range() !== 'unicast') return false
  return ip.kind() === 'ipv4' ? ip.toString() !== azureWireServer : ip.match(globalUnicast)
}

/** Tells whether an IP address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return read(address)?.range() === 'loopback'
}

/** An address; `::ffff:127.0.0.1` and the like as the IPv4 address that they reach. */
function read(address: string) {
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined
}

import { expect, test } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from '../../../sdk/fetch/public-address.ts'

test.each([
  '93.184.216.34',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '2606:4700::1111',
  '2a01:e0a::1',
  '::ffff:93.184.216.34',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each<[string, string[]]>([
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fd00::1', 'fc00::1']],
  ['loopback', ['127.0.0.1', '127.255.255.255', '::1']],
  ['unspecified', ['0.0.0.0', '0.1.2.3', '::']],
  ['link-local', ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'fec0::1']],
  ['a cloud’s metadata', ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16']],
  ['shared by a provider’s customers', ['100.64.0.1', '100.127.255.255']],
  ['multicast or broadcast', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
  ['reserved', ['192.0.0.8', '192.0.2.1', '198.18.0.1', '203.0.113.1', '240.0.0.1']],
  ['for documentation', ['2001:db8::1', '3fff::1']],
  ['not given out', ['4000::1', '1::1', '::2']],
  ['IPv4 in IPv6', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1']],
  [
    'a tunnel to IPv4',
    ['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:7f00:1::1', '::ffff:0:7f00:1'],
  ],
  ['no address', ['', 'localhost', 'example.com', '1.1.1.1.1', '1.1.1.256', ' 1.1.1.1', '[::1]']],
])('what is %s is not public', (_, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([])
})

test('loopback addresses are told from others', () => {
  const own = ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']
  const others = ['10.0.0.1', '0.0.0.0', '169.254.169.254', '1.1.1.1', 'localhost', 'fe80::1']
  expect(own.filter(isLoopbackAddress)).toEqual(own)
  expect(others.filter(isLoopbackAddress)).toEqual([])
})

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Every global unicast address of IPv6 that is assigned so far (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether the address is reachable from everywhere, by the registries of special-purpose addresses (RFC 6890): not private,
 * loopback, link-local, multicast or reserved. An IPv4 address inside an IPv6 one counts as itself.
 */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

const IPV6_NETWORK_BYTES = 8;

/**
 * The address that a client counts as: an IPv4 address, or the /64 network of an IPv6 address, all of which one client
 * usually has. It comes from `X-Forwarded-For` only where `TRUST_PROXY` names the peer.
 */
export function clientAddressOf({ ip, socket }: FastifyRequest): string {
  const address = isIP(ip) === 0 ? socket.remoteAddress : ip;
  if (address === undefined || isIP(address) === 0) return 'unknown'; // the client has gone
  return isIP(address) === 4 ? address : networkOf(address);
}

function networkOf(address: string): string {
  const parsed = ipaddr.process(address); // an IPv4 address in the form of IPv6 is one of IPv4
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return Buffer.from(parsed.toByteArray().slice(0, IPV6_NETWORK_BYTES)).toString('hex');
}

import { isIPv4 } from 'node:net';
import { SEED_END } from './random.ts';

const FANS_DEFAULT = 200;
export const FANS_MAX = 2_000;
const SERVER_DEFAULT = 'http://127.0.0.1:3000';

export type CrowdOptions = { readonly serverUrl: string; readonly fans: number; readonly seed: number };

/** Ends the command with one line and without a stack trace. */
export class Stop extends Error {}

/** Reads `[fans] [seed]` and `FRONTROW_URL`. Throws `Stop`. */
export function readOptions(
  args: readonly string[],
  serverUrl: string | undefined,
  newSeed: () => number,
): CrowdOptions {
  const [fans, seed, ...others] = args;
  if (others.length > 0) throw new Stop('takes a number of bots and a seed, as in "npm run crowd 300 42"');
  return {
    serverUrl: readServerUrl(serverUrl || SERVER_DEFAULT),
    fans: fans === undefined ? FANS_DEFAULT : readInteger('the number of bots', fans, 1, FANS_MAX),
    seed: seed === undefined ? newSeed() : readInteger('the seed', seed, 0, SEED_END - 1),
  };
}

function readInteger(name: string, text: string, min: number, max: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (number >= min && number <= max) return number;
  throw new Stop(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}

/** The origin of a server on this machine: bots would be an attack on any other. */
function readServerUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new Stop(`FRONTROW_URL must be a URL like ${SERVER_DEFAULT}, not "${text}"`);
  if (!isLoopback(url.hostname))
    throw new Stop(`bots come over loopback alone, and FRONTROW_URL names the host ${url.hostname}`);
  return url.origin;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}

import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisClient } from './connection.ts';

export type ServerAddress = { readonly host: string; readonly port: number };

/** What one server says of itself. */
export type ServerFacts = {
  readonly run: string;
  readonly isPrimary: boolean;
  /** The history that the server writes as a primary, or follows as a replica. */
  readonly history: string;
  /** The history that it wrote or followed before, as far as it has not replaced its data since. */
  readonly formerHistory: string;
};

const ANSWER_WITHIN_MS = 1_000;

/** Asks one server by a connection of its own, with the credentials of `redis`. Throws where it does not answer. */
export async function readServer(redis: RedisClient, address: ServerAddress): Promise<ServerFacts> {
  const options: Omit<RedisOptions, 'replyMapping'> = {
    ...(redis instanceof Cluster ? redis.options.redisOptions : redis.options),
    ...address,
    lazyConnect: true,
    connectTimeout: ANSWER_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
    retryStrategy: () => null,
  };
  // They would lead to another server.
  delete options.sentinels;
  delete options.path;
  const server = new Redis(options);
  server.on('error', () => {}); // the caller gets the error of the command
  try {
    await server.connect();
    return readFacts(await server.info());
  } finally {
    server.disconnect();
  }
}

export function readFacts(info: string): ServerFacts {
  const value = (field: string) => new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1] ?? '';
  return {
    run: value('run_id'),
    isPrimary: value('role') === 'master',
    history: value('master_replid'),
    formerHistory: value('master_replid2'),
  };
}

/** The primaries that the cluster knows and has not given up, also those without a hash slot. */
export async function listPrimaries(cluster: Cluster): Promise<readonly ServerAddress[]> {
  const lines = String(await cluster.cluster('NODES'))
    .trim()
    .split('\n');
  return lines.flatMap((line) => {
    const [, address = '', flags = ''] = line.split(' ');
    const isPrimary = flags.split(',').includes('master');
    return isPrimary && !/fail|noaddr|handshake/.test(flags) ? [readAddress(address)] : [];
  });
}

/** `ip:port@busPort,hostName`, as CLUSTER NODES lists a server. */
function readAddress(text: string): ServerAddress {
  const [address = '', host = ''] = text.split(',');
  const end = address.lastIndexOf(':');
  return { host: host || address.slice(0, end), port: Number.parseInt(address.slice(end + 1), 10) };
}

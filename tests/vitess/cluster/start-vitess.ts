import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { freePort } from '../../support/services/free-port.ts';
import { askMysql } from '../../support/services/probe.ts';
import type { PrivateServer } from '../../support/services/service.ts';
import { waitUntil } from '../../support/services/wait-until.ts';
import { type Engine, buildEngine } from './build-engine.ts';
import { type Shard, startShard } from './shard.ts';
import { startVitessProcess } from './start-vitess-process.ts';
import { CELL, type Topology, startTopology } from './topology.ts';

export type VitessOptions = {
  /** The keyspaces, each with the names of its shards, and how its tables are distributed (a "vschema"). */
  readonly keyspaces: Readonly<Record<string, Keyspace>>;
  /** The keyspace of a table that is named without one, where it is not the first. */
  readonly routingRules?: object;
  /** How a transaction over several shards commits; `TWOPC` by default. */
  readonly transactionMode?: TransactionMode;
};

export type TransactionMode = 'TWOPC' | 'MULTI';
type Keyspace = { readonly shards: readonly string[]; readonly vschema: object };

export type Vitess = {
  /** The URL of the first keyspace, as frontrow takes it in MYSQL_URL. */
  readonly url: string;
  readonly vtgate: PrivateServer;
  readonly shards: readonly Shard[];
  vtctl: Topology['vtctl'];
  stop(): Promise<void>;
};

const SERVING_WITHIN_MS = 120_000;

/** Starts a cluster whose shards have one primary and one replica each, with every migration on every shard. */
export async function startVitess(options: VitessOptions): Promise<Vitess> {
  const engine = await buildEngine();
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => void (await Promise.all(started.splice(0).map((server) => server.stop())));
  try {
    const topology = await startTopology(engine);
    started.push(topology.server);
    const shards = await startShards(engine, topology, options, started);
    for (const [name, { vschema }] of Object.entries(options.keyspaces))
      await topology.vtctl('ApplyVSchema', `--vschema=${JSON.stringify(vschema)}`, name);
    if (options.routingRules !== undefined)
      await topology.vtctl('ApplyRoutingRules', `--rules=${JSON.stringify(options.routingRules)}`);
    const vtgate = await startVtgate(engine, topology, options);
    started.push(vtgate);
    const names = Object.keys(options.keyspaces);
    await migrateKeyspaces(vtgate.url, names);
    return { url: `${vtgate.url}/${names[0]}`, vtgate, shards, vtctl: topology.vtctl, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function startShards(
  engine: Engine,
  topology: Topology,
  { keyspaces }: VitessOptions,
  started: { stop(): Promise<void> }[],
): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  for (const [keyspace, { shards: names }] of Object.entries(keyspaces)) {
    await topology.vtctl('CreateKeyspace', '--durability-policy=semi_sync', keyspace);
    for (const name of names) {
      const shard = await startShard(engine, topology, { keyspace, name, id: shards.length + 1 });
      for (const { mysql, vttablet } of [shard.primary, shard.replica]) started.push(vttablet, mysql);
      shards.push(shard);
      const { alias } = shard.primary;
      await topology.vtctl('PlannedReparentShard', `--new-primary=${alias}`, `${keyspace}/${name}`);
    }
  }
  return shards;
}

async function startVtgate(
  engine: Engine,
  topology: Topology,
  { transactionMode = 'TWOPC' }: VitessOptions,
): Promise<PrivateServer> {
  const [webPort, grpcPort] = [await freePort(), await freePort()];
  return startVitessProcess({
    name: 'vtgate',
    command: (_dir, port) => [
      engine.vtgate,
      ...topology.flags,
      `--cell=${CELL}`,
      `--cells-to-watch=${CELL}`,
      '--tablet-types-to-wait=PRIMARY',
      '--bind-address=127.0.0.1',
      `--port=${webPort}`,
      '--grpc-bind-address=127.0.0.1',
      `--grpc-port=${grpcPort}`,
      '--mysql-auth-server-impl=none',
      '--mysql-server-bind-address=127.0.0.1',
      `--mysql-server-port=${port}`,
      `--transaction-mode=${transactionMode}`,
      '--log-format=text',
    ],
    url: (port) => `mysql://root@127.0.0.1:${port}`,
    isReady: async (port) => (await askMysql(`mysql://root@127.0.0.1:${port}`, 'select 1 as one'))['one'] === 1,
  });
}

/** Every keyspace gets every table, and uses those of its vschema. */
async function migrateKeyspaces(url: string, keyspaces: readonly string[]): Promise<void> {
  for (const keyspace of keyspaces) {
    await waitUntil(() => askMysql(`${url}/${keyspace}`, 'select 1'), SERVING_WITHIN_MS);
    await migrate(`${url}/${keyspace}`);
  }
}

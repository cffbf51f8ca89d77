import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import type { PrivateServer } from '../../support/services/service.ts';
import { waitUntil } from '../../support/services/wait-until.ts';
import { askMysql } from '../../support/services/probe.ts';
import { buildEngine } from './build-engine.ts';
import { type Shard, type ShardPlan, startShard } from './shard.ts';
import type { Parts } from './parts.ts';
import { type Stoppable, type Topology, startTopology } from './topology.ts';
import { type Vtgate, startVtgate } from './vtgate.ts';
import { startVtorc } from './vtorc.ts';

/**
 * The names of the shards of each keyspace, how its tables are distributed (its "vschema"), and how many replicas each of its
 * shards has: by default one.
 */
export type Keyspaces = Readonly<
  Record<
    string,
    { readonly shards: readonly string[]; readonly vschema: object; readonly replicaCount?: number }
  >
>;

export type Vitess = {
  /** Commits a transaction over several shards in two phases. */
  readonly vtgate: Vtgate;
  /** Commits it on one shard after the other. */
  readonly bestEffortVtgate: Vtgate;
  readonly shards: readonly Shard[];
  readonly vtctl: Topology['vtctl'];
  startVtorc(keyspaces: readonly string[]): Promise<void>;
  /** Starts shards with one replica each that serve nothing yet, since others of the keyspace serve their ranges. */
  readonly addShards: (keyspace: string, names: readonly string[]) => Promise<readonly Shard[]>;
  stop(): Promise<void>;
};

const SERVING_WITHIN_MS = 120_000;

/** Starts a cluster with a primary and its replicas for each shard, and every migration on every shard. */
export async function startVitess(keyspaces: Keyspaces): Promise<Vitess> {
  const started: Stoppable[] = [];
  const stop = async () => void (await Promise.all(started.splice(0).map((server) => server.stop())));
  try {
    const engine = await buildEngine();
    const topology = await startTopology(engine, started);
    const parts = { engine, topology, started };
    for (const keyspace of Object.keys(keyspaces))
      await topology.vtctl('CreateKeyspace', '--durability-policy=semi_sync', keyspace);
    let count = 0;
    const addShards = async (plans: readonly ShardPlan[]) => {
      const firstId = count + 1;
      count += plans.length;
      const added = await startShards(parts, plans, firstId);
      await mapAll(added, migrateShard);
      return added;
    };
    const shards = await addShards(plansOf(keyspaces));
    for (const [name, { vschema }] of Object.entries(keyspaces)) {
      await topology.vtctl('ReloadSchemaKeyspace', name);
      await topology.vtctl('ApplyVSchema', `--vschema=${JSON.stringify(vschema)}`, name);
    }
    const vtgate = await startVtgate(parts, 'TWOPC');
    const bestEffortVtgate = await startVtgate(parts, 'MULTI');
    for (const { mysqlUrl } of [vtgate, bestEffortVtgate])
      for (const { keyspace, name } of shards) await awaitShard(mysqlUrl, `${keyspace}:${name}`);
    return {
      vtgate,
      bestEffortVtgate,
      shards,
      vtctl: topology.vtctl,
      startVtorc: (watched) => startVtorc(parts, watched),
      async addShards(keyspace, names) {
        const added = await addShards(names.map((name) => ({ keyspace, name, replicaCount: 1 })));
        await topology.vtctl('ReloadSchemaKeyspace', keyspace);
        return added;
      },
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function plansOf(keyspaces: Keyspaces): readonly ShardPlan[] {
  return Object.entries(keyspaces).flatMap(([keyspace, { shards, replicaCount = 1 }]) =>
    shards.map((name) => ({ keyspace, name, replicaCount })),
  );
}

async function startShards(
  parts: Parts,
  plans: readonly ShardPlan[],
  firstId: number,
): Promise<readonly Shard[]> {
  return mapAll(plans, async (plan, index) => {
    const { keyspace, name } = plan;
    const shard = await startShard(parts, { ...plan, id: firstId + index });
    const { alias } = shard.primary;
    await parts.topology.vtctl('PlannedReparentShard', `--new-primary=${alias}`, `${keyspace}/${name}`);
    return shard;
  });
}

function migrateShard({ keyspace, primary }: Shard): Promise<readonly string[]> {
  return migrate(`${primary.mysql.url}/vt_${keyspace}`);
}

async function awaitShard(mysqlUrl: string, target: string): Promise<void> {
  await waitUntil(() => askMysql(`${mysqlUrl}/${encodeURIComponent(target)}`, 'select 1'), SERVING_WITHIN_MS);
}

/** Like `Promise.all(items.map(map))`, but waits for all before it throws, so that the caller can stop what runs. */
async function mapAll<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const mapped = items.map(map);
  await Promise.allSettled(mapped);
  return Promise.all(mapped);
}

/** Every server of MySQL and Vitess that a statement or its replication runs through. */
export function serversOf({ vtgate, shards }: Pick<Vitess, 'vtgate' | 'shards'>): readonly PrivateServer[] {
  const tablets = shards.flatMap(({ primary, replicas }) => [primary, ...replicas]);
  return [vtgate.server, ...tablets.flatMap(({ mysql, vttablet }) => [mysql, vttablet])];
}

/** The URL that frontrow takes. What no statement names a shard for goes to the keyspace `staff`. */
export function urlForFrontrow({ mysqlUrl }: Vtgate): string {
  return `${mysqlUrl.replace('mysql:', 'vitess:')}/staff`;
}

import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema/schema.ts';
import { type Keyspace, STAFF, onTarget } from './aims.ts';

/** A process that has not heard of a split shard yet reads only one half of it shard by shard. */
const TTL_MS = 5_000;

/** The slots with which the shards of a keyspace begin, ascending: one for each shard. */
export type ShardMap = {
  firstSlots(keyspace: Keyspace): Promise<readonly number[]>;
  /** The first slot of the shard that has the slot, as last read. */
  shardOf(keyspace: Keyspace, slot: number): number;
};

/** Throws where the server is no vtgate, or lacks a keyspace. */
export async function readShardMap(db: Kysely<Database>): Promise<ShardMap> {
  let [shards, readAt] = [await readShards(db), performance.now()];
  return {
    async firstSlots(keyspace) {
      if (performance.now() - readAt > TTL_MS) [shards, readAt] = [await readShards(db), performance.now()];
      return shards[keyspace];
    },
    shardOf: (keyspace, slot) => shards[keyspace].findLast((first) => first <= slot) ?? 0,
  };
}

async function readShards(db: Kysely<Database>): Promise<Readonly<Record<Keyspace, readonly number[]>>> {
  const { rows } = await onTarget(db, STAFF, (session) =>
    sql<Record<string, string>>`show vitess_shards`.execute(session),
  );
  const names = rows.map((row) => Object.values(row)[0]!);
  return { sales: firstSlotsOf(names, 'sales'), accounts: firstSlotsOf(names, 'accounts') };
}

/** Of names like `sales/40-80`; an unsharded keyspace has the one shard `0` or `-`. */
export function firstSlotsOf(names: readonly string[], keyspace: Keyspace): readonly number[] {
  const starts = names.flatMap((name) => {
    const [of, range = ''] = name.split('/');
    return of === keyspace ? [range.includes('-') ? range.slice(0, range.indexOf('-')) : ''] : [];
  });
  invariant(starts.length > 0, `vtgate has no keyspace ${keyspace}`);
  invariant(
    starts.every((start) => start.length <= 2),
    `the shards of ${keyspace} must begin at whole bytes: ${starts.join()}`,
  );
  return starts.map((start) => Number.parseInt(start.padEnd(2, '0'), 16)).toSorted((a, b) => a - b);
}

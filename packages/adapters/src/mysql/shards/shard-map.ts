import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema/schema.ts';
import { type Keyspace, STAFF, onTarget } from './aims.ts';

const TTL_MS = 1_000;

export type Shard = {
  /** The slot with which it begins. */
  readonly first: number;
  /**
   * What a session is aimed at it by, as in `sales:40-80`. Once the shard is split, vtgate refuses that, so that nothing is
   * taken for all of its rows that is a part of them.
   */
  readonly target: string;
};

/** The shards of both keyspaces. They may have been split since they were read. */
export type ShardMap = {
  /** Ascending. Not older than a second. */
  list(keyspace: Keyspace): Promise<readonly Shard[]>;
  /** The one that has the slot, as last read. Reads them again for later calls. */
  find(keyspace: Keyspace, slot: number): Shard;
};

type Shards = Readonly<Record<Keyspace, readonly Shard[]>>;

/** Throws where the server is no vtgate, or lacks a keyspace. */
export async function readShardMap(db: Kysely<Database>): Promise<ShardMap> {
  let [shards, readAt] = [await readShards(db), performance.now()];
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const asOf = performance.now();
    [shards, readAt] = [await readShards(db), asOf];
  }
  async function refresh(): Promise<void> {
    if (performance.now() - readAt <= TTL_MS) return;
    reading ??= read().finally(() => (reading = null));
    await reading;
  }
  return {
    async list(keyspace) {
      await refresh();
      return shards[keyspace];
    },
    find(keyspace, slot) {
      refresh().catch(() => undefined); // what needs the answer fails as well
      return shards[keyspace].findLast(({ first }) => first <= slot)!;
    },
  };
}

async function readShards(db: Kysely<Database>): Promise<Shards> {
  const { rows } = await onTarget(db, STAFF, (session) =>
    sql<Record<string, string>>`show vitess_shards`.execute(session),
  );
  const names = rows.map((row) => Object.values(row)[0]!);
  return { sales: shardsOf(names, 'sales'), accounts: shardsOf(names, 'accounts') };
}

/** Of names like `sales/40-80`; an unsharded keyspace has the one shard `0` or `-`. */
export function shardsOf(names: readonly string[], keyspace: Keyspace): readonly Shard[] {
  const ranges = names.flatMap((name) => {
    const [of, range = ''] = name.split('/');
    return of === keyspace ? [range] : [];
  });
  invariant(ranges.length > 0, `vtgate has no keyspace ${keyspace}`);
  const shards = ranges.map((range) => ({ start: range.includes('-') ? range.split('-')[0]! : '', range }));
  invariant(
    shards.every(({ start }) => start.length <= 2),
    `the shards of ${keyspace} must begin at whole bytes: ${ranges.join()}`,
  );
  return shards
    .map(({ start, range }) => ({
      first: Number.parseInt(start.padEnd(2, '0'), 16),
      target: `${keyspace}:${range}`,
    }))
    .toSorted((a, b) => a.first - b.first);
}

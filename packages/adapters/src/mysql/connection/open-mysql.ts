import { Kysely, MysqlDialect, sql } from 'kysely';
import { isReadOnlyServer } from './faults.ts';
import { createGeneration } from './generation.ts';
import { type Replica, openReplica } from './open-replica.ts';
import { type PoolOptions, type PoolStates, createMysqlPool } from './pool.ts';
import { onTarget } from '../shards/aims.ts';
import type { Database } from '../schema/schema.ts';

export type Mysql = {
  readonly db: Kysely<Database>;
  /** For coalesced reads, which therefore never wait for transactions. */
  readonly coalescedDb: Kysely<Database>;
  /** For lists of the catalog; null without a `readUrl`. */
  readonly replica: Replica | null;
  /** Throws `Unavailable('mysql')` unless the server answers. */
  check(): Promise<void>;
  /**
   * Null when MySQL accepts writes, or why it does not. Throws `Unavailable('mysql')` when it does not answer. `target` is
   * whom to ask where a connection leads to several servers.
   */
  whyNotWritable(target?: string | null): Promise<string | null>;
  /** The states of the connections for transactions. */
  poolStates(): PoolStates;
  /** Closes the connections after their present use. */
  close(): Promise<void>;
};

/** Of each kind at most one read runs for an event, so this serves several events with a crowd each. */
const COALESCED_CONNECTIONS_MAX = 4;

export type MysqlOptions = PoolOptions & {
  /** The URL of a replica of the server. */
  readonly readUrl?: string | null;
  /** Receives why the replica could not answer. */
  readonly onReplicaFault?: (error: unknown) => void;
};

/** Connects with the first statement. */
export function openMysql({
  readUrl = null,
  onReplicaFault = () => undefined,
  ...options
}: MysqlOptions): Mysql {
  const generations = createGeneration();
  const pool = createMysqlPool(options, generations);
  const db = new Kysely<Database>({ dialect: new MysqlDialect({ pool }) });
  const coalescedPool = createMysqlPool(
    {
      ...options,
      poolSize: COALESCED_CONNECTIONS_MAX,
      // These statements contain literals, and no transaction runs here.
      bundles: false,
    },
    generations,
  );
  const coalescedDb = new Kysely<Database>({ dialect: new MysqlDialect({ pool: coalescedPool }) });
  const replica =
    readUrl === null ? null : openReplica({ ...options, url: readUrl, primary: db, onFault: onReplicaFault });
  return {
    db,
    coalescedDb,
    replica,
    check: () => askOne(db),
    async whyNotWritable(target = null) {
      const reasons = await Promise.all([db, coalescedDb].map((own) => whyNotWritable(own, target)));
      return reasons.find((reason) => reason !== null) ?? null;
    },
    poolStates: () => pool.states(),
    async close() {
      await Promise.all([db.destroy(), coalescedDb.destroy(), replica?.close()]);
    },
  };
}

/** Asks a second time where the first connection was opened before its server became read-only. */
async function whyNotWritable(db: Kysely<Database>, target: string | null): Promise<string | null> {
  const ask = () => (target === null ? askOne(db) : onTarget(db, target, askOne));
  try {
    await ask().catch((error: unknown) => {
      if (!isReadOnlyServer(error)) throw error;
      return ask();
    });
    return null;
  } catch (error) {
    if (isReadOnlyServer(error)) return 'read-only';
    throw error;
  }
}

async function askOne(db: Kysely<Database>): Promise<void> {
  await sql`select 1`.execute(db);
}

import { Kysely, MysqlDialect, sql } from 'kysely';
import { type PoolOptions, type PoolStates, createMysqlPool } from './pool.ts';
import type { Database } from '../schema/schema.ts';

export type Mysql = {
  readonly db: Kysely<Database>;
  /** For the reads that many requests share, which then never wait behind the transactions of others. */
  readonly coalescedDb: Kysely<Database>;
  /** Throws `Unavailable('mysql')` unless the server answers. */
  check(): Promise<void>;
  /** Null where MySQL takes writes, or why it does not. Throws `Unavailable('mysql')` where it does not answer. */
  whyNotWritable(): Promise<string | null>;
  /** Of the connections that transactions use. */
  poolStates(): PoolStates;
  /** Ends the connections, after those who use them are done. */
  close(): Promise<void>;
};

/** At most one read of each kind runs for a date: enough for several dates with a crowd each. */
const COALESCED_CONNECTIONS_MAX = 4;

/** Connects with the first statement, not before. */
export function openMysql(options: PoolOptions): Mysql {
  const pool = createMysqlPool(options);
  const db = new Kysely<Database>({ dialect: new MysqlDialect({ pool }) });
  const coalescedPool = createMysqlPool({ ...options, poolSize: COALESCED_CONNECTIONS_MAX });
  const coalescedDb = new Kysely<Database>({ dialect: new MysqlDialect({ pool: coalescedPool }) });
  return {
    db,
    coalescedDb,
    async check() {
      await sql`select 1`.execute(db);
    },
    async whyNotWritable() {
      const { rows } = await sql<{ isReadOnly: number }>`select @@global.read_only as isReadOnly`.execute(db);
      return Number(rows[0]?.isReadOnly) === 0 ? null : 'read-only';
    },
    poolStates: () => pool.states(),
    async close() {
      await Promise.all([db.destroy(), coalescedDb.destroy()]);
    },
  };
}

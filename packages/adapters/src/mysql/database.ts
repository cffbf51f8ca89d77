import { Kysely, MysqlDialect, sql } from 'kysely';
import { type PoolOptions, type PoolStates, createMysqlPool } from './pool.ts';
import type { Database } from './schema.ts';

export type Mysql = {
  readonly db: Kysely<Database>;
  /** Throws `Unavailable('mysql')` unless the server answers. */
  check(): Promise<void>;
  poolStates(): PoolStates;
  /** Ends the connections, after those who use them are done. */
  close(): Promise<void>;
};

/** Connects with the first statement, not before. */
export function openMysql(options: PoolOptions): Mysql {
  const pool = createMysqlPool(options);
  const db = new Kysely<Database>({ dialect: new MysqlDialect({ pool }) });
  return {
    db,
    async check() {
      await sql`select 1`.execute(db);
    },
    poolStates: () => pool.states(),
    close: () => db.destroy(),
  };
}

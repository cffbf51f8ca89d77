import { isSharded } from '@frontrow/adapters/mysql/shards/sharded-url.ts';
import { type Mysql, openMysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { type MysqlPorts, createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { openShardedPorts } from '@frontrow/adapters/mysql/shards/open-sharded-ports.ts';
import type { SeatHoldStrategy } from '@frontrow/adapters/mysql/booking/hold-strategies/hold-strategies.ts';
import { createUlidGenerator } from '@frontrow/adapters/system/id-generator.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { type Kysely, sql } from 'kysely';
import { eventually } from './eventually.ts';
import { createTestDatabase } from './mysql-database.ts';

export type MysqlTestPorts = {
  readonly url: string;
  readonly mysql: Mysql;
  readonly ports: MysqlPorts & Pick<Ports, 'ids'>;
  close(): Promise<void>;
};

/** Opens MySQL's ports on a new database. */
export async function openMysqlTestPorts(seatHoldStrategy: SeatHoldStrategy): Promise<MysqlTestPorts> {
  const database = await createTestDatabase();
  const mysql = openMysql({ url: database.url, poolSize: 20 });
  const options = {
    seatHoldStrategy,
    webhookSecretKeys: [{ keyId: 'test', secret: 'a key that only the tests know' }],
  };
  return {
    url: database.url,
    mysql,
    ports: {
      ...(isSharded(database.url)
        ? await openShardedPorts(mysql, options)
        : createMysqlPorts(mysql.db, options)),
      ids: createUlidGenerator(),
    },
    async close() {
      await mysql.close();
      await database.drop();
    },
  };
}

/** Resolves once a transaction in the database waits for a lock. */
export function waitForLockWait<Tables>(db: Kysely<Tables>): Promise<void> {
  return eventually(async () => {
    const { rows } = await sql`
      select 1
      from performance_schema.data_lock_waits as w
      join performance_schema.threads as t on t.thread_id = w.requesting_thread_id
      where t.processlist_db = database()`.execute(db);
    if (rows.length === 0) throw new Error('no transaction waits for a lock');
  });
}

/** A promise that `open` resolves. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

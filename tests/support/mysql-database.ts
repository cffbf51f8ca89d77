import { randomBytes } from 'node:crypto';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** Kysely's own tables, which say what migrations the database has. */
const MIGRATION_TABLES = 'kysely_%';

/** Creates a new database with all tables; where the server's URL names a database, that one with no rows. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = new URL(inject('mysqlUrl'));
  if (server.pathname.length > 1) return { url: server.href, drop: () => emptyTables(server.href) };
  const database = nameTestDatabase();
  await migrate(database.url);
  return database;
}

/** The name and URL of a new database that does not exist yet, for tests of the migrations. */
export function nameTestDatabase(): TestDatabase {
  const name = `frontrow_test_${randomBytes(8).toString('hex')}`;
  const server = inject('mysqlUrl');
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      const connection = await createConnection(server);
      try {
        await connection.query('drop database if exists ??', [name]);
      } finally {
        await connection.end();
      }
    },
  };
}

async function emptyTables(url: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    const [tables] = await connection.query<RowDataPacket[]>(
      `select table_name as name from information_schema.tables
       where table_schema = database() and table_name not like ?`,
      [MIGRATION_TABLES],
    );
    for (const { name } of tables) await connection.query('delete from ??', [name]);
  } finally {
    await connection.end();
  }
}

import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import { emptyShards } from './empty-shards.ts';
import { createDatabase } from './mysql-schema.ts';

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** Creates a new database with all tables. Where the server's URL names one, that is used, and its rows are deleted. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('mysqlUrl');
  if (new URL(server).pathname.length > 1) return { url: server, drop: () => emptyShards(server) };
  const database = nameTestDatabase();
  await createDatabase(server, new URL(database.url).pathname.slice(1), inject('mysqlSchema'));
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

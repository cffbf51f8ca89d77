import { Kysely, MysqlDialect } from 'kysely';
import { type RowDataPacket, createPool } from 'mysql2';
import { type ConnectionOptions, createConnection } from 'mysql2/promise';
import { type MysqlTls, tlsOptions } from '../connection/tls.ts';
import { explainErrors } from '../connection/explain-errors.ts';
import { createMigrator } from './migrations.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const UNKNOWN_DATABASE = 1049;

/**
 * Creates the database of the URL when it is missing, and runs the migrations that it lacks. Returns their names. Several
 * processes may run it at once: a lock of the server makes them take turns. Throws an error of one line that names the
 * server and the reason.
 */
export function migrate(url: string, tls: MysqlTls | null = null): Promise<readonly string[]> {
  return explainErrors({ url, tls }, () => runMigrations(url, tls));
}

async function runMigrations(url: string, tls: MysqlTls | null): Promise<readonly string[]> {
  const options = { ...tlsOptions(tls), connectTimeout: CONNECT_TIMEOUT_MS };
  await createDatabase(url, options);
  // This connection waits for that lock without a limit, unlike those of the application.
  const pool = createPool({ ...options, uri: url, connectionLimit: 1 });
  const db = new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) });
  try {
    const { error, results = [] } = await createMigrator(db).migrateToLatest();
    if (error !== undefined) throw error;
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}

/** Only when it is missing, because an account may lack the right to create a database. */
async function createDatabase(url: string, options: ConnectionOptions): Promise<void> {
  if (await exists(url, options)) return;
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  if (name === '') throw new Error('MYSQL_URL names no database');
  server.pathname = '/';
  const connection = await createConnection({ ...options, uri: server.href });
  try {
    await connection.query('create database if not exists ?? character set utf8mb4', [name]);
  } finally {
    await connection.end();
  }
}

async function exists(url: string, options: ConnectionOptions): Promise<boolean> {
  try {
    const connection = await createConnection({ ...options, uri: url });
    try {
      const [[row]] = await connection.query<RowDataPacket[]>('select database() as name');
      return row?.['name'] !== null;
    } finally {
      await connection.end();
    }
  } catch (error) {
    if ((error as { errno?: number }).errno === UNKNOWN_DATABASE) return false;
    throw error;
  }
}

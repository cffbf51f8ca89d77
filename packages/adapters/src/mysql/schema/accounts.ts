import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { type MysqlTls, tlsOptions } from '../connection/tls.ts';
import { explainErrors } from '../connection/explain-errors.ts';
import { LISTED_TABLES, MIGRATION_PRIVILEGES, TABLE_PRIVILEGES } from './privileges.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export type Account = { readonly name: string; readonly password: string };
/** One account for each kind of process, and one for lists from a replica where there is one. */
export type Accounts = {
  readonly migration: Account;
  readonly http: Account;
  readonly worker: Account;
  readonly lists?: Account | undefined;
};
type Names = { readonly http: string; readonly worker: string; readonly lists?: string | undefined };

/**
 * Creates the accounts, for any host, or sets their passwords again. `url` is of an administrator and names the
 * database, which may be missing. Only the migration's account gets privileges: MySQL takes a grant on a table once the
 * table exists, so `grantTablePrivileges` gives the others theirs after each migration.
 */
export async function createAccounts(
  url: string,
  accounts: Accounts,
  tls: MysqlTls | null = null,
): Promise<void> {
  const server = new URL(url);
  const database = databaseOf(url);
  server.pathname = '/';
  await withConnection(server.href, tls, async (connection) => {
    const { migration, http, worker, lists } = accounts;
    for (const { name, password } of [migration, http, worker, ...(lists === undefined ? [] : [lists])]) {
      await connection.query(`create user if not exists ?@'%' identified by ?`, [name, password]);
      await connection.query(`alter user ?@'%' identified by ?`, [name, password]);
    }
    const on = quote(await patternOf(database, connection));
    await connection.query(`grant ${MIGRATION_PRIVILEGES.join(', ')} on ${on}.* to ?@'%' with grant option`, [
      migration.name,
    ]);
  });
}

/**
 * Gives the accounts of HTTP and worker what `TABLE_PRIVILEGES` lists, and that of lists `LISTED_TABLES`. `url` is of the
 * migration's account.
 */
export async function grantTablePrivileges(
  url: string,
  names: Names,
  tls: MysqlTls | null = null,
): Promise<void> {
  await withConnection(url, tls, async (connection) => {
    for (const [table, privileges] of Object.entries(TABLE_PRIVILEGES))
      for (const process of ['http', 'worker'] as const)
        if (privileges[process].length > 0)
          await connection.query(
            `grant ${privileges[process].join(', ')} on ${quote(databaseOf(url))}.${quote(table)} to ?@'%'`,
            [names[process]],
          );
    if (names.lists === undefined) return;
    for (const table of LISTED_TABLES)
      await connection.query(`grant select on ${quote(databaseOf(url))}.${quote(table)} to ?@'%'`, [
        names.lists,
      ]);
  });
}

/** A grant on a database takes `_` and `%` as wildcards, except where the server revokes partially. */
async function patternOf(database: string, connection: Connection): Promise<string> {
  const [[row]] = await connection.query<RowDataPacket[]>('select @@global.partial_revokes as isLiteral');
  return row?.['isLiteral'] === 1 ? database : database.replaceAll(/[\\_%]/g, String.raw`\$&`);
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

async function withConnection(
  uri: string,
  tls: MysqlTls | null,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  await explainErrors({ url: uri, tls }, async () => {
    const options = { ...tlsOptions(tls), connectTimeout: CONNECT_TIMEOUT_MS, uri };
    const connection = await createConnection(options);
    try {
      await work(connection);
    } finally {
      await connection.end();
    }
  });
}

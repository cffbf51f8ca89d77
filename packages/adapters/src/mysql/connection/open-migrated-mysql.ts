import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { type Mysql, openMysql } from './open-mysql.ts';
import type { PoolOptions } from './pool.ts';

const UNKNOWN_DATABASE = 1049;

/** Throws an error whose one line names the server that does not answer or the migration that is missing. */
export async function openMigratedMysql(options: PoolOptions): Promise<Mysql> {
  const mysql = openMysql(options);
  try {
    await mysql.check();
    await checkSchema(mysql.db);
    const reason = await mysql.whyNotWritable();
    if (reason !== null) throw new Error(reason);
    return mysql;
  } catch (error) {
    await mysql.close();
    const { hostname, port } = new URL(options.url);
    const server = `MySQL at ${hostname}:${port || 3306} (MYSQL_URL)`;
    throw new Error(`cannot use ${server}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The driver's message, which contains no password. */
function reasonOf(error: unknown): string {
  if (error instanceof Unavailable && error.cause !== undefined) return reasonOf(error.cause);
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const isMissing = 'errno' in error && error.errno === UNKNOWN_DATABASE;
  return isMissing ? `${error.message}: run "pnpm migrate"` : error.message;
}

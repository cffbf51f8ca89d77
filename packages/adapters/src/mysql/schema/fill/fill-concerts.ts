import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { explainErrors } from '../../connection/explain-errors.ts';
import { isDeadlock, isLockWaitTimeout } from '../../connection/faults.ts';
import { type MysqlTls, tlsOptions } from '../../connection/tls.ts';
import { type Batch, batches, TABLES } from './batches.ts';

/** The rows of a table that have got their concert, and those that still lack it. */
export type Filled = { readonly table: string; readonly filled: number; readonly remaining: number };

type FillOptions = {
  readonly url: string;
  readonly tls?: MysqlTls | null;
  /** Called after each batch with the number of rows that all batches have filled. */
  readonly onProgress?: (filled: number) => void;
};

const CONNECT_TIMEOUT_MS = 10_000;
const LOCK_WAIT_S = 2;
const ATTEMPTS_MAX = 30;

/**
 * Writes the concert into each row that lacks it: those that versions before 0.7.0 have written. No such version may run
 * meanwhile. Each batch commits alone and locks its rows for milliseconds, and a pause follows that is as long as the batch
 * took, so that a sale goes on beside it. A run that ends early is repeated; it skips what is filled.
 */
export function fillConcerts({
  url,
  tls = null,
  onProgress = () => undefined,
}: FillOptions): Promise<readonly Filled[]> {
  return explainErrors({ url, tls }, async () => {
    const connection = await createConnection({
      ...tlsOptions(tls),
      uri: url,
      connectTimeout: CONNECT_TIMEOUT_MS,
    });
    connection.on('error', () => undefined); // the statement that is lost throws as well
    try {
      // In READ COMMITTED, a row that needs no change is not kept locked, and the subquery locks nothing.
      await connection.query(`set session transaction_isolation = 'READ-COMMITTED', autocommit = 1,
        innodb_lock_wait_timeout = ${LOCK_WAIT_S}`);
      const filled = await fillBatches(connection, onProgress);
      return await Promise.all(
        TABLES.map(async (table) => ({
          table,
          filled: filled.get(table) ?? 0,
          remaining: await countRemaining(connection, table),
        })),
      );
    } finally {
      connection.destroy();
    }
  });
}

async function fillBatches(
  connection: Connection,
  onProgress: (filled: number) => void,
): Promise<ReadonlyMap<string, number>> {
  const filled = new Map<string, number>();
  let total = 0;
  for await (const batch of batches(connection)) {
    const startedAt = performance.now();
    const rows = await fill(connection, batch);
    if (rows === 0) continue;
    filled.set(batch.table, (filled.get(batch.table) ?? 0) + rows);
    total += rows;
    onProgress(total);
    await pause(performance.now() - startedAt);
  }
  return filled;
}

async function fill(connection: Connection, { statement, values }: Batch): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [{ changedRows }] = await connection.query<ResultSetHeader>(statement, [...values]);
      return changedRows;
    } catch (error) {
      const isTransient = isDeadlock(error) || isLockWaitTimeout(error);
      if (!isTransient || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function countRemaining(connection: Connection, table: string): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'select count(*) as remaining from ?? where concert_id is null',
    [table],
  );
  return Number(rows[0]!['remaining']);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import { callbackify, promisify } from 'node:util';
import type { MysqlPoolConnection } from 'kysely';
import type { PoolConnection } from 'mysql2';
import { type Statement, asDeferred, bundleText, lastResult } from './bundle.ts';
import { mysqlFault, statementTimeout } from './faults.ts';

/** Beyond the longest wait for a lock. Together with the wait for a connection it stays below 5 s. */
const STATEMENT_TIMEOUT_MS = 2_900;

/**
 * `wait_timeout` ends the transaction of a process that has vanished without closing its connections, or is frozen: the
 * server rolls it back 10 s after its last statement. Idle connections of a healthy process ping before that.
 * `lock_wait_timeout` bounds the wait for a metadata lock, `net_*_timeout` that for a peer in the middle of a packet.
 */
const SESSION = `set session
  time_zone = '+00:00',
  transaction_isolation = 'READ-COMMITTED',
  innodb_lock_wait_timeout = 2,
  lock_wait_timeout = 2,
  wait_timeout = 10,
  net_read_timeout = 10,
  net_write_timeout = 10,
  sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'`;

/** Sets the session variables of a new connection; destroys one that does not accept them. */
export function configureSession(connection: PoolConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    sendStatement(connection, SESSION, [], (error) => {
      if (error === null) return resolve();
      connection.destroy();
      reject(error);
    });
  });
}

type QueryDone = (error: Error | null, result?: unknown) => void;

/**
 * Sends a statement that ends within `STATEMENT_TIMEOUT_MS`. What a silent server does with the statement is unknown, so
 * its connection is destroyed. The timer ends with the statement, also where the connection is lost: the driver's own
 * timer would keep the statement and its connection in memory until it fires.
 */
export function sendStatement(
  connection: PoolConnection,
  sql: string,
  values: readonly unknown[] | undefined,
  done: QueryDone,
): void {
  let isDone = false;
  const finish: QueryDone = (error, result) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    done(error, result);
  };
  const timer = setTimeout(() => {
    connection.destroy();
    finish(statementTimeout());
  }, STATEMENT_TIMEOUT_MS);
  connection.query({ sql, values: values as unknown[] }, finish);
}

/** The connection as Kysely uses it. Deferred statements, and the start of a transaction, go with the next statement. */
export function toKyselyConnection(connection: PoolConnection, onRelease: () => void): MysqlPoolConnection {
  let deferred: Statement[] = [];

  async function send(statements: readonly Statement[]): Promise<unknown> {
    try {
      return lastResult(statements, await sendText(connection, bundleText(connection, statements)));
    } catch (error) {
      throw mysqlFault(error);
    }
  }

  async function query(sql: string, values: readonly unknown[] = []): Promise<unknown> {
    const later = asDeferred(sql, values);
    if (later !== null) {
      deferred.push(later);
      return [];
    }
    const before = deferred;
    deferred = [];
    if (sql === 'rollback') {
      const isBegun = before[0]?.sql !== 'begin';
      return isBegun ? send([{ sql, values, rowsExpected: null }]) : [];
    }
    const isChecked = before.some(({ rowsExpected }) => rowsExpected !== null);
    if (sql !== 'commit' || !isChecked) return send([...before, { sql, values, rowsExpected: null }]);
    await send(before);
    return send([{ sql, values, rowsExpected: null }]);
  }

  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    destroy: () => connection.destroy(),
    release() {
      onRelease();
      connection.release();
    },
    // Only a streamed query uses the return value, and no query here is streamed.
    query: callbackify(query) as unknown as MysqlPoolConnection['query'],
  };
}

const sendText = promisify((connection: PoolConnection, text: string, done: QueryDone) =>
  sendStatement(connection, text, [], done),
);

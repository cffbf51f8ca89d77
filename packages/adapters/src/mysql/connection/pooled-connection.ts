import { callbackify, promisify } from 'node:util';
import type { MysqlPoolConnection } from 'kysely';
import type { PoolConnection } from 'mysql2';
import { ACCEPTS_WRITES } from './accepts-writes.ts';
import {
  type Statement,
  WRITABLE_CHECK,
  asDeferred,
  bundleText,
  lastResult,
  startsTransaction,
} from './bundle.ts';
import { commitFault, isFailedCheck, mysqlFault, readOnlyServer, statementTimeout } from './faults.ts';

/** Beyond the longest wait for a lock. Together with the wait for a connection it stays below 5 s. */
const STATEMENT_TIMEOUT_MS = 2_900;

/**
 * `wait_timeout` ends the transaction of a process that has vanished without closing its connections, or is frozen: the
 * server rolls it back 10 s after its last statement. Idle connections of a healthy process ask before that whether the server accepts writes.
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

/** Sets the session variables of a new connection. */
export async function configureSession(connection: PoolConnection): Promise<void> {
  await sendText(connection, SESSION);
}

/** Shows the server that the process is alive. */
export async function ping(connection: PoolConnection): Promise<void> {
  await sendText(connection, 'do 0');
}

/** The same. Throws if the server is read-only. */
export async function checkWritable(connection: PoolConnection): Promise<void> {
  lastResult([WRITABLE_CHECK], await sendText(connection, WRITABLE_CHECK.sql));
}

type QueryDone = (error: Error | null, result?: unknown) => void;

/**
 * Sends a statement that ends within `STATEMENT_TIMEOUT_MS`. What a silent server does with the statement is unknown, so
 * its connection is destroyed. The timer ends with the statement, also where the connection is lost: the driver's own
 * timer would keep the statement and its connection in memory until it fires.
 */
function sendStatement(connection: PoolConnection, sql: string, done: QueryDone): void {
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
  connection.query({ sql }, finish);
}

/** A check in front of an aim would ask the server of the aim before, which may be away. */
const AIM = /^use /;

type Use = {
  /** Whether the server must accept writes; otherwise it is a replica. */
  readonly isPrimary: boolean;
  /** Whether the connection may send several statements in one round trip. */
  readonly bundles: boolean;
  onError(error: unknown): void;
  onRelease(): void;
};

/**
 * The connection as Kysely uses it. Deferred statements, and the start of a transaction, go with the next statement. A
 * statement outside a transaction checks that the server accepts writes, so that no server answers from old data
 * after another one has replaced it: by its own condition, or else by a statement in front of it. The start of a transaction is
 * such a check itself.
 */
export function toKyselyConnection(connection: PoolConnection, use: Use): MysqlPoolConnection {
  let deferred: Statement[] = [];
  let isInTransaction = false;

  async function send(statements: readonly Statement[]): Promise<unknown> {
    try {
      return lastResult(statements, await sendText(connection, bundleText(connection, statements)));
    } catch (error) {
      const fault = isFailedCheck(error) ? readOnlyServer() : error;
      use.onError(fault);
      throw mysqlFault(fault);
    }
  }

  async function sendAlone(statement: Statement): Promise<unknown> {
    if (!use.isPrimary || AIM.test(statement.sql) || statement.sql.includes(ACCEPTS_WRITES))
      return send([statement]);
    if (use.bundles) return send([WRITABLE_CHECK, statement]);
    await send([WRITABLE_CHECK]);
    return send([statement]);
  }

  async function query(sql: string, values: readonly unknown[] = []): Promise<unknown> {
    const later = asDeferred(sql, values);
    if (later !== null) {
      if (startsTransaction(later)) isInTransaction = true;
      deferred.push(later);
      return [];
    }
    const before = deferred;
    deferred = [];
    const statement = { sql, values, rowsExpected: null };
    if (sql === 'rollback') {
      isInTransaction = false;
      return before.some(startsTransaction) ? [] : send([statement]);
    }
    if (!isInTransaction) return sendAlone(statement);
    if (sql !== 'commit') return send([...before, statement]);
    const result = await commit(before, statement);
    isInTransaction = false;
    return result;
  }

  async function commit(before: readonly Statement[], statement: Statement): Promise<unknown> {
    const isChecked = before.some(({ rowsExpected }) => rowsExpected !== null);
    if (!isChecked && before.length > 0) return send([...before, statement]);
    if (isChecked) await send(before);
    try {
      return await send([statement]);
    } catch (error) {
      throw commitFault(error);
    }
  }

  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    destroy: () => connection.destroy(),
    release: () => use.onRelease(),
    // Only a streamed query uses the return value, and no query here is streamed.
    query: callbackify(query) as unknown as MysqlPoolConnection['query'],
  };
}

const sendText = promisify((connection: PoolConnection, text: string, done: QueryDone) =>
  sendStatement(connection, text, done),
);

import { callbackify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { type PoolConnection, createPool } from 'mysql2';
import { type MysqlTls, tlsOptions } from './tls.ts';
import { mysqlFault, statementTimeout } from './faults.ts';

export type PoolOptions = {
  readonly url: string;
  /** Null or absent for plain text. */
  readonly tls?: MysqlTls | null;
  /** The largest number of connections of this process. */
  readonly poolSize: number;
  /** How long a request waits for a connection before it fails with `Unavailable`. */
  readonly acquireTimeoutMs?: number;
  /** How many requests may wait for a connection; by default a hundred for each connection. */
  readonly waitersMax?: number;
};

/** The connections, and the requests that wait for one. A free connection may not be open yet. */
export type PoolStates = { readonly inUse: number; readonly free: number; readonly waiting: number };

export type Pool = MysqlPool & { states(): PoolStates };

/** Bounds the memory of the queue, however short the transactions are. */
export const WAITING_PER_CONNECTION_MAX = 100;
/** The weight of the newest use of a connection in the mean duration of a use. */
const MEAN_USE_WEIGHT = 0.1;
const ACQUIRE_TIMEOUT_MS = 1_500;
/** Beyond the longest wait for a lock. Together with the wait for a connection it stays below 5 s. */
const STATEMENT_TIMEOUT_MS = 3_000;
/** How long an idle connection waits before it shows the server that its process is alive. */
const PING_AFTER_MS = 3_000;

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

/**
 * A pool whose connections set the same session variables when they open. Every wait has a limit, and every error of a
 * server that cannot serve now becomes `Unavailable`.
 */
export function createMysqlPool(options: PoolOptions): Pool {
  const { url, tls = null, poolSize, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS } = options;
  const pool = createPool({
    uri: url,
    ...tlsOptions(tls),
    connectionLimit: poolSize,
    queueLimit: options.waitersMax ?? poolSize * WAITING_PER_CONNECTION_MAX,
    connectTimeout: acquireTimeoutMs,
    enableKeepAlive: true,
    timezone: 'Z',
    // Without both, a BIGINT above 2^53 silently becomes another number.
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  const ready = new WeakSet<PoolConnection>();
  const idle = new WeakMap<PoolConnection, NodeJS.Timeout>();
  let inUse = 0;
  let waiting = 0;
  let meanUseMs = 0;

  /** Whether a new request would wait longer than it may. It is then refused at once. */
  function isOverloaded(): boolean {
    const ahead = inUse + waiting - poolSize + 1;
    return (ahead * meanUseMs) / poolSize > acquireTimeoutMs;
  }

  async function acquire(): Promise<MysqlPoolConnection> {
    if (isOverloaded())
      throw new Unavailable('mysql', { cause: new Error('too many requests wait already') });
    waiting += 1;
    try {
      const connection = await withDeadline(acquireTimeoutMs, (done) => pool.getConnection(done));
      clearTimeout(idle.get(connection));
      idle.delete(connection);
      if (!ready.has(connection)) await prepare(connection);
      ready.add(connection);
      inUse += 1;
      const acquiredAt = performance.now();
      return guard(connection, () => {
        inUse -= 1;
        meanUseMs += MEAN_USE_WEIGHT * (performance.now() - acquiredAt - meanUseMs);
        keepAlive(connection);
      });
    } catch (error) {
      throw mysqlFault(error);
    } finally {
      waiting -= 1;
    }
  }

  /** Pings the connection while it is idle; one that does not answer leaves the pool. */
  function keepAlive(connection: PoolConnection): void {
    const timer = setTimeout(() => {
      query(connection, 'do 0', [], (error) => {
        if (error === null && idle.get(connection) === timer) keepAlive(connection);
      });
    }, PING_AFTER_MS).unref();
    idle.set(connection, timer);
  }

  return {
    getConnection: callbackify(acquire),
    // A connection that is lost while it is being closed is closed.
    end: (callback) => pool.end(() => callback(null)),
    states: () => ({ inUse, free: poolSize - inUse, waiting }),
  };
}

type Done = (error: Error | null, connection: PoolConnection) => void;

/** Returns a connection that arrives too late to the pool. */
function withDeadline(timeoutMs: number, getConnection: (done: Done) => void): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Unavailable('mysql', { cause: new Error('no connection became free in time') }));
    }, timeoutMs);
    getConnection((error, connection) => {
      clearTimeout(timer);
      if (error !== null) reject(error);
      else if (isLate) connection.release();
      else resolve(connection);
    });
  });
}

function prepare(connection: PoolConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    query(connection, SESSION, [], (error) => {
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
function query(
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

/** The connection as Kysely uses it. */
function guard(connection: PoolConnection, onRelease: () => void): MysqlPoolConnection {
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
    query: ((statement: string, values: readonly unknown[], callback?: QueryDone) =>
      query(connection, statement, values, (error, result) =>
        callback?.(mysqlFault(error) as Error | null, result),
      )) as unknown as MysqlPoolConnection['query'],
  };
}

import { callbackify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { type PoolConnection, createPool } from 'mysql2';
import { isTimeout, mysqlFault } from './faults.ts';

export type PoolOptions = {
  readonly url: string;
  /** Connections at most, in this process. */
  readonly poolSize: number;
  /** How long a request waits for a connection before it is turned away. */
  readonly acquireTimeoutMs?: number;
  /** How many may wait for one; by default a hundred for each connection. */
  readonly waitersMax?: number;
};

/** Connections by what they do, and the requests that wait for one. A free one may have to be opened yet. */
export type PoolStates = { readonly inUse: number; readonly free: number; readonly waiting: number };

export type Pool = MysqlPool & { states(): PoolStates };

/** Room for a crowd that asks at once: whom it would take too long to serve, the timeout turns away. */
export const WAITING_PER_CONNECTION_MAX = 100;
const CONNECT_TIMEOUT_MS = 3_000;
const ACQUIRE_TIMEOUT_MS = 3_000;
/** Far beyond the longest wait for a lock: a server that is silent for so long is as good as gone. */
const STATEMENT_TIMEOUT_MS = 15_000;

const SESSION = `set session
  time_zone = '+00:00',
  transaction_isolation = 'READ-COMMITTED',
  innodb_lock_wait_timeout = 2,
  sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'`;

/**
 * Connections that are all set alike, once, when they are made. Every wait has an end, and every error that says that
 * MySQL cannot serve now becomes an `Unavailable`.
 */
export function createMysqlPool(options: PoolOptions): Pool {
  const { url, poolSize, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS } = options;
  const pool = createPool({
    uri: url,
    connectionLimit: poolSize,
    queueLimit: options.waitersMax ?? poolSize * WAITING_PER_CONNECTION_MAX,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableKeepAlive: true,
    timezone: 'Z',
    // Without both, a BIGINT beyond 2^53 would silently become another number.
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  const ready = new WeakSet<PoolConnection>();
  let inUse = 0;
  let waiting = 0;

  async function acquire(): Promise<MysqlPoolConnection> {
    waiting += 1;
    try {
      const connection = await withDeadline(acquireTimeoutMs, (done) => pool.getConnection(done));
      if (!ready.has(connection)) await prepare(connection);
      ready.add(connection);
      inUse += 1;
      return guard(connection, () => (inUse -= 1));
    } catch (error) {
      throw mysqlFault(error);
    } finally {
      waiting -= 1;
    }
  }

  return {
    getConnection: callbackify(acquire),
    end: (callback) => pool.end(callback),
    states: () => ({ inUse, free: poolSize - inUse, waiting }),
  };
}

type Done = (error: Error | null, connection: PoolConnection) => void;

/** A connection that comes too late goes back at once. */
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
    connection.query({ sql: SESSION, timeout: STATEMENT_TIMEOUT_MS }, (error) => {
      if (error === null) return resolve();
      connection.destroy();
      reject(error);
    });
  });
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
    query: (statement, values, callback) =>
      connection.query({ sql: statement, values, timeout: STATEMENT_TIMEOUT_MS }, (error, result) => {
        // Nobody knows what a silent server makes of the statement, so the connection is of no use any more.
        if (isTimeout(error)) connection.destroy();
        callback?.(mysqlFault(error), result as never);
      }),
  };
}

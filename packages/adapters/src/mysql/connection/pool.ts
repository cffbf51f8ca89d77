import { callbackify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { type PoolConnection, createPool } from 'mysql2';
import { type MysqlTls, tlsOptions } from './tls.ts';
import { configureSession, sendStatement, toKyselyConnection } from './pooled-connection.ts';
import { mysqlFault } from './faults.ts';

export type PoolOptions = {
  readonly url: string;
  /** Null or absent for plain text. */
  readonly tls?: MysqlTls | null;
  /** The largest number of connections of this process. */
  readonly poolSize: number;
  /** How long a request waits for a connection before it fails with `Unavailable`. */
  readonly acquireTimeoutMs?: number;
  /** How many requests may wait for a connection; by default fifty for each connection. */
  readonly waitersMax?: number;
  /** Whether a connection may send several statements in one round trip. */
  readonly bundles?: boolean;
};

/** The connections, and the requests that wait for one. A free connection may not be open yet. */
export type PoolStates = { readonly inUse: number; readonly free: number; readonly waiting: number };

export type Pool = MysqlPool & { states(): PoolStates };

/** As many as a connection serves within the longest wait, where a transaction takes 40 ms. */
export const WAITING_PER_CONNECTION_MAX = 50;
const ACQUIRE_TIMEOUT_MS = 2_000;
/** How long an idle connection waits before it shows the server that its process is alive. */
const PING_AFTER_MS = 3_000;

/**
 * A pool whose connections set the same session variables when they open. Every wait has a limit, and every error of a
 * server that cannot serve now becomes `Unavailable`.
 */
export function createMysqlPool(options: PoolOptions): Pool {
  const { url, tls = null, poolSize, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS, bundles = true } = options;
  const pool = createPool({
    uri: url,
    ...tlsOptions(tls),
    connectionLimit: poolSize,
    queueLimit: options.waitersMax ?? poolSize * WAITING_PER_CONNECTION_MAX,
    connectTimeout: acquireTimeoutMs,
    enableKeepAlive: true,
    multipleStatements: bundles,
    timezone: 'Z',
    // Without both, a BIGINT above 2^53 silently becomes another number.
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  const ready = new WeakSet<PoolConnection>();
  const idle = new WeakMap<PoolConnection, NodeJS.Timeout>();
  let inUse = 0;
  /** When each request began to wait, the oldest first. */
  const waiting = new Set<{ readonly since: number }>();

  /**
   * Whether a new request would probably wait longer than it may: while twice as many requests arrive as are served, the
   * newest waits twice as long as the oldest has waited.
   */
  function isOverloaded(): boolean {
    const [oldest] = waiting;
    return oldest !== undefined && performance.now() - oldest.since > acquireTimeoutMs / 2;
  }

  async function acquire(): Promise<MysqlPoolConnection> {
    if (isOverloaded())
      throw new Unavailable('mysql', { cause: new Error('too many requests wait already') });
    const waiter = { since: performance.now() };
    waiting.add(waiter);
    try {
      const connection = await withDeadline(acquireTimeoutMs, (done) => pool.getConnection(done));
      clearTimeout(idle.get(connection));
      idle.delete(connection);
      if (!ready.has(connection)) await configureSession(connection);
      ready.add(connection);
      inUse += 1;
      return toKyselyConnection(connection, () => {
        inUse -= 1;
        keepAlive(connection);
      });
    } catch (error) {
      throw mysqlFault(error);
    } finally {
      waiting.delete(waiter);
    }
  }

  /** Pings the connection while it is idle; one that does not answer leaves the pool. */
  function keepAlive(connection: PoolConnection): void {
    const timer = setTimeout(() => {
      sendStatement(connection, 'do 0', [], (error) => {
        if (error === null && idle.get(connection) === timer) keepAlive(connection);
      });
    }, PING_AFTER_MS).unref();
    idle.set(connection, timer);
  }

  return {
    getConnection: callbackify(acquire),
    // A connection that is lost while it is being closed is closed.
    end: (callback) => pool.end(() => callback(null)),
    states: () => ({ inUse, free: poolSize - inUse, waiting: waiting.size }),
  };
}

type Done = (error: Error | null, connection: PoolConnection) => void;

/** Returns a connection that arrives too late to the pool. */
function withDeadline(timeoutMs: number, getConnection: (done: Done) => void): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Unavailable('mysql', { cause: new Error(`no connection within ${timeoutMs} ms`) }));
    }, timeoutMs);
    getConnection((error, connection) => {
      clearTimeout(timer);
      if (error !== null) reject(error);
      else if (isLate) connection.release();
      else resolve(connection);
    });
  });
}

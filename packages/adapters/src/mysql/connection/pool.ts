import { callbackify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { type PoolConnection, createPool } from 'mysql2';
import { type MysqlTls, tlsOptions } from './tls.ts';
import { checkWritable, configureSession, ping, toKyselyConnection } from './pooled-connection.ts';
import { endsConnections, mysqlFault } from './faults.ts';
import { createGeneration } from './generation.ts';
import { driverUrl } from '../shards/sharded-url.ts';

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
  /** Whether the server is a replica, which need not accept writes. */
  readonly isReplica?: boolean;
};

/** The connections, and the requests that wait for one. A free connection may not be open yet. */
export type PoolStates = { readonly inUse: number; readonly free: number; readonly waiting: number };

export type Pool = MysqlPool & { states(): PoolStates };

/** As many as a connection serves within the longest wait, where a transaction takes 40 ms. */
export const WAITING_PER_CONNECTION_MAX = 50;
const ACQUIRE_TIMEOUT_MS = 2_000;
/** How long an idle connection waits before it shows the server that its process is alive. */
const PING_AFTER_MS = 1_000;

/**
 * A pool whose connections set the same session variables when they open, and lead to a server that accepts writes, unless
 * it is a replica. Every wait has a limit, and every error of a server that cannot serve now becomes `Unavailable`. What
 * makes one connection unusable ends the generation: older ones are closed at once where they are idle, and otherwise
 * after their use.
 */
export function createMysqlPool(options: PoolOptions, generations = createGeneration()): Pool {
  const { url, tls = null, poolSize, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS, bundles = true } = options;
  const isPrimary = options.isReplica !== true;
  const check = isPrimary ? checkWritable : ping;
  const pool = createPool({
    uri: driverUrl(url),
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
  /** The generation of each connection: the present one when it was found to lead to a server that accepts writes. */
  const generationOf = new WeakMap<PoolConnection, number>();
  /** The connections that nobody uses, each with the timer of its next ping. */
  const idle = new Map<PoolConnection, NodeJS.Timeout>();
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
      const connection = await takeConnection(waiter.since + acquireTimeoutMs);
      inUse += 1;
      return toKyselyConnection(connection, {
        bundles,
        isPrimary,
        onError: (error) => endGeneration(connection, error),
        onRelease() {
          inUse -= 1;
          if (isOutdated(connection)) return connection.destroy();
          keepAlive(connection);
          connection.release();
        },
      });
    } catch (error) {
      throw mysqlFault(error);
    } finally {
      waiting.delete(waiter);
    }
  }

  async function takeConnection(until: number): Promise<PoolConnection> {
    for (;;) {
      const connection = await withDeadline(until, (done) => pool.getConnection(done));
      clearTimeout(idle.get(connection));
      idle.delete(connection);
      if (!generationOf.has(connection)) await configure(connection);
      if (!isOutdated(connection)) return connection;
      connection.destroy();
    }
  }

  async function configure(connection: PoolConnection): Promise<void> {
    generationOf.set(connection, generations.current());
    try {
      await configureSession(connection);
      await check(connection);
    } catch (error) {
      connection.destroy();
      endGeneration(connection, error);
      throw error;
    }
  }

  function isOutdated(connection: PoolConnection): boolean {
    return generationOf.get(connection)! < generations.current();
  }

  function endGeneration(connection: PoolConnection, error: unknown): void {
    if (!endsConnections(error)) return;
    connection.destroy();
    generations.end(generationOf.get(connection)!);
  }

  /** Checks the connection while it is idle; one that does not answer, or leads to a read-only server, leaves the pool. */
  function keepAlive(connection: PoolConnection): void {
    const timer = setTimeout(() => {
      // Whoever takes the connection meanwhile meets the same error.
      const ifStillIdle = (work: () => void) => idle.get(connection) === timer && work();
      check(connection).then(
        () => ifStillIdle(() => keepAlive(connection)),
        (error: unknown) =>
          ifStillIdle(() => {
            idle.delete(connection);
            endGeneration(connection, error);
          }),
      );
    }, PING_AFTER_MS).unref();
    idle.set(connection, timer);
  }

  generations.onEnd(() => {
    for (const [connection, timer] of idle) {
      if (!isOutdated(connection)) continue;
      clearTimeout(timer);
      idle.delete(connection);
      connection.destroy();
    }
  });

  return {
    getConnection: callbackify(acquire),
    end(callback) {
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
      // A connection that is lost while it is being closed is closed.
      pool.end(() => callback(null));
    },
    states: () => ({ inUse, free: poolSize - inUse, waiting: waiting.size }),
  };
}

type Done = (error: Error | null, connection: PoolConnection) => void;

/** Returns a connection that arrives after `until`, of the clock of `performance`, to the pool. */
function withDeadline(until: number, getConnection: (done: Done) => void): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Unavailable('mysql', { cause: new Error('no connection in time') }));
    }, until - performance.now());
    getConnection((error, connection) => {
      clearTimeout(timer);
      if (error !== null) reject(error);
      else if (isLate) connection.release();
      else resolve(connection);
    });
  });
}

import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { type MysqlPorts, createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import type { Database } from '@frontrow/adapters/mysql/schema/schema.ts';
import { type CompiledQuery, Kysely, MysqlDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import { startPrivateMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { CONCERTS, DATES_PER_CONCERT, loadConcerts } from '../data/load-concerts.ts';
import { loadReservations } from '../data/load-reservations.ts';
import { CONCERTS_WITH_SEATS, type SeatingSize, countSeats, loadSeats } from '../data/load-seats.ts';
import { waitForFlush } from '../data/wait-for-flush.ts';
import { type StatementTimer, createStatementTimer } from './statement-timer.ts';

/** A private MySQL with its data in memory, and one connection whose statements are recorded and timed. */
export type TimedMysql = {
  readonly version: string;
  readonly db: Kysely<Database>;
  readonly ports: MysqlPorts;
  readonly timer: StatementTimer;
  /** The statements that `work` sends. */
  record(work: () => Promise<unknown>): Promise<readonly CompiledQuery[]>;
  close(): Promise<void>;
};
export type LoadedMysql = TimedMysql & { readonly size: SeatingSize };

const FULL = {
  concerts: CONCERTS,
  datesPerConcert: DATES_PER_CONCERT,
  concertsWithSeats: CONCERTS_WITH_SEATS,
};
/** The size for development of the benchmark, with BENCH_SIZE=small. */
const SMALL = { concerts: 100, datesPerConcert: DATES_PER_CONCERT, concertsWithSeats: 10 };
export const IS_FULL_SIZE = process.env['BENCH_SIZE'] !== 'small';
const BUFFER_POOL_MB = IS_FULL_SIZE ? 4_096 : 512;

/** The session settings of the service's connections. */
const SESSION = "set session time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED'";
const INDEX_BUILDS = 'set global innodb_ddl_threads = 2, innodb_ddl_buffer_size = 268435456';

export async function openLoadedMysql(): Promise<LoadedMysql> {
  const size = IS_FULL_SIZE ? FULL : SMALL;
  return { ...(await openTimedMysql(BUFFER_POOL_MB, (url) => load(url, size))), size };
}

/** Migrates an empty database and fills it. */
export async function openTimedMysql(
  bufferPoolMb: number,
  fill: (url: string) => Promise<void>,
): Promise<TimedMysql> {
  const mysql = await startPrivateMysql({ bufferPoolMb });
  try {
    const url = `${mysql.url}/bench`;
    await migrate(url);
    await fill(url);
    await logDuration('flushed', () => waitForFlush(url));
    const pool = createPool({ uri: url, connectionLimit: 1, timezone: 'Z', supportBigNumbers: true });
    const recorded: CompiledQuery[] = [];
    const db = new Kysely<Database>({
      dialect: new MysqlDialect({ pool }),
      log: ({ query }) => void recorded.push(query),
    });
    await sql.raw(SESSION).execute(db);
    await sql.raw(INDEX_BUILDS).execute(db);
    return {
      version: `${mysql.how}, buffer pool of ${bufferPoolMb} MiB`,
      db,
      ports: createMysqlPorts(db, { seatHoldStrategy: 'grouped' }),
      timer: await createStatementTimer(db),
      async record(work) {
        recorded.length = 0;
        await work();
        return recorded.splice(0);
      },
      async close() {
        await db.destroy();
        await mysql.stop();
      },
    };
  } catch (error) {
    await mysql.stop();
    throw error;
  }
}

async function load(url: string, size: SeatingSize): Promise<void> {
  await logDuration(`${size.concerts * size.datesPerConcert} dates`, () => loadConcerts(url, size));
  await logDuration(`${countSeats(size)} seats`, () => loadSeats(url, size));
  await logDuration('reservations', () => loadReservations(url, size.concertsWithSeats + 1));
}

/** Runs `work` and logs its duration. */
export async function logDuration(what: string, work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  await work();
  console.log(`${what} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

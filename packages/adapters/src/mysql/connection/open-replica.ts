import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { Kysely, MysqlDialect, sql } from 'kysely';
import type { Database } from '../schema/schema.ts';
import { explainErrors } from './explain-errors.ts';
import { type PoolOptions, createMysqlPool } from './pool.ts';

/** A server that repeats the transactions of the primary, some time after it. */
export type Replica = {
  /**
   * Runs `work` on the replica once it has every transaction that the primary had when the read began, so that no answer is
   * older than one of the primary. Runs it on the primary where the replica does not have them in time, or fails.
   */
  read<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T>;
  /** Throws an error of one line where the replica refuses the reads. One that cannot be reached is left aside for a while. */
  check(): Promise<void>;
  close(): Promise<void>;
};

type ReplicaOptions = PoolOptions & {
  readonly primary: Kysely<Database>;
  readonly onFault: (error: unknown) => void;
};

class OtherServer extends Error {
  override readonly message = 'the server is no replica of the one that MYSQL_URL leads to';
}

const CONNECTIONS_MAX = 4;
/** How long a read waits for the transactions of the primary. */
const CATCH_UP_WITHIN_S = 0.5;
/** How long the primary answers alone after a fault of the replica. */
const REST_MS = 5_000;

export function openReplica({ primary, onFault, ...options }: ReplicaOptions): Replica {
  const pool = createMysqlPool({ ...options, poolSize: CONNECTIONS_MAX, bundles: false, isReplica: true });
  const replica = new Kysely<Database>({ dialect: new MysqlDialect({ pool }) });
  let restsUntil = 0;

  function rest(error: unknown): void {
    restsUntil = performance.now() + REST_MS;
    onFault(error);
  }

  return {
    async read(work) {
      if (performance.now() < restsUntil) return work(primary);
      const executed = await executedOn(primary);
      try {
        return await replica.connection().execute(async (db) => {
          await waitFor(executed, db);
          return work(db);
        });
      } catch (error) {
        rest(error);
        return work(primary);
      }
    },
    async check() {
      const executed = await executedOn(primary);
      try {
        await explainErrors({ ...options, variable: 'MYSQL_READ_URL' }, async () => {
          await hasExecuted(executed, replica);
          if (!(await hasAnyOf(executed, replica))) throw new OtherServer();
        });
      } catch (error) {
        if (isRefusal(error)) throw error;
        rest(error);
      }
    },
    close: () => replica.destroy(),
  };
}

/** The transactions that the server has committed. */
async function executedOn(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ executed: string }>`select @@global.gtid_executed as executed`.execute(db);
  return rows[0]?.executed ?? '';
}

async function waitFor(executed: string, db: Kysely<Database>): Promise<void> {
  if (await hasExecuted(executed, db, CATCH_UP_WITHIN_S)) return;
  throw new Unavailable('mysql', {
    cause: new Error(`the replica is more than ${CATCH_UP_WITHIN_S} s behind the primary`),
  });
}

/** A server without GTIDs refuses the function. */
async function hasExecuted(executed: string, db: Kysely<Database>, withinS = 0.001): Promise<boolean> {
  const { rows } = await sql<{ isMissing: string }>`
    select wait_for_executed_gtid_set(${executed}, ${withinS}) as isMissing`.execute(db);
  return Number(rows[0]?.isMissing) === 0;
}

/** A replica that is late has the older transactions of its primary, and another server has none of them. */
async function hasAnyOf(executed: string, db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ lacked: string; all: string }>`
    select gtid_subtract(${executed}, @@global.gtid_executed) as lacked, gtid_subtract(${executed}, '') as \`all\``.execute(
    db,
  );
  return rows[0]!.lacked !== rows[0]!.all;
}

/** Whether the server has answered that it cannot serve; one that cannot be reached has not. */
function isRefusal(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof OtherServer || ('errno' in at && Number(at.errno) > 0)) return true;
  return false;
}

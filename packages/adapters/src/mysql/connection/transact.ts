import { setTimeout as delay } from 'node:timers/promises';
import type { Transact, UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { ControlledTransaction, Kysely } from 'kysely';
import { createMysqlConcerts } from '../catalog/concerts.ts';
import { isDeadlock } from './faults.ts';
import { createMysqlIdempotency } from '../shared/idempotency.ts';
import { createMysqlOutbox } from '../shared/outbox.ts';
import { createMysqlPayments } from '../payments/payments.ts';
import { createMysqlQueueEnds } from '../waiting-room/queue-ends.ts';
import { createMysqlReservations } from '../booking/reservations.ts';
import type { Database } from '../schema/schema.ts';
import { createMysqlSeats } from '../booking/seats.ts';
import type { SeatHoldStrategy } from '../booking/hold-strategies/hold-strategies.ts';
import { createMysqlWallets } from '../payments/wallets.ts';

/** Before each rerun, at most: a random part of it, so that those who met once do not meet again. */
const BACKOFFS_MAX_MS = [25, 75, 225];

/**
 * READ COMMITTED, as the connections are set: the gaps that REPEATABLE READ locks would make strangers deadlock, and
 * nothing here decides on a row that it has not locked or that its write does not check. A commit whose connection is
 * lost throws `Unavailable`: nobody knows its outcome, and the idempotency key makes it safe to ask again.
 */
export function createMysqlTransact(db: Kysely<Database>, strategy: SeatHoldStrategy): Transact {
  return async (work) => {
    for (const backoffMaxMs of BACKOFFS_MAX_MS) {
      try {
        return await runOnce(db, strategy, work);
      } catch (error) {
        if (!isDeadlock(error)) throw error;
        await delay(backoffMaxMs * Math.random());
      }
    }
    return runOnce(db, strategy, work);
  };
}

async function runOnce<R extends Result<unknown, unknown>>(
  db: Kysely<Database>,
  strategy: SeatHoldStrategy,
  work: (unit: UnitOfWork) => Promise<R>,
): Promise<R> {
  const transaction = await db.startTransaction().execute();
  try {
    const result = await work(createUnitOfWork(transaction, strategy));
    if (result.ok) await transaction.commit().execute();
    return result;
  } finally {
    if (!transaction.isCommitted) await rollBack(transaction);
  }
}

/** A connection on which this fails is lost, and then the server rolls back. */
async function rollBack(transaction: ControlledTransaction<Database>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => {});
}

function createUnitOfWork(db: Kysely<Database>, strategy: SeatHoldStrategy): UnitOfWork {
  return {
    concerts: createMysqlConcerts(db),
    seats: createMysqlSeats(db, strategy),
    reservations: createMysqlReservations(db),
    wallets: createMysqlWallets(db),
    payments: createMysqlPayments(db),
    queueEnds: createMysqlQueueEnds(db),
    idempotency: createMysqlIdempotency(db),
    outbox: createMysqlOutbox(db),
  };
}

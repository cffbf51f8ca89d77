import type {
  FailedPaymentPurge,
  FailedPayments,
} from '@frontrow/application/ports/payments/failed-payments.ts';
import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';
import type { Kysely, Selectable } from 'kysely';
import { earlier, fromInstant, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';
import { concertOfReservation } from '../shared/concert-of-row.ts';

export function createMysqlFailedPayments(db: Kysely<Database>): FailedPayments {
  return {
    async record({ id, reservationId, userId, amount, failureCode, failedAt }) {
      const latest = { amount, failed_at: fromInstant(failedAt) };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('failed_payment')
        .values({
          reservation_id: reservationId,
          concert_id: concertOfReservation(reservationId),
          failure_code: failureCode,
          id,
          user_id: userId,
          ...latest,
        })
        .onDuplicateKeyUpdate((eb) => ({ ...latest, repeat_count: eb('repeat_count', '+', 1) }))
        .executeTakeFirstOrThrow();
      // MySQL counts an inserted row once and an updated one twice.
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}

export function createMysqlFailedPaymentPurge(db: Kysely<Database>): FailedPaymentPurge {
  return {
    async purge(olderThanMs, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('failed_payment')
        .where('failed_at', '<', earlier(statementClock, olderThanMs))
        .orderBy('failed_at')
        .limit(limit)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

export function toFailedPayment(row: Selectable<Database['failed_payment']>): FailedPayment {
  return {
    id: row.id,
    reservationId: row.reservation_id,
    userId: row.user_id,
    amount: toInteger(row.amount),
    failureCode: row.failure_code,
    failedAt: toInstant(row.failed_at),
  };
}

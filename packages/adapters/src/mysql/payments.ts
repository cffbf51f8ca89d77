import type { PaymentReads, Payments } from '@frontrow/application/ports/payments.ts';
import type { Payment } from '@frontrow/domain/payment.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, toInstant, toInteger } from './columns.ts';
import { rowsForPage, toPage } from './page.ts';
import type { Database } from './schema.ts';

export function createMysqlPaymentReads(db: Kysely<Database>): PaymentReads {
  return {
    async find(id) {
      const row = await db.selectFrom('payment').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toPayment(row);
    },
    async list(userId, page) {
      const { cursor } = page;
      const rows = await db
        .selectFrom('payment')
        .selectAll()
        .where('user_id', '=', userId)
        .$if(cursor !== null, (query) => query.where('id', '<', cursor))
        .orderBy('id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ id }) => id, toPayment);
    },
  };
}

export function createMysqlPayments(db: Kysely<Database>): Payments {
  return {
    async add({ id, reservationId, userId, amount, balanceAfter, paidAt }) {
      await db
        .insertInto('payment')
        .values({
          id,
          reservation_id: reservationId,
          user_id: userId,
          amount,
          balance_after: balanceAfter,
          paid_at: fromInstant(paidAt),
        })
        .execute();
    },
  };
}

function toPayment(row: Selectable<Database['payment']>): Payment {
  return {
    id: row.id,
    reservationId: row.reservation_id,
    userId: row.user_id,
    amount: toInteger(row.amount),
    balanceAfter: toInteger(row.balance_after),
    paidAt: toInstant(row.paid_at),
  };
}

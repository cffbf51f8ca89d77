import type { PaymentReads, Payments } from '@frontrow/application/ports/payments/payments.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';

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
    async add(payment) {
      await insertPayment(db, { ...payment, paidAt: fromInstant(payment.paidAt) });
    },
  };
}

const insertPayment = prepare((db, payment: Slots<Omit<Payment, 'paidAt'> & { readonly paidAt: Date }>) =>
  db.insertInto('payment').values({
    id: payment.id,
    reservation_id: payment.reservationId,
    user_id: payment.userId,
    amount: payment.amount,
    balance_after: payment.balanceAfter,
    paid_at: payment.paidAt,
  }),
);

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

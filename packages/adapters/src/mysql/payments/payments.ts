import type {
  AnyPayment,
  PaymentReads,
  PaymentWithRefunds,
  Payments,
} from '@frontrow/application/ports/payments/payments.ts';
import type { PageRequest } from '@frontrow/application/ports/shared/page.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely, Selectable } from 'kysely';
import { acceptsWrites } from '../connection/accepts-writes.ts';
import { fromInstant, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { deferSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { toFailedPayment } from './failed-payments.ts';
import { type Crossing, lockAtOnce, lockInOrder } from './lock-for-payment.ts';

export function createMysqlPaymentReads(db: Kysely<Database>): PaymentReads {
  return {
    async find(id) {
      const row = await selectPayments(db).where('p.id', '=', id).where(acceptsWrites).executeTakeFirst();
      return row === undefined ? null : toPayment(row);
    },
    async findFailed(id) {
      const row = await db.selectFrom('failed_payment').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toFailedPayment(row);
    },
    async list(userId, page) {
      const [completed, failed] = await Promise.all([
        listCompleted(db, userId, page),
        listFailed(db, userId, page),
      ]);
      const payments = [...completed, ...failed].toSorted((a, b) => (a.id > b.id ? -1 : 1));
      return toPage(
        payments,
        page,
        ({ id }) => id,
        (payment) => payment,
      );
    },
  };
}

async function listCompleted(
  db: Kysely<Database>,
  userId: UserId,
  page: PageRequest,
): Promise<readonly AnyPayment[]> {
  const { cursor } = page;
  const rows = await selectPayments(db)
    .where('p.user_id', '=', userId)
    .$if(cursor !== null, (query) => query.where('p.id', '<', cursor))
    .orderBy('p.id', 'desc')
    .limit(rowsForPage(page))
    .execute();
  return rows.map(toPayment);
}

async function listFailed(
  db: Kysely<Database>,
  userId: UserId,
  page: PageRequest,
): Promise<readonly AnyPayment[]> {
  const { cursor } = page;
  const rows = await db
    .selectFrom('failed_payment')
    .selectAll()
    .where('user_id', '=', userId)
    .$if(cursor !== null, (query) => query.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit(rowsForPage(page))
    .execute();
  return rows.map(toFailedPayment);
}

function selectPayments(db: Kysely<Database>) {
  return db
    .selectFrom('payment as p')
    .innerJoin('reservation as r', 'r.id', 'p.reservation_id')
    .selectAll('p')
    .select('r.refunded_amount');
}

export function createMysqlPayments(db: Kysely<Database>, crossing: Crossing | null = null): Payments {
  return {
    // No statement locks on two shards at once, so the rows there are locked in order.
    lock: (ids, mode) =>
      mode === 'SKIP' && crossing === null ? lockAtOnce(db, ids) : lockInOrder(db, ids, crossing),
    async add(payments) {
      const rows = payments.map(({ id, reservationId, concertId, userId, amount, balanceAfter, paidAt }) => [
        id,
        reservationId,
        concertId,
        userId,
        amount,
        balanceAfter,
        fromInstant(paidAt),
      ]);
      await deferSql(db, INSERT_PAYMENTS, [rows]);
    },
  };
}

const INSERT_PAYMENTS =
  'insert into payment (id, reservation_id, concert_id, user_id, amount, balance_after, paid_at) values ?';

type PaymentRow = Selectable<Database['payment']> &
  Pick<Selectable<Database['reservation']>, 'refunded_amount'>;

function toPayment(row: PaymentRow): PaymentWithRefunds {
  return {
    id: row.id,
    reservationId: row.reservation_id,
    userId: row.user_id,
    amount: toInteger(row.amount),
    balanceAfter: toInteger(row.balance_after),
    paidAt: toInstant(row.paid_at),
    refundedAmount: toInteger(row.refunded_amount),
  };
}

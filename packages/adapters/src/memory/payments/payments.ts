import type {
  AnyPayment,
  PaymentReads,
  PaymentWithRefunds,
  Payments,
  ReservationWithWallet,
} from '@frontrow/application/ports/payments/payments.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import { salesIn } from '../store/sales.ts';
import type { Tables } from '../store/tables.ts';
import { walletOf } from './wallets.ts';

export function createMemoryPaymentReads({ tables }: Pick<MemoryView, 'tables'>): PaymentReads {
  return {
    async find(id) {
      const payment = tables.payments.get(id);
      return payment === undefined ? null : withRefunds(tables, payment);
    },
    findFailed: async (id) => [...rowsOf(tables.failedPayments)].find((failed) => failed.id === id) ?? null,
    async list(userId, page) {
      const completed = [...rowsOf(tables.payments)].map((payment) => withRefunds(tables, payment));
      const all: AnyPayment[] = [...completed, ...rowsOf(tables.failedPayments)];
      const own = all.filter((payment) => payment.userId === userId);
      return paginateById(own, page, 'NEWEST_FIRST');
    },
  };
}

function withRefunds({ reservations }: Tables, payment: Payment): PaymentWithRefunds {
  const paid = reservations.get(payment.reservationId);
  return { ...payment, refundedAmount: paid && 'refundedAmount' in paid ? paid.refundedAmount : 0 };
}

export function createMemoryPayments({ tables, clock }: MemoryView): Payments {
  return {
    lock: async (ids) => lockReservations({ tables, clock }, ids),
    async add(payments) {
      for (const { concertId: _, ...payment } of payments) {
        tables.paidReservations.insert(payment.reservationId, payment.id);
        tables.payments.insert(payment.id, payment);
      }
    },
  };
}

/** Transactions run one at a time here, so every row that is read is locked. */
export function lockReservations(
  { tables, clock }: MemoryView,
  ids: readonly ReservationId[],
): readonly ReservationWithWallet[] {
  const asOf = clock.now();
  return ids.flatMap((id) => {
    const row = tables.reservations.get(id);
    const event = row && tables.events.get(row.eventId);
    if (!row || !event) return [];
    return {
      reservation: reservationAt(row, asOf),
      wallet: walletOf(tables, row.userId),
      sales: salesIn(tables, event),
      asOf,
    };
  });
}

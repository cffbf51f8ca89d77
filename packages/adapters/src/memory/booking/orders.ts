import type {
  OrderFilter,
  OrderReads,
  SalesOfHour,
  SeatTotals,
  SeatsAtPrice,
  SeatsOfCategory,
} from '@frontrow/application/ports/booking/orders.ts';
import { type Reservation, reservationAt } from '@frontrow/domain/booking/reservation.ts';
import { type Seat, seatAt } from '@frontrow/domain/booking/seat.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { keyOf, rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

const HOUR_MS = 3_600_000;

export function createMemoryOrderReads({ tables, clock }: MemoryView): OrderReads {
  return {
    async list(eventId, filter, page) {
      const now = clock.now();
      const matching = [...rowsOf(tables.reservations)]
        .filter((reservation) => reservation.eventId === eventId)
        .map((reservation) => reservationAt(reservation, now))
        .filter((reservation) => matches(reservation, filter));
      return paginateById(matching, page, 'NEWEST_FIRST');
    },
    findRecords: async (reservationId) => ({
      changes: tables.reservationChanges.get(reservationId) ?? [],
      refunds: [...rowsOf(tables.refunds)].filter((refund) => refund.reservationId === reservationId),
    }),
    async reportSales(eventId) {
      const asOf = clock.now();
      const seats = [...rowsOf(tables.seats)].filter((seat) => seat.eventId === eventId);
      const isOfSale = ({ reservationId }: Payment | Refund) => {
        const reservation = tables.reservations.get(reservationId);
        return reservation?.eventId === eventId && !isComplimentary(reservation);
      };
      const paid = [...rowsOf(tables.payments)].filter(isOfSale);
      const refunds = [...rowsOf(tables.refunds)].filter(isOfSale);
      return {
        asOf,
        byPrice: countByPrice(tables, seats, asOf),
        byCategory: countByCategory(tables, seats, refunds, asOf),
        byHour: sumByHour(paid, refunds),
      };
    },
  };
}

function matches(reservation: Reservation, filter: OrderFilter): boolean {
  const { status, userId, seatNumber, from, until } = filter;
  return (
    (status === null || reservation.status === status) &&
    (userId === null || reservation.userId === userId) &&
    (seatNumber === null || reservation.seatNumbers.includes(seatNumber)) &&
    (from === null || reservation.createdAt >= from) &&
    (until === null || reservation.createdAt < until)
  );
}

function isComplimentary(reservation: Reservation | undefined): boolean {
  return reservation !== undefined && 'complimentary' in reservation && reservation.complimentary;
}

function countByPrice(tables: Tables, seats: readonly Seat[], now: number): readonly SeatsAtPrice[] {
  return [...Map.groupBy(seats, ({ price }) => price)]
    .map(([price, group]) => ({ price, ...totalsOf(tables, group, now) }))
    .toSorted((a, b) => a.price - b.price);
}

function countByCategory(
  tables: Tables,
  seats: readonly Seat[],
  refunds: readonly Refund[],
  now: number,
): readonly SeatsOfCategory[] {
  const categoryOf = (eventId: string, number: number) =>
    tables.seatCategories.get(keyOf(eventId, number)) ?? 0;
  const returned = refunds.flatMap(({ eventId, seatNumbers }) =>
    seatNumbers.map((number) => categoryOf(eventId, number)),
  );
  return [...Map.groupBy(seats, ({ eventId, number }) => categoryOf(eventId, number))]
    .map(([category, group]) => ({
      category,
      ...totalsOf(tables, group, now),
      refunded: returned.filter((of) => of === category).length,
      revenue: sum(group.filter((seat) => isSold(tables, seat)).map(({ price }) => price)),
    }))
    .toSorted((a, b) => a.category - b.category);
}

function totalsOf(tables: Tables, seats: readonly Seat[], now: number): SeatTotals {
  const countOf = (status: Seat['status']) =>
    seats.filter((seat) => seatAt(seat, now).status === status).length;
  const sold = seats.filter((seat) => isSold(tables, seat)).length;
  return {
    sold,
    complimentary: countOf('SOLD') - sold,
    held: countOf('HELD'),
    available: countOf('AVAILABLE'),
    blocked: countOf('BLOCKED'),
  };
}

function isSold({ reservations }: Tables, seat: Seat): boolean {
  return seat.status === 'SOLD' && !isComplimentary(reservations.get(seat.reservationId));
}

function sumByHour(payments: readonly Payment[], refunds: readonly Refund[]): readonly SalesOfHour[] {
  const moved = [
    ...payments.map(({ paidAt: at, amount: paid }) => ({ at, payments: 1, paid, refunded: 0 })),
    ...refunds.map(({ refundedAt: at, amount: refunded }) => ({ at, payments: 0, paid: 0, refunded })),
  ];
  return [...Map.groupBy(moved, ({ at }) => Math.floor(at / HOUR_MS) * HOUR_MS)]
    .map(([hour, group]) => ({
      hour,
      payments: sum(group.map((one) => one.payments)),
      paid: sum(group.map(({ paid }) => paid)),
      refunded: sum(group.map(({ refunded }) => refunded)),
    }))
    .toSorted((a, b) => a.hour - b.hour);
}

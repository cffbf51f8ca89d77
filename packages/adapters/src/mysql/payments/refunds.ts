import type { Refunds } from '@frontrow/application/ports/payments/refunds.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Kysely, Selectable } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { fromInstant, toInteger } from '../connection/columns.ts';
import { deferSql, runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { type Crossing, lockInOrder } from './lock-for-payment.ts';

export function createMysqlRefunds(db: Kysely<Database>, crossing: Crossing | null = null): Refunds {
  return {
    async lock(ids) {
      const locked = await lockInOrder(db, ids, crossing);
      if (locked.length === 0) return [];
      const sales = await findSales(
        db,
        locked.map(({ reservation }) => reservation.id),
      );
      return locked.map((each) => {
        const sale = sales.get(each.reservation.id);
        invariant(sale !== undefined, `reservation ${each.reservation.id} has no event`);
        return { ...each, ...sale };
      });
    },
    async add(refunds) {
      const rows = refunds.map((refund) => [
        refund.id,
        refund.reservationId,
        refund.paymentId,
        refund.userId,
        refund.concertId,
        refund.eventId,
        refund.seatsReturned,
        refund.amount,
        refund.balanceAfter,
        refund.walletEntryId,
        fromInstant(refund.refundedAt),
        refund.actor,
        refund.reason,
      ]);
      await deferSql(db, INSERT_REFUNDS, [rows]);
      const seats = refunds.flatMap(({ id, reservationId, concertId, seatNumbers }) =>
        seatNumbers.map((number) => [reservationId, concertId, number, id]),
      );
      await deferSql(db, INSERT_SEATS, [seats]);
    },
  };
}

type SaleRow = Selectable<Database['concert_event']> & {
  readonly reservation_id: ReservationId;
  readonly sold_number: number | null;
  readonly sold_price: string | null;
  readonly checked_in_number: number | null;
};

/** The events of locked reservations, the prices of the seats that they have, and the seats that are checked in. */
async function findSales(db: Kysely<Database>, ids: readonly ReservationId[]) {
  const { rows } = await runSql<SaleRow>(db, FIND_SALES, [ids]);
  const byReservation = Map.groupBy(rows, (row) => row.reservation_id);
  return new Map(
    [...byReservation].map(([id, own]) => {
      const prices = own.flatMap(({ sold_number: number, sold_price: price }): [number, Money][] =>
        number === null || price === null ? [] : [[number, toInteger(price)]],
      );
      const checkedInSeats = own
        .flatMap(({ checked_in_number: number }) => number ?? [])
        .toSorted((a, b) => a - b);
      return [id, { event: toEvent(own[0]!), prices: new Map(prices), checkedInSeats }];
    }),
  );
}

const FIND_SALES = `select straight_join r.id as reservation_id, e.*, s.number as sold_number, s.price as sold_price,
    c.seat_number as checked_in_number
  from reservation r
    join concert_event e on e.id = r.concert_event_id
    join reservation_seat rs on rs.reservation_id = r.id
    left join seat s force index (primary) on s.concert_event_id = r.concert_event_id and s.number = rs.seat_number
      and s.reservation_id = r.id and s.status = 'SOLD'
    left join gate_check_in c on c.reservation_id = r.id and c.seat_number = rs.seat_number
  where r.id in (?)`;

const INSERT_REFUNDS = `insert into refund (id, reservation_id, payment_id, user_id, concert_id, concert_event_id,
    seats_returned, amount, balance_after, wallet_entry_id, refunded_at, actor, reason) values ?`;

const INSERT_SEATS = 'insert into refund_seat (reservation_id, concert_id, seat_number, refund_id) values ?';

import type { GateCheckInReads, GateCheckIns } from '@frontrow/application/ports/booking/gate-check-ins.ts';
import type { GateCheckIn } from '@frontrow/domain/booking/entry-ticket.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { Kysely, Selectable } from 'kysely';
import { toSales } from '../catalog/sales-columns.ts';
import { fromInstant, rowClock, toInstant } from '../connection/columns.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { concertOfReservation } from '../shared/concert-of-row.ts';
import { selectReservations, toReservation } from './reservation-rows.ts';

export function createMysqlGateCheckInReads(db: Kysely<Database>): GateCheckInReads {
  return {
    async list(reservationId) {
      const rows = await db
        .selectFrom('gate_check_in')
        .selectAll()
        .where('reservation_id', '=', reservationId)
        .orderBy('seat_number')
        .execute();
      return rows.map(toCheckIn);
    },
    async count(eventId) {
      const { rows } = await runSql<CountRow>(db, COUNT, [eventId]);
      const [row] = rows;
      if (row === undefined) return null;
      return {
        ticketCount: Number(row.sold),
        checkedInCount: Number(row.checked_in),
        asOf: toInstant(row.as_of),
      };
    },
  };
}

/** The driver returns the counts as text. */
type CountRow = { readonly sold: string; readonly checked_in: string; readonly as_of: Date };

const COUNT = `select count(s.number) as sold, count(c.seat_number) as checked_in, now(3) as as_of
  from concert_event e
    left join seat s force index (primary) on s.concert_event_id = e.id and s.status = 'SOLD'
    left join gate_check_in c on c.reservation_id = s.reservation_id and c.seat_number = s.number
  where e.id = ? group by e.id`;

export function createMysqlGateCheckIns(db: Kysely<Database>): GateCheckIns {
  return {
    async lock({ reservationId, seatNumber }) {
      const locked = await db
        .selectFrom('reservation')
        .select(rowClock.as('as_of'))
        .where('id', '=', reservationId)
        .forUpdate()
        .executeTakeFirst();
      if (locked === undefined) return null;
      // In statements of their own, which see what was committed while the first one waited for the lock.
      const row = await selectReservations(db)
        .innerJoin('concert_event as event', 'event.id', 'r.concert_event_id')
        .select(['event.sales_state', 'event.sales_reason'])
        .where('r.id', '=', reservationId)
        .executeTakeFirstOrThrow();
      const checkIn = await db
        .selectFrom('gate_check_in')
        .selectAll()
        .where('reservation_id', '=', reservationId)
        .where('seat_number', '=', seatNumber)
        .executeTakeFirst();
      const asOf = toInstant(locked.as_of);
      return {
        reservation: reservationAt(toReservation(row), asOf),
        sales: toSales(row),
        checkIn: checkIn === undefined ? null : toCheckIn(checkIn),
        asOf,
      };
    },
    async add(checkIn) {
      await db
        .insertInto('gate_check_in')
        .values({
          reservation_id: checkIn.reservationId,
          seat_number: checkIn.seatNumber,
          concert_event_id: checkIn.eventId,
          concert_id: concertOfReservation(checkIn.reservationId),
          gate: checkIn.gate,
          actor: checkIn.actor,
          checked_in_at: fromInstant(checkIn.checkedInAt),
        })
        .execute();
    },
  };
}

function toCheckIn(row: Selectable<Database['gate_check_in']>): GateCheckIn {
  return {
    reservationId: row.reservation_id,
    seatNumber: row.seat_number,
    eventId: row.concert_event_id,
    gate: row.gate,
    actor: row.actor,
    checkedInAt: toInstant(row.checked_in_at),
  };
}

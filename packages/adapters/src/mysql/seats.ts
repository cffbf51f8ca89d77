import type { SeatReads, Seats } from '@frontrow/application/ports/seats.ts';
import { seatAt } from '@frontrow/domain/seat.ts';
import type { Kysely } from 'kysely';
import { toEvent } from './catalog.ts';
import { fromInstant, statementClock, toInstant } from './columns.ts';
import type { Database } from './schema.ts';
import { HOLD_ROWS, type SeatHoldStrategy } from './seats/hold-strategies.ts';
import { SEAT_COLUMNS, SEATS, selectSeats, toSeat, updateHeld } from './seats/seat-rows.ts';

export function createMysqlSeats(db: Kysely<Database>, strategy: SeatHoldStrategy): Seats {
  const holdRows = HOLD_ROWS[strategy];
  return {
    async findEventOnSale(eventId) {
      const row = await db
        .selectFrom('concert_event')
        .innerJoin('concert', 'concert.id', 'concert_event.concert_id')
        .selectAll('concert_event')
        .select(['concert.policy', statementClock.as('as_of')])
        .where('concert_event.id', '=', eventId)
        .executeTakeFirst();
      if (row === undefined) return null;
      return { event: toEvent(row), hold: row.policy.hold, asOf: toInstant(row.as_of) };
    },
    hold: (request) => holdRows(db, request),
    async lock(claim) {
      await selectSeats(db, claim).forUpdate().execute();
    },
    async sell(claim) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ status: 'SOLD', hold_expires_at: null })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    async extend(claim, holdExpiresAt) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ hold_expires_at: fromInstant(holdExpiresAt) })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    async release(claim) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ status: 'AVAILABLE', reservation_id: null, hold_expires_at: null })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  };
}

export function createMysqlSeatReads(db: Kysely<Database>): SeatReads {
  return {
    async list(eventId) {
      const rows = await db
        .selectFrom(SEATS)
        .select(SEAT_COLUMNS)
        .select(statementClock.as('as_of'))
        .where('concert_event_id', '=', eventId)
        .orderBy('number')
        .execute();
      return rows.map((row) => seatAt(toSeat(row), toInstant(row.as_of)));
    },
  };
}

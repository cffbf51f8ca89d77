import type { SeatClaim, Seats } from '@frontrow/application/ports/booking/seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { Kysely } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { fromInstant, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';
import { HOLD_STRATEGIES, type SeatHoldStrategy } from './hold-strategies/hold-strategies.ts';
import { selectSeats, updateHeld } from './hold-strategies/seat-rows.ts';

export function createMysqlSeats(db: Kysely<Database>, strategy: SeatHoldStrategy): Seats {
  const { holdRows } = HOLD_STRATEGIES[strategy];
  return {
    async findEventOnSale(eventId) {
      const [row] = (await selectOnSale(db, { eventId })).rows;
      if (row === undefined) return null;
      return { event: toEvent(row), hold: row.policy.hold, asOf: toInstant(row.as_of) };
    },
    hold: (request) => holdRows(db, request),
    async lock(claim) {
      await lockSeats(db, claim);
    },
    async sell(claim) {
      const { numAffectedRows } = await sellHeld(db, claim);
      return Number(numAffectedRows);
    },
    async extend(claim, holdExpiresAt) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ hold_expires_at: fromInstant(holdExpiresAt) })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    async sumPrices(claim) {
      const rows = await selectSeats(db, claim)
        .where('reservation_id', '=', claim.reservationId)
        .where('status', '=', 'HELD')
        .execute();
      return sum(rows.map(({ price }) => toInteger(price)));
    },
    async release(claim) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ status: 'AVAILABLE', reservation_id: null, hold_expires_at: null })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  };
}

const selectOnSale = prepare((db, { eventId }: Slots<{ eventId: EventId }>) =>
  db
    .selectFrom('concert_event')
    .innerJoin('concert', 'concert.id', 'concert_event.concert_id')
    .selectAll('concert_event')
    .select(['concert.policy', statementClock.as('as_of')])
    .where('concert_event.id', '=', eventId),
);

const lockSeats = prepare((db, claim: Slots<SeatClaim>) => selectSeats(db, claim).forUpdate());

const sellHeld = prepare((db, claim: Slots<SeatClaim>) =>
  updateHeld(db, claim).set({ status: 'SOLD', hold_expires_at: null }),
);

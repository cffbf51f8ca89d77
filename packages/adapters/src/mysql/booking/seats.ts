import type { SeatClaim, Seats } from '@frontrow/application/ports/booking/seats.ts';
import type { EventId, UserId } from '@frontrow/domain/shared/ids.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { Kysely } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { toPolicy } from '../catalog/policies.ts';
import { fromInstant, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';
import { HOLD_STRATEGIES, type SeatHoldStrategy } from './hold-strategies/hold-strategies.ts';
import { selectSeats, updateHeld } from './hold-strategies/seat-rows.ts';

export function createMysqlSeats(db: Kysely<Database>, strategy: SeatHoldStrategy): Seats {
  const { holdRows } = HOLD_STRATEGIES[strategy];
  return {
    async findHoldContext(eventId, userId) {
      const [row] = (await selectHoldContext(db, { eventId, userId })).rows;
      if (row === undefined) return { onSale: null, liveHold: null, lapsedHold: null };
      const asOf = toInstant(row.as_of);
      const isLive = row.own_hold_expires_at !== null && toInstant(row.own_hold_expires_at) > asOf;
      return {
        onSale: { event: toEvent(row), hold: toPolicy(row.policy).hold, asOf },
        liveHold: isLive ? row.own_hold_id : null,
        lapsedHold: isLive ? null : row.own_hold_id,
      };
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

const selectHoldContext = prepare((db, { eventId, userId }: Slots<{ eventId: EventId; userId: UserId }>) =>
  db
    .selectFrom('concert_event')
    .innerJoin('concert', 'concert.id', 'concert_event.concert_id')
    .leftJoin('reservation as own_hold', (join) =>
      join
        .onRef('own_hold.concert_id', '=', 'concert_event.concert_id')
        .on('own_hold.user_id', '=', userId)
        .on('own_hold.live_hold', '=', 1),
    )
    .selectAll('concert_event')
    .select(['concert.policy', statementClock.as('as_of')])
    .select(['own_hold.id as own_hold_id', 'own_hold.hold_expires_at as own_hold_expires_at'])
    .where('concert_event.id', '=', eventId),
);

const lockSeats = prepare((db, claim: Slots<SeatClaim>) => selectSeats(db, claim).forUpdate());

const sellHeld = prepare((db, claim: Slots<SeatClaim>) =>
  updateHeld(db, claim).set({ status: 'SOLD', hold_expires_at: null }),
);

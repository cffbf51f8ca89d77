import type { SeatClaim, Seats } from '@frontrow/application/ports/booking/seats.ts';
import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { toPolicy } from '../catalog/policies.ts';
import { fromInstant, rowClock, toInstant, toInteger } from '../connection/columns.ts';
import { type Placeholders, prepare } from '../connection/prepare.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { HOLD_STRATEGIES, type SeatHoldStrategy } from './hold-strategies/hold-strategies.ts';
import { SEATS, selectSeats, updateHeld } from './seat-rows.ts';

export function createMysqlSeats(db: Kysely<Database>, strategy: SeatHoldStrategy): Seats {
  const { holdRows } = HOLD_STRATEGIES[strategy];
  return {
    async findHoldContext(eventId, userIds) {
      const [row] = (await runSql<ContextRow>(db, FIND_CONTEXT, [userIds, eventId])).rows;
      if (row === undefined) return { onSale: null, liveHolds: new Map(), lapsedHolds: new Map() };
      const holds = (isLive: boolean) =>
        new Map(
          (row.own_holds ?? []).filter((own) => (own[2] === 1) === isLive).map(([user, id]) => [user, id]),
        );
      return {
        onSale: {
          event: toEvent(row),
          sales: toSalesOfBoth(row),
          hold: toPolicy(row.policy).hold,
          asOf: toInstant(row.as_of),
        },
        liveHolds: holds(true),
        lapsedHolds: holds(false),
      };
    },
    async findUnavailable(eventId) {
      const [row] = (await runSql<UnavailableRow>(db, FIND_UNAVAILABLE, [eventId])).rows;
      return row?.numbers ?? [];
    },
    hold: (requests, mode) => holdRows(db, requests, mode),
    async lock(claim) {
      await lockSeats(db, claim);
    },
    async sell(claims) {
      const { numAffectedRows } = await runSql(db, SELL_HELD, ownRows(claims));
      return Number(numAffectedRows);
    },
    async returnToSale(claims) {
      const { numAffectedRows } = await runSql(db, RETURN_TO_SALE, ownRows(claims));
      return Number(numAffectedRows);
    },
    async extend(claims, holdExpiresAt) {
      const { numAffectedRows } = await runSql(db, EXTEND_HELD, [
        fromInstant(holdExpiresAt),
        ...ownRows(claims),
      ]);
      return Number(numAffectedRows);
    },
    async sumPrices(claim) {
      const rows = await selectSeats(db, claim)
        .where('reservation_id', '=', claim.reservationId)
        .where('status', '=', 'HELD')
        .execute();
      return sum(rows.map(({ price }) => toInteger(price)));
    },
    async lockTaken(eventId) {
      const rows = await db
        .selectFrom(SEATS)
        .select([
          'number',
          sql<string>`(status = 'SOLD' or (status = 'HELD' and hold_expires_at > ${rowClock}))`.as(
            'is_taken',
          ),
        ])
        .where('concert_event_id', '=', eventId)
        .orderBy('number')
        .forUpdate()
        .execute();
      return rows.filter(({ is_taken }) => toInteger(is_taken) === 1).map(({ number }) => number);
    },
    async release(claim) {
      const { numUpdatedRows } = await updateHeld(db, claim)
        .set({ status: 'AVAILABLE', reservation_id: null, hold_expires_at: null })
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  };
}

type ContextRow = Selectable<Database['concert_event']> &
  SalesRows &
  Pick<Selectable<Database['concert']>, 'policy'> & {
    readonly as_of: Date;
    readonly own_holds: readonly (readonly [userId: UserId, id: ReservationId, isLive: 0 | 1])[] | null;
  };

const FIND_CONTEXT = `select concert_event.*, concert.policy, concert.sales_state as concert_sales_state,
    concert.sales_reason as concert_sales_reason, now(3) as as_of, (
    select json_arrayagg(json_array(user_id, id, if(hold_expires_at > now(3), 1, 0)))
    from reservation force index (reservation_one_live_hold)
    where reservation.concert_id = concert_event.concert_id and live_hold = 1 and user_id in (?)) as own_holds
  from concert_event join concert on concert.id = concert_event.concert_id 
  where concert_event.id = ? and concert.visibility = 'PUBLISHED'`;

type UnavailableRow = { readonly numbers: readonly number[] | null };

/** The seats that are not free by the rule of `mayHold`, as one value: a row for each takes longer than the query. */
const FIND_UNAVAILABLE = `select json_arrayagg(number) as numbers from seat force index (primary)
  where concert_event_id = ? and status <> 'AVAILABLE' and not (status = 'HELD' and hold_expires_at <= now(3))`;

const lockSeats = prepare((db, claim: Placeholders<SeatClaim>) => selectSeats(db, claim).forUpdate());

/** The first condition finds the rows by their primary key, the second requires the owner of each. */
const OWN = '(concert_event_id, number) in (?) and (concert_event_id, number, reservation_id) in (?)';
const STILL_HELD = `${OWN} and status = 'HELD'`;
const RETURN_TO_SALE = `update seat force index (primary) set status = 'AVAILABLE', reservation_id = null
  where ${OWN} and status = 'SOLD'`;
const SELL_HELD = `update seat force index (primary) set status = 'SOLD', hold_expires_at = null where ${STILL_HELD}`;
const EXTEND_HELD = `update seat force index (primary) set hold_expires_at = ? where ${STILL_HELD}`;

/** The parameters of `OWN`. */
function ownRows(claims: readonly SeatClaim[]): readonly unknown[] {
  const rows = claims.flatMap(({ eventId, seatNumbers, reservationId }) =>
    seatNumbers.map((number) => [eventId, number, reservationId]),
  );
  return [rows.map(([eventId, number]) => [eventId, number]), rows];
}

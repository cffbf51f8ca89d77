import type { SeatWish } from '@frontrow/application/ports/seat-lock.ts';
import type { ReadSeatNews } from '@frontrow/application/shared-refusals.ts';
import type { EventId } from '@frontrow/domain/ids.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { toEvent } from './catalog.ts';
import { statementClock, toInstant } from './columns.ts';
import { digestOf } from './idempotency.ts';
import type { Database } from './schema.ts';

/**
 * One statement, so that all of it is as of one snapshot: a hold and its key are committed together, and whoever repeats
 * a request that has just held the seat meets either both or none, and is never refused for the own seat.
 */
export function createReadSeatNews(db: Kysely<Database>): ReadSeatNews {
  return async (eventId, wishes) => {
    const row = await db
      .selectFrom(sql<object>`(select 1)`.as('asked'))
      .leftJoin('concert_event', (join) => join.on('concert_event.id', '=', eventId))
      .leftJoin('concert', 'concert.id', 'concert_event.concert_id')
      .selectAll('concert_event')
      .select([
        'concert.policy',
        statementClock.as('as_of'),
        takenOf(eventId, wishes).as('taken'),
        answeredOf(wishes).as('answered'),
      ])
      .executeTakeFirstOrThrow();
    const answered = new Set(row.answered ?? []);
    return {
      onSale: onSaleOf(row),
      taken: new Set(row.taken ?? []),
      knows: (request) => answered.size > 0 && answered.has(digestOf(request).toString('hex')),
    };
  };
}

/** The numbers of the seats that are not free, by the rule of `mayHold` in SQL. */
function takenOf(eventId: EventId, wishes: readonly SeatWish[]) {
  // No seat has the number 0; it only keeps the list from being empty.
  const numbers = new Set([0, ...wishes.flatMap(({ seatNumbers }) => seatNumbers)]);
  return sql<number[] | null>`(
    select json_arrayagg(number) from seat force index (primary)
    where concert_event_id = ${eventId} and number in (${sql.join([...numbers])})
      and status <> 'AVAILABLE' and not (status = 'HELD' and hold_expires_at <= ${statementClock}))`;
}

/** The digests of the requests that were answered before. */
function answeredOf(wishes: readonly SeatWish[]) {
  const digests = wishes.map(({ request }) => digestOf(request));
  return sql<string[] | null>`(
    select json_arrayagg(lower(hex(request_digest))) from idempotency_key
    where request_digest in (${sql.join(digests)}))`;
}

type Nullable<T> = { [Column in keyof T]: T[Column] | null };
type EventRow = Nullable<Selectable<Database['concert_event']>> &
  Nullable<Pick<Selectable<Database['concert']>, 'policy'>> & { readonly as_of: Date };

function onSaleOf({ policy, as_of: asOf, ...event }: EventRow) {
  if (policy === null) return null;
  // With the concert the date is there too, and its columns hold no nulls of their own.
  return {
    event: toEvent(event as Selectable<Database['concert_event']>),
    hold: policy.hold,
    asOf: toInstant(asOf),
  };
}

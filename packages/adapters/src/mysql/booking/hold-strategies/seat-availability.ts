import type { SeatRequest } from '@frontrow/application/ports/booking/seat-lock.ts';
import type { ReadSeatAvailability } from './contended-seat-lock.ts';
import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import { toEvent } from '../../catalog/catalog.ts';
import { toInstant } from '../../connection/columns.ts';
import { digestOf } from '../../shared/idempotency.ts';
import type { Database } from '../../schema/schema.ts';

/**
 * One statement, so that all of it is as of one snapshot: a hold and its key are committed together, and whoever repeats
 * a request that has just held the seat meets either both or none, and is never refused for the own seat.
 */
export function createReadSeatAvailability(db: Kysely<Database>): ReadSeatAvailability {
  return async (eventId, wishes) => {
    const query = CompiledQuery.raw(statementFor(wishes), [eventId, eventId]);
    const [row] = (await db.executeQuery<NewsRow>(query)).rows as [NewsRow];
    const answered = new Set(row.answered ?? []);
    return {
      onSale: onSaleOf(row),
      taken: new Set(row.taken ?? []),
      hasAnswered: (request) => answered.size > 0 && answered.has(digestOf(request)),
    };
  };
}

/**
 * The seats that are not free by the rule of `mayHold`, and the digests of the requests that were answered before. Seat
 * numbers and digests are written out: to make an operand of each of a crowd's wishes takes longer than to ask about
 * them. No seat has the number 0; it only keeps the list from being empty.
 */
function statementFor(wishes: readonly SeatRequest[]): string {
  const numbers = new Set([0]);
  const digests: string[] = [];
  for (const { seatNumbers, request } of wishes) {
    for (const number of seatNumbers) numbers.add(number);
    digests.push(`x'${digestOf(request)}'`);
  }
  return `select concert_event.*, concert.policy, now(3) as as_of, (
      select json_arrayagg(number) from seat force index (primary)
      where concert_event_id = ? and number in (${[...numbers].join()})
        and status <> 'AVAILABLE' and not (status = 'HELD' and hold_expires_at <= now(3))) as taken, (
      select json_arrayagg(lower(hex(request_digest))) from idempotency_key
      where request_digest in (${digests.join()})) as answered
    from (select 1) as asked
      left join concert_event on concert_event.id = ?
      left join concert on concert.id = concert_event.concert_id`;
}

type Nullable<T> = { [Column in keyof T]: T[Column] | null };
type NewsRow = Nullable<Selectable<Database['concert_event']>> &
  Nullable<Pick<Selectable<Database['concert']>, 'policy'>> & {
    readonly as_of: Date;
    readonly taken: readonly number[] | null;
    readonly answered: readonly string[] | null;
  };

function onSaleOf({ policy, as_of: asOf, ...event }: NewsRow) {
  if (policy === null) return null;
  // With the concert the date is there too, and its columns hold no nulls of their own.
  return {
    event: toEvent(event as Selectable<Database['concert_event']>),
    hold: policy.hold,
    asOf: toInstant(asOf),
  };
}

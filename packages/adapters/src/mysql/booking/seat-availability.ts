import type { SeatReads, SeatRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';
import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { toPolicy } from '../catalog/policies.ts';
import { ACCEPTS_WRITES } from '../connection/accepts-writes.ts';
import { toInstant } from '../connection/columns.ts';
import { digestOf } from '../shared/idempotency.ts';
import type { Database } from '../schema/schema.ts';

/**
 * Reads by one statement, so that all of the answer is of one snapshot. A hold and its idempotency key are committed
 * together: a repeated request finds both or neither, and is never refused because of the seat that it holds itself.
 */
export function createFindAvailability(db: Kysely<Database>): SeatReads['findAvailability'] {
  return async (eventId, requests) => {
    const query = CompiledQuery.raw(statementFor(requests), [eventId, eventId]);
    const [row] = (await db.executeQuery<AvailabilityRow>(query)).rows as [AvailabilityRow];
    const answered = new Set(row.answered ?? []);
    return {
      onSale: onSaleOf(row),
      ended: (row.ended ?? []).map(([sequence, userId, reason]) => ({
        concertId: row.concert_id ?? '',
        userId,
        sequence,
        reason,
      })),
      taken: new Set(row.taken ?? []),
      liveHolds: new Map(Object.entries(row.live_holds ?? {})),
      hasAnswered: (request) => answered.size > 0 && answered.has(digestOf(request)),
    };
  };
}

/**
 * Selects the seats that are not free by the rule of `mayHold`, the live holds of the users, the ended places, and the
 * digests of the requests with a stored answer. Values are literals, because a parameter for each takes longer than the
 * query. No seat has the number 0 and no place the sequence 0, which keep the lists from being empty.
 */
function statementFor(requests: readonly SeatRequest[]): string {
  const numbers = new Set([0]);
  const digests: string[] = [];
  const users: string[] = [];
  const sequences = [0];
  for (const { userId, seatNumbers, ticket, request } of requests) {
    for (const number of seatNumbers) numbers.add(number);
    users.push(`_utf8mb4 x'${Buffer.from(userId).toString('hex')}'`);
    digests.push(`x'${digestOf(request)}'`);
    sequences.push(ticket.sequence);
  }
  return `select concert_event.*, concert.policy, concert.sales_state as concert_sales_state,
      concert.sales_reason as concert_sales_reason, now(3) as as_of, (
      select json_arrayagg(number) from seat force index (primary)
      where concert_event_id = ? and number in (${[...numbers].join()})
        and status <> 'AVAILABLE' and not (status = 'HELD' and hold_expires_at <= now(3))) as taken, (
      select json_objectagg(user_id, id) from reservation force index (reservation_one_live_hold)
      where reservation.concert_id = concert_event.concert_id and live_hold = 1
        and user_id in (${users.join()}) and hold_expires_at > now(3)) as live_holds, (
      select json_arrayagg(json_array(sequence, user_id, reason)) from queue_end
      where queue_end.concert_id = concert_event.concert_id and sequence in (${sequences.join()})) as ended, (
      select json_arrayagg(lower(hex(request_digest))) from idempotency_key
      where request_digest in (${digests.join()})) as answered
    from (select 1) as asked
      left join concert_event on concert_event.id = ?
      left join concert on concert.id = concert_event.concert_id and concert.visibility = 'PUBLISHED'
    where ${ACCEPTS_WRITES}`;
}

type Nullable<T> = { [Column in keyof T]: T[Column] | null };
type AvailabilityRow = Nullable<Selectable<Database['concert_event']>> &
  Nullable<SalesRows> &
  Nullable<Pick<Selectable<Database['concert']>, 'policy'>> & {
    readonly as_of: Date;
    readonly taken: readonly number[] | null;
    readonly ended: readonly (readonly [sequence: number, userId: string, reason: EndReason])[] | null;
    readonly live_holds: Readonly<Record<string, string>> | null;
    readonly answered: readonly string[] | null;
  };

function onSaleOf({ policy, as_of: asOf, ...event }: AvailabilityRow) {
  if (policy === null) return null;
  // A row with a policy has the event and its concert as well.
  const row = event as Selectable<Database['concert_event']> & SalesRows;
  return {
    event: toEvent(row),
    sales: toSalesOfBoth(row),
    hold: toPolicy(policy).hold,
    asOf: toInstant(asOf),
  };
}

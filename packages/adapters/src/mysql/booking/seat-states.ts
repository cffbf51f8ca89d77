import type { SeatReads, SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { STATE_LETTERS } from '@frontrow/domain/booking/seat-states.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import { toEvent } from '../catalog/catalog.ts';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { ACCEPTS_WRITES } from '../connection/accepts-writes.ts';
import { toInstant } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

/** A letter of one byte for each seat. */
const LETTERS_BYTES_MAX = 65_535;

type StatesRow = Selectable<Database['concert_event']> &
  SalesRows & {
    readonly as_of: Date;
    readonly letters: string;
    readonly ended: readonly (readonly [sequence: number, userId: string, reason: EndReason])[] | null;
  };

/** Reads by one statement, so that all of the answer is of one snapshot. MySQL joins the letters: it sends one row. */
export function createReadStates(db: Kysely<Database>): SeatReads['readStates'] {
  return (eventId, places) =>
    read(db, eventId, `${statementFor(places)} and concert.visibility = 'PUBLISHED'`);
}

export function createReadStatesForStaff(db: Kysely<Database>): SeatReads['readStatesForStaff'] {
  return (eventId) => read(db, eventId, statementFor([]));
}

async function read(db: Kysely<Database>, eventId: EventId, statement: string): Promise<SeatStates | null> {
  const { rows } = await db.executeQuery<StatesRow>(CompiledQuery.raw(statement, [eventId]));
  const [row] = rows;
  if (row === undefined) return null;
  const concertId = row.concert_id;
  return {
    letters: row.letters,
    event: toEvent(row),
    sales: toSalesOfBoth(row),
    ended: (row.ended ?? []).map(([sequence, userId, reason]) => ({ concertId, userId, sequence, reason })),
    asOf: toInstant(row.as_of),
  };
}

const LETTER = [
  `case when status = 'HELD' and hold_expires_at <= now(3) then '${STATE_LETTERS.AVAILABLE}'`,
  ...Object.entries(STATE_LETTERS).map(([status, letter]) => `when status = '${status}' then '${letter}'`),
  'end',
].join(' ');

/** Sequences are literals, because a parameter for each takes longer than the query. No place has the sequence 0. */
function statementFor(places: readonly Place[]): string {
  const sequences = [0, ...places.map(({ sequence }) => sequence)];
  return `select /*+ set_var(group_concat_max_len = ${LETTERS_BYTES_MAX}) set_var(eq_range_index_dive_limit = 1) */
      event.*, concert.sales_state as concert_sales_state, concert.sales_reason as concert_sales_reason, now(3) as as_of, (
      select group_concat(${LETTER} order by number separator '') from seat force index (primary)
      where concert_event_id = event.id) as letters, (
      select json_arrayagg(json_array(sequence, user_id, reason)) from queue_end
      where queue_end.concert_id = event.concert_id and sequence in (${sequences.join()})) as ended
    from concert_event event join concert on concert.id = event.concert_id
    where event.id = ? and ${ACCEPTS_WRITES}`;
}

import type { BlockedSeatReads, BlockedSeats } from '@frontrow/application/ports/halls/blocked-seats.ts';
import { mayBlock } from '@frontrow/domain/booking/seat.ts';
import type { BlockedSeatFacts } from '@frontrow/domain/halls/blocked-ranges.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { runSql } from '../connection/run-sql.ts';
import { SEATS, type SeatRow, toSeat } from '../booking/seat-rows.ts';
import type { Database } from '../schema/schema.ts';

/** Far below the number of ranges for which the optimizer would give up the primary key and lock the whole date. */
const SEATS_PER_STATEMENT = 2_000;

export function createMysqlBlockedSeatReads(db: Kysely<Database>): BlockedSeatReads {
  return {
    async list(eventId, page) {
      const after = page.cursor === null ? 0 : Number(page.cursor);
      const rows = await db
        .selectFrom(SEATS)
        .select(['number', 'block_reason'])
        .where('concert_event_id', '=', eventId)
        .where('number', '>', after)
        .where('status', '=', 'BLOCKED')
        .orderBy('number')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ number }) => `${number}`, toBlockedSeat);
    },
  };
}

export function createMysqlBlockedSeats(db: Kysely<Database>): BlockedSeats {
  return {
    async block(eventId, seats) {
      const numbers = seats.map(({ number }) => number);
      const rows = await runInParts<LockedRow>(db, LOCK, [eventId], numbers);
      invariant(rows.length === seats.length, `event ${eventId} lacks a seat that is to be blocked`);
      // The clock after the last lock: from then on no other transaction changes the seats.
      const now = rows.reduce((latest, row) => Math.max(latest, toInstant(row.locked_at)), 0);
      const blockable = mayBlock(
        rows.map((row) => toSeat(eventId, row)),
        now,
      );
      if (!blockable.ok) return blockable;
      const blocks = seats.map(({ number, reason }) => [number, reason]);
      await runSql(db, BLOCK, [JSON.stringify(blocks), eventId]);
      return ok(rows.filter(({ status }) => status === 'BLOCKED').map(toBlockedSeat));
    },
    async release(eventId, seatNumbers) {
      const rows = await runInParts<BlockedRow>(db, LOCK_BLOCKED, [eventId], seatNumbers);
      const blocked = rows.map(toBlockedSeat);
      const numbers = blocked.map(({ number }) => number);
      await runInParts(db, RELEASE, [eventId], numbers);
      return blocked;
    },
  };
}

type BlockedRow = Pick<LockedRow, 'number' | 'block_reason'>;
type LockedRow = SeatRow & { readonly block_reason: string | null; readonly locked_at: Date };

const OF_DATE = 'concert_event_id = ? and number in (?)';
const LOCK = `select number, price, next_price, status, reservation_id, hold_expires_at, block_reason, sysdate(3) as locked_at
  from seat force index (primary) where ${OF_DATE} order by number for update`;
const LOCK_BLOCKED = `select number, block_reason
  from seat force index (primary) where ${OF_DATE} and status = 'BLOCKED' order by number for update`;
/** Reads the list first, and then each seat by its key. */
const BLOCK = `update json_table(?, '$[*]' columns (
    number smallint unsigned path '$[0]', reason varchar(200) path '$[1]')) as block
  straight_join seat force index (primary) on seat.concert_event_id = ? and seat.number = block.number
  set seat.price = coalesce(next_price, price), next_price = null, status = 'BLOCKED', block_reason = block.reason,
    reservation_id = null, hold_expires_at = null`;
const RELEASE = `update seat force index (primary) set status = 'AVAILABLE', block_reason = null
  where ${OF_DATE} and status = 'BLOCKED'`;

/** Runs a statement, whose last parameter is a list of seats, for all of the ascending numbers in turn. */
async function runInParts<Row>(
  db: Kysely<Database>,
  sql: string,
  values: readonly unknown[],
  seatNumbers: readonly number[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < seatNumbers.length; start += SEATS_PER_STATEMENT) {
    const numbers = seatNumbers.slice(start, start + SEATS_PER_STATEMENT);
    for (const row of (await runSql<Row>(db, sql, [...values, numbers])).rows) rows.push(row);
  }
  return rows;
}

function toBlockedSeat({ number, block_reason: reason }: BlockedRow): BlockedSeatFacts {
  invariant(reason !== null, `seat ${number} is BLOCKED without a reason`);
  return { number, reason };
}

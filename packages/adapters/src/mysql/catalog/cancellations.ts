import type { CancellationReads, Cancellations } from '@frontrow/application/ports/catalog/cancellations.ts';
import { type Kysely, sql } from 'kysely';
import { earlier, rowClock, statementClock, toInstant } from '../connection/columns.ts';
import { runSql } from '../connection/run-sql.ts';
import { concertOfEvent } from '../shared/concert-of-row.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlCancellationReads(db: Kysely<Database>): CancellationReads {
  return {
    async find(eventId) {
      const [row] = (await runSql<ProgressRow>(db, FIND_PROGRESS, [eventId])).rows;
      if (row === undefined) return null;
      return {
        eventId,
        actor: row.actor,
        reason: row.reason,
        cancelledAt: toInstant(row.cancelled_at),
        refunded: Number(row.refunded),
        remaining: Number(row.remaining),
        finishedAt: row.finished_at === null ? null : toInstant(row.finished_at),
      };
    },
    async listUnfinished(limit) {
      const rows = await db
        .selectFrom('cancellation')
        .select(['concert_event_id', 'actor', 'reason'])
        .where('finished_at', 'is', null)
        .orderBy('cancelled_at')
        .limit(limit)
        .execute();
      return rows.map(({ concert_event_id: eventId, actor, reason }) => ({ eventId, actor, reason }));
    },
    async listOpen({ eventId, status, after, limit }) {
      const rows = await db
        .selectFrom(RESERVATIONS_BY_EVENT)
        .select('id')
        .where('concert_event_id', '=', eventId)
        .where('status', '=', status)
        .$if(after !== null, (query) => query.where('id', '>', after))
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

export function createMysqlCancellations(db: Kysely<Database>): Cancellations {
  return {
    async add({ eventId, actor, reason }) {
      await db
        .insertInto('cancellation')
        .values({
          concert_event_id: eventId,
          concert_id: concertOfEvent(eventId),
          actor,
          reason,
          cancelled_at: rowClock,
        })
        .execute();
    },
    async finish(eventId, settlesMs) {
      await db
        .updateTable('cancellation')
        .set({ finished_at: statementClock })
        .where('concert_event_id', '=', eventId)
        .where('finished_at', 'is', null)
        .where('cancelled_at', '<=', earlier(statementClock, settlesMs))
        .where((builder) =>
          builder.not(
            builder.exists(
              builder
                .selectFrom('reservation')
                .select('id')
                .where('concert_event_id', '=', eventId)
                .where('status', 'in', ['HELD', 'CONFIRMED']),
            ),
          ),
        )
        .execute();
    },
  };
}

const RESERVATIONS_BY_EVENT = sql<Database['reservation']>`reservation`.as<'reservation'>(
  sql`reservation force index (reservation_by_event_and_status)`,
);

type ProgressRow = {
  readonly actor: string;
  readonly reason: string;
  readonly cancelled_at: Date;
  readonly finished_at: Date | null;
  readonly refunded: string | number;
  readonly remaining: string | number;
};

/** The owner of a reservation may have refunded a part of it after the cancellation, and the worker the rest. */
const FIND_PROGRESS = `select c.actor, c.reason, c.cancelled_at, c.finished_at,
    (select count(distinct f.reservation_id) from refund f join reservation r on r.id = f.reservation_id
      where f.concert_event_id = c.concert_event_id and f.refunded_at >= c.cancelled_at
        and r.status = 'REFUNDED') as refunded,
    (select count(*) from reservation r
      where r.concert_event_id = c.concert_event_id and r.status = 'CONFIRMED') as remaining
  from cancellation c where c.concert_event_id = ?`;

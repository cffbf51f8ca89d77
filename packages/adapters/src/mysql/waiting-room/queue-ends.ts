import type {
  QueueEnd,
  QueueEndPurge,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { earlier, fromInteger, statementClock, toInteger } from '../connection/columns.ts';
import { type Placeholders, prepare } from '../connection/prepare.ts';
import { deferSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

const PAGE = 1_000;
/** By their age alone: the primary key would read every end of the concert. */
const ENDS_BY_AGE = sql<Database['queue_end']>`queue_end`.as<'ended'>(
  sql`ended force index (queue_end_by_age)`,
);

export function createMysqlQueueEndReads(db: Kysely<Database>): QueueEndReads {
  return {
    async find({ concertId, userId, sequence }) {
      const [row] = (await selectEnd(db, { concertId, userId, sequence })).rows;
      return row?.reason ?? null;
    },
    async *listRecent(concertId, withinMs) {
      let page = await listEnds(db, concertId, withinMs, null);
      while (page.length > 0) {
        yield page.map((row) => ({
          concertId,
          userId: row.user_id,
          sequence: toInteger(row.sequence),
          reason: row.reason,
        }));
        if (page.length < PAGE) return;
        page = await listEnds(db, concertId, withinMs, page.at(-1)!);
      }
    },
  };
}

export function createMysqlQueueEndPurge(db: Kysely<Database>): QueueEndPurge {
  return {
    async purge(olderThanMs, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('queue_end')
        .where('created_at', '<', earlier(statementClock, olderThanMs))
        .orderBy('created_at')
        .limit(limit)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

export function createMysqlQueueEnds(db: Kysely<Database>): QueueEnds {
  return {
    ...createMysqlQueueEndReads(db),
    async add({ concertId, userId, sequence, reason }) {
      await insertEnd(db, { concertId, userId, sequence, reason });
    },
    async addAll(ends) {
      if (ends.length > 0) await insertEnds(db, ends);
    },
  };
}

type LastRow = { readonly created_at: Date; readonly sequence: string };

/** In the order of the key `queue_end_by_age`. A sequence is unique in a concert. */
function listEnds(db: Kysely<Database>, concertId: ConcertId, withinMs: number, after: LastRow | null) {
  const recent = db
    .selectFrom(ENDS_BY_AGE)
    .select(['user_id', 'sequence', 'reason', 'created_at'])
    .where('concert_id', '=', concertId)
    .where('created_at', '>=', after?.created_at ?? earlier(statementClock, withinMs))
    .orderBy('created_at')
    .orderBy('sequence')
    .limit(PAGE);
  if (after === null) return recent.execute();
  return recent
    .where((eb) => eb.or([eb('created_at', '>', after.created_at), eb('sequence', '>', after.sequence)]))
    .execute();
}

const selectEnd = prepare((db, { concertId, userId, sequence }: Placeholders<Place>) =>
  db
    .selectFrom('queue_end')
    .select('reason')
    .where('concert_id', '=', concertId)
    .where('user_id', '=', userId)
    .where('sequence', '=', fromInteger(sequence)),
);

const insertEnd = prepare((db, { concertId, userId, sequence, reason }: Placeholders<QueueEnd>) =>
  db
    .insertInto('queue_end')
    .values({ concert_id: concertId, user_id: userId, sequence, reason, created_at: statementClock })
    .onDuplicateKeyUpdate(keepFirstReason),
);

/** In the order of the key, so that two transactions lock the same rows in the same order. */
async function insertEnds(db: Kysely<Database>, ends: readonly QueueEnd[]): Promise<void> {
  const rows = ends
    .toSorted((a, b) => a.sequence - b.sequence)
    .flatMap(({ concertId, userId, sequence, reason }) => [concertId, userId, sequence, reason]);
  await deferSql(
    db,
    `insert into queue_end (concert_id, user_id, sequence, reason, created_at)
      values ${valueRows('(?, ?, ?, ?, now(3))', ends.length)} on duplicate key update reason = queue_end.reason`,
    rows,
  );
}

/** INSERT IGNORE would swallow every other error as well. */
function keepFirstReason(eb: ExpressionBuilder<Database, 'queue_end'>) {
  return { reason: eb.ref('queue_end.reason') };
}

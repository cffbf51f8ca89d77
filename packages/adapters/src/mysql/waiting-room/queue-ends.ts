import type {
  QueueEnd,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { fromInteger, statementClock } from '../connection/columns.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlQueueEndReads(db: Kysely<Database>): QueueEndReads {
  return {
    async find({ concertId, userId, sequence }) {
      const [row] = (await selectEnd(db, { concertId, userId, sequence })).rows;
      return row?.reason ?? null;
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

const selectEnd = prepare((db, { concertId, userId, sequence }: Slots<Place>) =>
  db
    .selectFrom('queue_end')
    .select('reason')
    .where('concert_id', '=', concertId)
    .where('user_id', '=', userId)
    .where('sequence', '=', fromInteger(sequence)),
);

const insertEnd = prepare((db, { concertId, userId, sequence, reason }: Slots<QueueEnd>) =>
  db
    .insertInto('queue_end')
    .values({ concert_id: concertId, user_id: userId, sequence, reason, created_at: statementClock })
    .onDuplicateKeyUpdate(keepFirstReason),
);

/** In the order of the key, so that two transactions lock the same rows in the same order. */
async function insertEnds(db: Kysely<Database>, ends: readonly QueueEnd[]): Promise<void> {
  const rows = ends
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ concertId, userId, sequence, reason }) => ({
      concert_id: concertId,
      user_id: userId,
      sequence,
      reason,
      created_at: statementClock,
    }));
  await db.insertInto('queue_end').values(rows).onDuplicateKeyUpdate(keepFirstReason).execute();
}

/** INSERT IGNORE would swallow every other error as well. */
function keepFirstReason(eb: ExpressionBuilder<Database, 'queue_end'>) {
  return { reason: eb.ref('queue_end.reason') };
}

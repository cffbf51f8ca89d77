import type { QueueEndReads, QueueEnds } from '@frontrow/application/ports/queue-ends.ts';
import type { Kysely } from 'kysely';
import { fromInteger, statementClock } from './columns.ts';
import type { Database } from './schema.ts';

export function createMysqlQueueEndReads(db: Kysely<Database>): QueueEndReads {
  return {
    async find({ concertId, userId, sequence }) {
      const row = await db
        .selectFrom('queue_end')
        .select('reason')
        .where('concert_id', '=', concertId)
        .where('user_id', '=', userId)
        .where('sequence', '=', fromInteger(sequence))
        .executeTakeFirst();
      return row?.reason ?? null;
    },
  };
}

export function createMysqlQueueEnds(db: Kysely<Database>): QueueEnds {
  return {
    ...createMysqlQueueEndReads(db),
    async add({ concertId, userId, sequence, reason }) {
      await db
        .insertInto('queue_end')
        .values({ concert_id: concertId, user_id: userId, sequence, reason, created_at: statementClock })
        // The first reason stays. (INSERT IGNORE would swallow every other error as well.)
        .onDuplicateKeyUpdate((eb) => ({ reason: eb.ref('queue_end.reason') }))
        .execute();
    },
  };
}

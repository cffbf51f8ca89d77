import type {
  QueueEnd,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Kysely } from 'kysely';
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
    // The first reason stays. (INSERT IGNORE would swallow every other error as well.)
    .onDuplicateKeyUpdate((eb) => ({ reason: eb.ref('queue_end.reason') })),
);

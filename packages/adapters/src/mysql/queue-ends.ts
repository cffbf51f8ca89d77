import type { QueueEnd, QueueEndReads, QueueEnds } from '@frontrow/application/ports/queue-ends.ts';
import type { Place } from '@frontrow/domain/queue-token.ts';
import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import { fromInteger, statementClock, toInteger } from './columns.ts';
import { type Slots, prepare } from './prepare.ts';
import type { Database } from './schema.ts';

type QueueEndRow = Omit<Selectable<Database['queue_end']>, 'created_at'>;
const SELECT_ENDED =
  'select concert_id, user_id, sequence, reason from queue_end where (concert_id, user_id, sequence) in';

export function createMysqlQueueEndReads(db: Kysely<Database>): QueueEndReads {
  return {
    async find({ concertId, userId, sequence }) {
      const [row] = (await selectEnd(db, { concertId, userId, sequence })).rows;
      return row?.reason ?? null;
    },
    async findEnded(places) {
      // Written out: to build and print a node for each of a crowd's places takes longer than to ask about them.
      const statement = `${SELECT_ENDED} (${places.map(() => '(?, ?, ?)').join(', ')})`;
      const values = places.flatMap(({ concertId, userId, sequence }) => [concertId, userId, sequence]);
      const { rows } = await db.executeQuery<QueueEndRow>(CompiledQuery.raw(statement, values));
      return rows.map((row) => ({
        concertId: row.concert_id,
        userId: row.user_id,
        sequence: toInteger(row.sequence),
        reason: row.reason,
      }));
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

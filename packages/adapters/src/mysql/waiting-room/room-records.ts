import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type Kysely, sql } from 'kysely';
import { statementClock, toInstant, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

/** A room that was never opened has no checkpoint yet: its epoch and its watermark are 0. */
export function createMysqlRoomRecords(db: Kysely<Database>): RoomRecords {
  return {
    async find(concertId) {
      // One statement, so that the windows are those of the version.
      const rows = await db
        .selectFrom('concert as c')
        .leftJoin('room_checkpoint as room', 'room.concert_id', 'c.id')
        .leftJoin('concert_event as event', 'event.concert_id', 'c.id')
        .select(['c.policy', 'c.room_version', 'room.epoch', 'room.admission_watermark'])
        .select(['event.reservation_start_at', 'event.reservation_end_at'])
        .where('c.id', '=', concertId)
        .execute();
      const [first] = rows;
      if (first === undefined) return null;
      const windows = rows.flatMap(({ reservation_start_at: start, reservation_end_at: end }) =>
        start === null || end === null
          ? []
          : [{ reservationStartAt: toInstant(start), reservationEndAt: toInstant(end) }],
      );
      const config = { version: first.room_version, admission: first.policy.admission, windows };
      const { epoch, admission_watermark: watermark } = first;
      return { epoch: epoch ?? 0, watermark: toInteger(watermark ?? '0'), config };
    },
    async raiseEpoch(concertId, from) {
      await (from === 0 ? openFirst(db, concertId) : raise(db, concertId, from));
      const row = await db
        .selectFrom('room_checkpoint')
        .select('epoch')
        .where('concert_id', '=', concertId)
        .executeTakeFirst();
      return row?.epoch ?? 0;
    },
    async saveWatermark(concertId, watermark) {
      await db
        .insertInto('room_checkpoint')
        .values({
          concert_id: concertId,
          epoch: 0,
          admission_watermark: watermark,
          updated_at: statementClock,
        })
        .onDuplicateKeyUpdate({
          admission_watermark: sql`greatest(admission_watermark, ${watermark})`,
          updated_at: statementClock,
        })
        .execute();
    },
  };
}

async function openFirst(db: Kysely<Database>, concertId: ConcertId): Promise<void> {
  await db
    .insertInto('room_checkpoint')
    .values({ concert_id: concertId, epoch: 1, updated_at: statementClock })
    .onDuplicateKeyUpdate({ epoch: sql`greatest(epoch, 1)`, updated_at: statementClock })
    .execute();
}

async function raise(db: Kysely<Database>, concertId: ConcertId, from: number): Promise<void> {
  await db
    .updateTable('room_checkpoint')
    .set({ epoch: from + 1, updated_at: statementClock })
    .where('concert_id', '=', concertId)
    .where('epoch', '=', from)
    .execute();
}

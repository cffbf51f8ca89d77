import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { type RoomWindow, roomWindows, windowOf } from '@frontrow/domain/waiting-room/admission.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { toPolicy } from '../catalog/policies.ts';
import { earlier, statementClock, toInstant, toInteger } from '../connection/columns.ts';
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
        .leftJoin('cancellation', 'cancellation.concert_event_id', 'event.id')
        .select(['c.policy', 'c.visibility', 'c.room_version', 'room.epoch', 'room.admission_watermark'])
        .select(['event.reservation_start_at', 'event.reservation_end_at'])
        .select(['event.sales_state', 'event.sales_reason', 'cancellation.cancelled_at'])
        .select(['c.sales_state as concert_sales_state', 'c.sales_reason as concert_sales_reason'])
        .where('c.id', '=', concertId)
        .execute();
      const [first] = rows;
      if (first === undefined) return null;
      const config = {
        version: first.room_version,
        admission: toPolicy(first.policy).admission,
        windows: roomWindows(first.visibility, rows.flatMap(toWindows)),
      };
      const { epoch, admission_watermark: watermark } = first;
      return { epoch: epoch ?? 0, watermark: toInteger(watermark ?? '0'), config };
    },
    async raiseEpoch(concertId, { from, to }) {
      if (from === 0) await addCheckpoint(db, concertId);
      const { numUpdatedRows } = await db
        .updateTable('room_checkpoint')
        .set({ epoch: to, updated_at: statementClock })
        .where('concert_id', '=', concertId)
        .where('epoch', '=', from)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
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
    async listOpened() {
      const rows = await db
        .selectFrom('concert_event as event')
        .innerJoin('room_checkpoint as room', 'room.concert_id', 'event.concert_id')
        .select('room.concert_id')
        .distinct()
        .where('event.reservation_end_at', '>', earlier(statementClock, ENDED_TOKEN_RETENTION_MS))
        .where('room.epoch', '>', 0)
        .execute();
      return rows.map((row) => row.concert_id);
    },
  };
}

type Nullable<T> = { [Column in keyof T]: T[Column] | null };
type WindowRow = SalesRows &
  Pick<Selectable<Database['concert_event']>, 'reservation_start_at' | 'reservation_end_at'>;
type CancelledAt = { readonly cancelled_at: Date | null };

/** None for a concert without dates, whose one row has no event. */
function toWindows(row: Nullable<WindowRow> & CancelledAt): readonly RoomWindow[] {
  if (row.reservation_start_at === null) return [];
  const event = row as WindowRow;
  const window = {
    reservationStartAt: toInstant(event.reservation_start_at),
    reservationEndAt: toInstant(event.reservation_end_at),
  };
  const cancelledAt = row.cancelled_at === null ? null : toInstant(row.cancelled_at);
  return [windowOf(window, toSalesOfBoth(event), cancelledAt)];
}

async function addCheckpoint(db: Kysely<Database>, concertId: ConcertId): Promise<void> {
  await db
    .insertInto('room_checkpoint')
    .values({ concert_id: concertId, epoch: 0, updated_at: statementClock })
    .onDuplicateKeyUpdate({ concert_id: sql`room_checkpoint.concert_id` })
    .execute();
}

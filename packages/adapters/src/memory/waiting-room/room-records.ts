import { salesOf } from '@frontrow/domain/catalog/sales.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { roomWindows, windowOf } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import { eventsOf } from '../catalog/catalog.ts';
import type { MemoryView } from '../store/database.ts';

/** Writes outside every transaction. */
export function createMemoryRoomRecords({ tables, clock }: MemoryView): RoomRecords {
  const epochs = new Map<ConcertId, number>();
  const watermarks = new Map<ConcertId, number>();
  return {
    async find(concertId) {
      const row = tables.concerts.get(concertId);
      if (row === undefined) return null;
      const windows = eventsOf(tables, concertId).map((event) =>
        windowOf(
          event,
          salesOf(row.concert.sales, event.sales),
          tables.cancellations.get(event.id)?.cancelledAt ?? null,
        ),
      );
      const { version, policy, concert } = row;
      const [epoch, watermark] = [epochs.get(concertId) ?? 0, watermarks.get(concertId) ?? 0];
      return {
        epoch,
        watermark,
        config: { version, admission: policy.admission, windows: roomWindows(concert.visibility, windows) },
      };
    },
    async raiseEpoch(concertId, { from, to }) {
      if ((epochs.get(concertId) ?? 0) !== from) return false;
      epochs.set(concertId, to);
      return true;
    },
    async saveWatermark(concertId, watermark) {
      watermarks.set(concertId, Math.max(watermark, watermarks.get(concertId) ?? 0));
    },
    async listOpened() {
      const since = clock.now() - ENDED_TOKEN_RETENTION_MS;
      const keepsRoom = (concertId: ConcertId) =>
        eventsOf(tables, concertId).some(({ reservationEndAt }) => reservationEndAt > since);
      return [...epochs.keys()].filter(keepsRoom);
    },
  };
}

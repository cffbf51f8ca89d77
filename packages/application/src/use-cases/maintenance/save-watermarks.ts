import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/** Stores the watermark of every room in the database, for a loss of Redis. */
export type SaveWatermarks = () => Promise<void>;

export function createSaveWatermarks({
  waitingRoom,
  roomRecords,
}: Pick<Ports, 'waitingRoom' | 'roomRecords'>): SaveWatermarks {
  const saved = new Map<ConcertId, number>();
  return () =>
    forEachRoom(waitingRoom, async (concertId) => {
      const watermark = await waitingRoom.watermark(concertId);
      if (watermark <= (saved.get(concertId) ?? 0)) return;
      await roomRecords.saveWatermark(concertId, watermark);
      saved.set(concertId, watermark);
    });
}

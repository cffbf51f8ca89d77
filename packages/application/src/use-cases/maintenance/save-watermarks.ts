import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/** Writes down how far each room's admission has come, for the day on which the room loses its memory. */
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

import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/** Replaces the inventory snapshot of every room, which admission depends on. */
export type CountInventory = () => Promise<void>;

export function createCountInventory({
  inventoryReads,
  waitingRoom,
}: Pick<Ports, 'inventoryReads' | 'waitingRoom'>): CountInventory {
  return () =>
    forEachRoom(waitingRoom, async (concertId) => {
      // Before the count, so that the room knows which payments the count may not have seen.
      const start = await waitingRoom.beginCount(concertId);
      if (start === null) return;
      await waitingRoom.setInventory(concertId, start, await inventoryReads.count(concertId));
    });
}

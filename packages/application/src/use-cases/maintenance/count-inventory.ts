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
      await waitingRoom.setInventory(concertId, await inventoryReads.count(concertId));
    });
}

import type { Ports } from '../../ports/ports.ts';
import { eachRoom } from '../../waiting-room/each-room.ts';

/** Tells every room what there still is to be had, which admission goes by. */
export type CountInventory = () => Promise<void>;

export function createCountInventory({
  inventoryReads,
  waitingRoom,
}: Pick<Ports, 'inventoryReads' | 'waitingRoom'>): CountInventory {
  return () =>
    eachRoom(waitingRoom, async (concertId) => {
      await waitingRoom.setInventory(concertId, await inventoryReads.count(concertId));
    });
}

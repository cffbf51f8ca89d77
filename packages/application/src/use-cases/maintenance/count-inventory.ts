import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';
import { type RecordSellOutPorts, recordSellOut } from '../../waiting-room/record-sell-out.ts';

/** Replaces the inventory snapshot of every room, which admission depends on, and records which concerts are sold out. */
export type CountInventory = () => Promise<void>;

type CountInventoryPorts = Pick<Ports, 'inventoryReads' | 'waitingRoom'> & RecordSellOutPorts;

export function createCountInventory(ports: CountInventoryPorts): CountInventory {
  const { inventoryReads, waitingRoom } = ports;
  return () =>
    forEachRoom(waitingRoom, async (concertId) => {
      // Before the count, so that the room knows which payments the count may not have seen.
      const start = await waitingRoom.beginCount(concertId);
      if (start === null) return;
      const { countedAt } = start;
      const inventory = await inventoryReads.count(concertId);
      await waitingRoom.setInventory(concertId, start, inventory);
      await recordSellOut(ports, concertId, { dates: inventory.dates, countedAt });
    });
}

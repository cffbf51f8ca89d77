import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';

/** How admission depends on the inventory, and how the watermark rises. */
export function describeInventory(ports: () => RoomPorts): void {
  describe('inventory and watermark', () => {
    it('admits nobody while every seat is sold, at once or by tick, until a seat is available again', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1);
      await room.setInventory({ sellable: 0, isSoldOut: true });
      expect([await room.state(), (await room.admit()).admitted, await room.checkInAll(line)]).toEqual([
        'SOLD_OUT',
        0,
        [1],
      ]);
      const empty = await openRoom(ports());
      await empty.setInventory({ sellable: 0, isSoldOut: true });
      expect((await empty.join()).token.status).toBe('WAITING');
      await room.setInventory({ sellable: 1, isSoldOut: false });
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['OPEN', 1]);
    });

    it('ignores the inventory without a sellableFactor', async () => {
      const { room } = await openRoomWithLine(ports(), 3);
      await room.setInventory({ sellable: 0 });
      expect((await room.admit()).admitted).toBe(3);
    });

    it('admits up to sellableFactor times the sellable seats, rounded up', async () => {
      const { room } = await openRoomWithLine(ports(), 9, { sellableFactor: 1.5 });
      await room.setInventory({ sellable: 3 });
      expect((await room.admit()).admitted).toBe(5);
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({ sellable: 4 });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('does not count a holder who is active on the place that made the hold', async () => {
      const { room, line } = await openRoomWithLine(ports(), 6, { sellableFactor: 1 });
      await room.setInventory({ sellable: 2 });
      expect((await room.admit()).admitted).toBe(2);
      const [first, second] = [line[0]!, line[1]!];
      await room.checkInAll([first, second]);
      await room.setInventory({
        sellable: 2,
        holders: [{ ...place(first), sequence: first.sequence + 999 }, place(line[5]!)],
      });
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({ sellable: 2, holders: [place(first), place(second)] });
      expect((await room.admit()).admitted).toBe(2);
    });

    it('admits nobody by a sellableFactor without a recent count', async () => {
      const { room } = await openRoomWithLine(ports(), 4, {
        sellableFactor: 10,
        intervalMs: 1_500,
        batchSize: 1,
      });
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({});
      expect((await room.admit()).admitted).toBe(1);
      const { asOf } = await room.statistics();
      await eventually(async () => expect((await room.statistics()).asOf).toBeGreaterThan(asOf + 3_100));
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({});
      expect((await room.admit()).admitted).toBe(1);
    });

    it('keeps the highest sequence admitted, by tick or at once', async () => {
      const { room, line } = await openRoomWithLine(ports(), 3, { batchSize: 2 });
      expect(await room.watermark()).toBe(0);
      await room.admit();
      expect(await room.watermark()).toBe(line[1]!.sequence);
      await room.end(line[1]!, 'LEFT');
      expect(await room.watermark()).toBe(line[1]!.sequence);
      const other = await openRoom(ports());
      expect(await other.watermark()).toBe(0);
      const { token } = await other.join();
      expect(await other.watermark()).toBe(token.sequence);
    });
  });
}

function place({ userId, sequence }: QueueToken): Inventory['holders'][number] {
  return { userId, sequence };
}

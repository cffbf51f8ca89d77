import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';

/** How admission goes by what there is to be had, and how far it has come. */
export function describeInventory(ports: () => RoomPorts): void {
  describe('inventory and watermark', () => {
    it('admits nobody while everything is sold, at once or by tick, until a seat returns', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1);
      await room.tell({ sellable: 0, isSoldOut: true });
      expect([await room.state(), (await room.admit()).admitted, await room.see(line)]).toEqual([
        'SOLD_OUT',
        0,
        [1],
      ]);
      const empty = await openRoom(ports());
      await empty.tell({ sellable: 0, isSoldOut: true });
      expect((await empty.join()).token.status).toBe('WAITING');
      await room.tell({ sellable: 1, isSoldOut: false });
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['OPEN', 1]);
    });

    it('admits with no regard to the seats where the policy names no factor', async () => {
      const { room } = await openRoomWithLine(ports(), 3);
      await room.tell({ sellable: 0 });
      expect((await room.admit()).admitted).toBe(3);
    });

    it('keeps the active without a hold to a multiple of the seats that can be had, rounded up', async () => {
      const { room } = await openRoomWithLine(ports(), 9, { sellableFactor: 1.5 });
      await room.tell({ sellable: 3 });
      expect((await room.admit()).admitted).toBe(5);
      expect((await room.admit()).admitted).toBe(0);
      await room.tell({ sellable: 4 });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('leaves holders out of the count who are active with the token that they made the hold with', async () => {
      const { room, line } = await openRoomWithLine(ports(), 6, { sellableFactor: 1 });
      await room.tell({ sellable: 2 });
      expect((await room.admit()).admitted).toBe(2);
      const [first, second] = [line[0]!, line[1]!];
      await room.see([first, second]);
      await room.tell({
        sellable: 2,
        holders: [{ ...place(first), sequence: first.sequence + 999 }, place(line[5]!)],
      });
      expect((await room.admit()).admitted).toBe(0);
      await room.tell({ sellable: 2, holders: [place(first), place(second)] });
      expect((await room.admit()).admitted).toBe(2);
    });

    it('admits nobody by a factor without a count that is fresh', async () => {
      const { room } = await openRoomWithLine(ports(), 4, {
        sellableFactor: 10,
        intervalMs: 100,
        batchSize: 1,
      });
      expect((await room.admit()).admitted).toBe(0);
      await room.tell({});
      expect((await room.admit()).admitted).toBe(1);
      const { asOf } = await room.counts();
      await eventually(async () => expect((await room.counts()).asOf).toBeGreaterThan(asOf + 250));
      expect((await room.admit()).admitted).toBe(0);
      await room.tell({});
      expect((await room.admit()).admitted).toBe(1);
    });

    it('remembers the highest sequence admitted, by tick or at once', async () => {
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

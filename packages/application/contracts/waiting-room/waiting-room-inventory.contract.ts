import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, SOLD_OUT, dateWith, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';

/** How admission depends on the inventory, and how the watermark rises. */
export function describeInventory(ports: () => RoomPorts): void {
  describe('inventory and watermark', () => {
    it('admits nobody while every seat is sold, at once or by tick, until a seat is available again', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1);
      await room.setInventory(SOLD_OUT);
      expect([await room.state(), (await room.admit()).admitted, await room.checkInAll(line)]).toEqual([
        'SOLD_OUT',
        0,
        [1],
      ]);
      const empty = await openRoom(ports());
      await empty.setInventory(SOLD_OUT);
      expect((await empty.join()).token.status).toBe('WAITING');
      await room.setInventory({ sellable: 1 });
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['OPEN', 1]);
    });

    it('is sold out with the payment of the last seat, before any count', async () => {
      const room = await openRoom(ports(), { maxActive: 2 });
      const [payer, other, next] = await room.joinMany(3);
      await room.setInventory({ dates: [dateWith(2), dateWith(1)] });
      await room.end(payer!, 'COMPLETED', 2);
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['OPEN', 1]);
      await room.end(other!, 'COMPLETED', 1);
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['SOLD_OUT', 0]);
      expect((await room.join()).token.status).toBe('WAITING');
      // The offer came before the last payment.
      expect(await room.checkInAll([next!])).toEqual(['parked']);
    });

    it('returns the place of a session that ends in the sold-out room, and admits it before the line', async () => {
      const room = await openRoom(ports(), { maxActive: 3, sessionTtlMs: 1_000 });
      const [payer, patient, absent, behind] = await room.joinMany(4);
      await room.setInventory({ dates: [dateWith(1)] });
      await room.end(payer!, 'COMPLETED', 1);
      await eventually(async () => {
        await room.expire();
        expect(await room.statistics()).toMatchObject({ active: 0, parked: 2, waiting: 1 });
      });
      expect(await room.checkInAll([patient!, behind!])).toEqual(['parked', 1]);
      await room.changePolicy({ maxActive: 2, sessionTtlMs: 60_000 });
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({});
      expect((await room.admit()).admitted).toBe(2);
      expect(await room.checkInAll([patient!, absent!, behind!])).toEqual(['ACTIVE', 'ACTIVE', 1]);
    });

    it('admits a place that lost its slot to the sold-out room first, also when the last booking window has ended', async () => {
      const room = await openRoom(ports(), { maxActive: 1, sessionTtlMs: 1_500 });
      const [patient, behind] = await room.joinMany(2);
      const { asOf } = await room.statistics();
      await room.setInventory({ dates: [dateWith(0, asOf + 3_000)] });
      await room.changePolicy({ sessionTtlMs: 60_000 });
      expect(await room.state()).toBe('SOLD_OUT');
      // The count knows of no other date, and the room of one.
      await eventually(async () => expect(await room.state()).toBe('OPEN'));
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([patient!, behind!])).toEqual(['ACTIVE', 1]);
    });

    it('admits nobody after a payment that no count covers, and is not shown as sold out', async () => {
      const room = await openRoom(ports(), { maxActive: 1 });
      const [payer, next] = await room.joinMany(2);
      await room.end(payer!, 'COMPLETED', 1);
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['OPEN', 0]);
      await room.setInventory({});
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([next!])).toEqual(['ACTIVE']);
    });

    it('counts the seats of a payment once, also for a place that had ended', async () => {
      const room = await openRoom(ports());
      const [payer] = await room.joinMany(1);
      await room.setInventory({ dates: [dateWith(3)] });
      await room.end(payer!, 'EXPIRED');
      for (let delivery = 0; delivery < 3; delivery += 1) await room.end(payer!, 'COMPLETED', 2);
      expect(await room.state()).toBe('OPEN');
      const [last] = await room.joinMany(1);
      await room.end(last!, 'COMPLETED', 1);
      expect(await room.state()).toBe('SOLD_OUT');
    });

    it('subtracts from a count the payments that were reported after it began, and from the next one none of them', async () => {
      const room = await openRoom(ports());
      const [first, second] = await room.joinMany(2);
      await room.end(first!, 'COMPLETED', 5);
      const start = await room.beginCount();
      await room.end(second!, 'COMPLETED', 1);
      await room.setInventory({ dates: [dateWith(1)] }, start);
      expect(await room.state()).toBe('SOLD_OUT');
      await room.setInventory({ dates: [dateWith(1)] });
      expect(await room.state()).toBe('OPEN');
    });

    it('ignores a count that began before the present one', async () => {
      const room = await openRoom(ports());
      const older = await room.beginCount();
      await room.setInventory(SOLD_OUT);
      await room.setInventory({}, older);
      expect(await room.state()).toBe('SOLD_OUT');
    });

    it('is sold out as soon as only dates without a seat are bookable', async () => {
      const { room } = await openRoomWithLine(ports(), 1);
      const { asOf } = await room.statistics();
      await room.setInventory({ dates: [dateWith(3, asOf + 400), dateWith(0)] });
      await eventually(async () => expect(await room.state()).toBe('SOLD_OUT'));
      expect((await room.admit()).admitted).toBe(0);
      expect((await room.statistics()).asOf).toBeGreaterThanOrEqual(asOf + 400);
    });

    it('subtracts the seats of payments since the count from the sellable ones', async () => {
      const { room, line } = await openRoomWithLine(ports(), 9, { sellableFactor: 1 });
      await room.setInventory({ sellable: 2 });
      expect((await room.admit()).admitted).toBe(2);
      await room.end(line[0]!, 'COMPLETED', 1);
      expect((await room.admit()).admitted).toBe(0);
      await room.setInventory({ sellable: 2 });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('ignores the sellable seats without a sellableFactor', async () => {
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

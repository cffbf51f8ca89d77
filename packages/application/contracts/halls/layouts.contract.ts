import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { describe, expect, it } from 'vitest';
import { newSeats } from '@frontrow/domain/halls/new-seats.ts';
import { addConcertWithLayout, claimOf, holdSeats, mustHold, newUser } from '../shared/contract-builders.ts';
import { CONTRACT_LAYOUT } from '../shared/contract-layout.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

type LayoutPorts = 'transact' | 'layoutReads' | 'catalog' | 'seatReads' | 'ids';

export function describeLayoutsContract(name: string, open: OpenPorts<LayoutPorts>): void {
  describe(`Layouts (${name})`, () => {
    const ports = usePorts(open);
    const add = () => addConcertWithLayout(ports(), CONTRACT_LAYOUT);
    const find = (eventId: string, version: number) => ports().layoutReads.find({ eventId, version });

    it('finds each version of a layout as it was added', async () => {
      const { event } = await add();
      const second: Layout = { ...CONTRACT_LAYOUT, stage: { x: -0.5, y: 1e-7 } };
      const digest = await write(ports(), ({ layouts }) =>
        layouts.add({ eventId: event.id, version: 2 }, second),
      );
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await find(event.id, 1)).toEqual(CONTRACT_LAYOUT);
      expect(await find(event.id, 2)).toEqual(second);
      const inUnit = await write(ports(), ({ layouts }) => layouts.find({ eventId: event.id, version: 2 }));
      expect(inUnit).toEqual(second);
      expect(await find(event.id, 3)).toBeNull();
      expect(await find(ports().ids.next(), 1)).toBeNull();
      expect((await ports().catalog.findEvent(event.id))?.layoutVersion).toBe(1);
    });

    it('never replaces a version', async () => {
      const { event } = await add();
      const again = write(ports(), ({ layouts }) =>
        layouts.add({ eventId: event.id, version: 1 }, { ...CONTRACT_LAYOUT, sections: [] }),
      );
      await expect(again).rejects.toThrow(/duplicate/i);
      expect(await find(event.id, 1)).toEqual(CONTRACT_LAYOUT);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const { event } = await add();
      await ports().transact(async ({ layouts }) => {
        await layouts.add({ eventId: event.id, version: 2 }, CONTRACT_LAYOUT);
        return REFUSED;
      }, 'STAFF');
      expect(await find(event.id, 2)).toBeNull();
    });

    it('is removed with its event', async () => {
      const { event } = await add();
      expect(await write(ports(), ({ concerts }) => concerts.removeEvent(event))).toBe(true);
      expect(await find(event.id, 1)).toBeNull();
    });

    it('gives each seat the price of its category', async () => {
      const { event } = await add();
      const { seats } = await ports().seatReads.list(event.id, []);
      expect(seats.map(({ price, status }) => [price, status])).toEqual([
        [90_000, 'AVAILABLE'],
        [90_000, 'AVAILABLE'],
        [90_000, 'BLOCKED'],
        [50_000, 'AVAILABLE'],
      ]);
    });

    it('has blocked seats that nobody holds and that do not count as available', async () => {
      const onSale = await add();
      const hold = (seatNumbers: readonly number[]) =>
        holdSeats(ports(), onSale, { userId: newUser(ports()), seatNumbers });
      expect(await hold([2, 3])).toEqual({
        ok: false,
        refusal: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [3] },
      });
      expect(await write(ports(), ({ seats }) => seats.findUnavailable(onSale.event.id))).toEqual([3]);
      const counts = await ports().seatReads.countAvailable([onSale.event.id]);
      expect(counts.get(onSale.event.id)).toMatchObject({
        count: 3,
        byCategory: new Map([
          [0, 2],
          [1, 1],
        ]),
      });
      expect(await hold([1, 4])).toMatchObject({ ok: true, value: { totalAmount: 140_000 } });
    });

    it('gives seats new prices, but a held one only once it is available again, and adds seats', async () => {
      const onSale = await add();
      const { event } = onSale;
      const held = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1] });
      const seats = newSeats(CONTRACT_LAYOUT).map((seat) => ({ ...seat, price: 7, category: 1 }));
      const added = { number: 5, price: 8, category: 1, blockReason: 'camera' };
      await write(ports(), async ({ concerts }) => {
        await concerts.saveEvent({ ...event, seatCount: 5 });
        await concerts.arrangeSeats(event.id, [...seats, added]);
      });
      const read = async () => (await ports().seatReads.list(event.id, [])).seats;
      expect((await read()).map(({ price, status }) => [price, status])).toEqual([
        [90_000, 'HELD'],
        [7, 'AVAILABLE'],
        [7, 'BLOCKED'],
        [7, 'AVAILABLE'],
        [8, 'BLOCKED'],
      ]);
      await write(ports(), (unit) => unit.seats.release(claimOf(held)));
      expect((await read())[0]).toMatchObject({ price: 7, status: 'AVAILABLE' });
    });

    it('finds the seats with a live hold', async () => {
      const onSale = await add();
      const { event } = onSale;
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1] });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2], ttlMs: -1_000 });
      expect(await write(ports(), ({ seats }) => seats.lockTaken(event.id))).toEqual([1]);
    });
  });
}

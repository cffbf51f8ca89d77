import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import {
  addConcertWithDate,
  addConcertWithLayout,
  claimOf,
  holdSeats,
  mustHold,
  newUser,
} from '../shared/contract-builders.ts';
import { CONTRACT_LAYOUT } from '../shared/contract-layout.ts';
import { type OpenPorts, REFUSED, eventually, listAll, usePorts, write } from '../shared/contract-support.ts';

type BlockedSeatPorts = 'transact' | 'blockedSeatReads' | 'seatReads' | 'catalog' | 'ids';

export function describeBlockedSeatsContract(name: string, open: OpenPorts<BlockedSeatPorts>): void {
  describe(`BlockedSeats (${name})`, () => {
    const ports = usePorts(open);
    const block = (eventId: EventId, seatNumbers: readonly number[], reason = 'camera') =>
      ports().transact(
        ({ blockedSeats }) => blockedSeats.block(eventId, blocksOf(seatNumbers, reason)),
        'STAFF',
      );
    const release = (eventId: EventId, seatNumbers: readonly number[]) =>
      write(ports(), ({ blockedSeats }) => blockedSeats.release(eventId, seatNumbers));
    const list = (eventId: EventId) => listAll((page) => ports().blockedSeatReads.list(eventId, page), 2);
    const statusesOf = async (eventId: EventId) =>
      (await ports().seatReads.list(eventId, [])).seats.map(({ status }) => status);

    it('blocks free seats for a reason, until they are released', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 5 } });
      expect(await block(event.id, [1, 2, 4])).toEqual({ ok: true, value: [] });
      expect(await statusesOf(event.id)).toEqual(['BLOCKED', 'BLOCKED', 'AVAILABLE', 'BLOCKED', 'AVAILABLE']);
      expect(await list(event.id)).toEqual(blocksOf([1, 2, 4], 'camera'));
      expect(await release(event.id, [2, 3, 4])).toEqual(blocksOf([2, 4], 'camera'));
      expect(await statusesOf(event.id)).toEqual(['BLOCKED', ...Array<string>(4).fill('AVAILABLE')]);
      expect(await list(event.id)).toEqual([{ number: 1, reason: 'camera' }]);
      expect(await release(event.id, [2, 3])).toEqual([]);
    });

    it('gives a blocked seat the new reason, and returns the one before', async () => {
      const { event } = await addConcertWithLayout(ports(), CONTRACT_LAYOUT);
      expect(await list(event.id)).toEqual([{ number: 3, reason: 'camera' }]);
      expect(await block(event.id, [2, 3], 'lights')).toEqual({
        ok: true,
        value: [{ number: 3, reason: 'camera' }],
      });
      expect(await list(event.id)).toEqual(blocksOf([2, 3], 'lights'));
    });

    it('blocks no seat where one is held or sold, and names those', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 4 } });
      const { event } = onSale;
      const sold = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2] });
      await write(ports(), ({ seats }) => seats.sell([claimOf(sold)]));
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [4] });
      expect(await block(event.id, [1, 2, 3, 4])).toEqual({
        ok: false,
        refusal: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [2, 4] },
      });
      expect(await list(event.id)).toEqual([]);
      expect(await release(event.id, [1, 2, 3, 4])).toEqual([]);
      expect(await statusesOf(event.id)).toEqual(['AVAILABLE', 'SOLD', 'AVAILABLE', 'HELD']);
    });

    it('blocks the seats of a lapsed hold, whose release leaves them blocked', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 2 } });
      const { event } = onSale;
      const lapsed = await mustHold(ports(), onSale, {
        userId: newUser(ports()),
        seatNumbers: [1, 2],
        ttlMs: 100,
      });
      await eventually(async () => expect(await block(event.id, [1])).toMatchObject({ ok: true }));
      expect(await write(ports(), ({ seats }) => seats.release(claimOf(lapsed)))).toBe(1);
      expect(await write(ports(), ({ seats }) => seats.sell([claimOf(lapsed)]))).toBe(0);
      expect(await statusesOf(event.id)).toEqual(['BLOCKED', 'AVAILABLE']);
    });

    it('lets nobody hold a blocked seat, and everybody a released one, at its present price', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 2, price: 100 } });
      const { event } = onSale;
      await block(event.id, [1]);
      await write(ports(), ({ concerts }) => concerts.repriceSeats({ ...event, price: 70 }));
      const request = { userId: newUser(ports()), seatNumbers: [1, 2] };
      expect(await holdSeats(ports(), onSale, request)).toEqual({
        ok: false,
        refusal: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [1] },
      });
      await release(event.id, [1]);
      expect((await mustHold(ports(), onSale, request)).totalAmount).toBe(140);
    });

    it('changes nothing when the transaction is rolled back', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 2 } });
      await block(event.id, [1]);
      await ports().transact(async ({ blockedSeats }) => {
        await blockedSeats.block(event.id, blocksOf([1, 2], 'lights'));
        await blockedSeats.release(event.id, [1]);
        return REFUSED;
      }, 'STAFF');
      expect(await list(event.id)).toEqual([{ number: 1, reason: 'camera' }]);
      expect(await statusesOf(event.id)).toEqual(['BLOCKED', 'AVAILABLE']);
    });

    it('blocks and releases a hall of 5,000 seats', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 5_000 } });
      const all = Array.from({ length: 5_000 }, (_, index) => index + 1);
      expect(await block(event.id, all)).toMatchObject({ ok: true });
      expect(new Set(await statusesOf(event.id))).toEqual(new Set(['BLOCKED']));
      expect(await release(event.id, all)).toEqual(blocksOf(all, 'camera'));
      expect(new Set(await statusesOf(event.id))).toEqual(new Set(['AVAILABLE']));
    });

    it('has no blocked seats of an unknown date', async () => {
      expect(await list(ports().ids.next())).toEqual([]);
    });
  });
}

function blocksOf(seatNumbers: readonly number[], reason: string) {
  return seatNumbers.map((number) => ({ number, reason }));
}

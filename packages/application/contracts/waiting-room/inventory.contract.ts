import type { CountedDate } from '@frontrow/domain/waiting-room/inventory.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { describe, expect, it } from 'vitest';
import {
  HOUR_MS,
  claimOf,
  mustHold,
  newEvent,
  newUser,
  addConcertWithDate,
  addDate,
} from '../shared/contract-builders.ts';
import { type OpenPorts, eventually, usePorts, write } from '../shared/contract-support.ts';

export function describeInventoryContract(
  name: string,
  open: OpenPorts<'transact' | 'inventoryReads' | 'ids'>,
): void {
  describe(`InventoryReads (${name})`, () => {
    const ports = usePorts(open);
    const count = (concertId: string) => ports().inventoryReads.count(concertId);

    it('counts the available seats of bookable dates only', async () => {
      const { concert } = await addConcertWithDate(ports(), { event: { seatCount: 7 } });
      const upcoming = {
        reservationStartAt: Date.now() + HOUR_MS,
        reservationEndAt: Date.now() + 2 * HOUR_MS,
      };
      const past = { reservationStartAt: Date.now() - 2 * HOUR_MS, reservationEndAt: Date.now() - HOUR_MS };
      await write(ports(), async ({ concerts }) => {
        for (const facts of [{ seatCount: 5 }, { seatCount: 90, ...upcoming }, { seatCount: 90, ...past }])
          await addDate(concerts, newEvent(ports(), concert, facts));
      });
      const { sellable, dates, holders } = await count(concert.id);
      expect([sellable, unsoldOf(dates), holders]).toEqual([12, 12, []]);
    });

    it('lists the users with a live hold, and counts a lapsed hold as available', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 4 } });
      const userId = newUser(ports());
      const { sequence } = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2, 3], ttlMs: 150 });
      await eventually(async () =>
        expect(await count(onSale.concert.id)).toMatchObject({
          sellable: 3,
          dates: [{ unsold: 4 }],
          holders: [{ userId, sequence }],
        }),
      );
    });

    it('counts a HELD seat as unsold, and a SOLD one not', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 3 } });
      const [first, second] = [
        await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1, 2] }),
        await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [3] }),
      ];
      await write(ports(), ({ seats }) => seats.sell([claimOf(first)]));
      expect(await count(onSale.concert.id)).toMatchObject({ sellable: 0, dates: [{ unsold: 1 }] });
      await write(ports(), ({ seats }) => seats.sell([claimOf(second)]));
      expect(await count(onSale.concert.id)).toMatchObject({ sellable: 0, dates: [{ unsold: 0 }] });
    });

    it('counts a BLOCKED seat neither as unsold nor as available', async () => {
      const { concert, event } = await addConcertWithDate(ports(), { event: { seatCount: 4 } });
      await write(ports(), ({ blockedSeats }) =>
        blockedSeats.block(
          event.id,
          [1, 3, 4].map((number) => ({ number, reason: 'camera' })),
        ),
      );
      expect(await count(concert.id)).toMatchObject({ sellable: 1, dates: [{ unsold: 1 }] });
      await write(ports(), ({ blockedSeats }) => blockedSeats.release(event.id, [4]));
      expect(await count(concert.id)).toMatchObject({ sellable: 2, dates: [{ unsold: 2 }] });
    });

    it('names the end of the booking window of each date', async () => {
      const { concert, event } = await addConcertWithDate(ports(), { event: { seatCount: 2 } });
      const later = { seatCount: 3, reservationEndAt: event.reservationEndAt + HOUR_MS };
      await write(ports(), ({ concerts }) => addDate(concerts, newEvent(ports(), concert, later)));
      const { dates } = await count(concert.id);
      expect(dates.toSorted((a, b) => a.reservationEndAt - b.reservationEndAt)).toEqual([
        { unsold: 2, reservationEndAt: event.reservationEndAt },
        { unsold: 3, reservationEndAt: later.reservationEndAt },
      ]);
    });

    it('adds up the seats that refunds have returned to sale, of every date of the concert', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const other = await addConcertWithDate(ports());
      const refundOf = (facts: Partial<Refund>): Refund => ({
        id: ports().ids.next(),
        reservationId: ports().ids.next(),
        paymentId: ports().ids.next(),
        userId: newUser(ports()),
        concertId: concert.id,
        eventId: event.id,
        seatNumbers: [1],
        seatsReturned: 1,
        amount: 1,
        balanceAfter: 1,
        walletEntryId: ports().ids.next(),
        refundedAt: Date.now(),
        actor: 'someone',
        reason: null,
        ...facts,
      });
      await write(ports(), ({ refunds }) =>
        refunds.add([
          refundOf({ seatNumbers: [1, 2], seatsReturned: 2 }),
          refundOf({ eventId: ports().ids.next(), seatsReturned: 1 }),
          refundOf({ seatsReturned: 0 }),
          refundOf({ concertId: other.concert.id, eventId: other.event.id, seatsReturned: 1 }),
        ]),
      );
      expect((await count(concert.id)).seatsReturned).toBe(3);
      expect((await count(other.concert.id)).seatsReturned).toBe(1);
    });

    it('counts no date of a concert without a bookable one', async () => {
      const past = { reservationStartAt: Date.now() - 2 * HOUR_MS, reservationEndAt: Date.now() - HOUR_MS };
      const { concert } = await addConcertWithDate(ports(), { event: past });
      const nothing = { sellable: 0, dates: [], holders: [], seatsReturned: 0 };
      expect(await count(concert.id)).toEqual(nothing);
      expect(await count(ports().ids.next())).toEqual(nothing);
    });
  });
}

function unsoldOf(dates: readonly CountedDate[]): number {
  return dates.reduce((sum, { unsold }) => sum + unsold, 0);
}

import { giveSeats } from '@frontrow/domain/booking/complimentary.ts';
import {
  type ConfirmedReservation,
  type HeldReservation,
  type Reservation,
  type ReservationStatus,
  confirm,
} from '@frontrow/domain/booking/reservation.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { describe, expect, it } from 'vitest';
import type { OrderFilter } from '../../src/ports/booking/orders.ts';
import {
  type ConcertWithDate,
  HOUR_MS,
  addConcertWithDate,
  addConcertWithLayout,
  claimOf,
  mustHold,
  newUser,
} from '../shared/contract-builders.ts';
import { CONTRACT_LAYOUT } from '../shared/contract-layout.ts';
import { type OpenPorts, eventually, listAll, usePorts, write } from '../shared/contract-support.ts';

const ANY: OrderFilter = { status: null, userId: null, seatNumber: null, from: null, until: null };
const STATUSES: readonly (ReservationStatus | null)[] = [
  null,
  'HELD',
  'CONFIRMED',
  'EXPIRED',
  'CANCELLED',
  'REFUNDED',
];
const SHORT_MS = 150;

export function describeOrdersContract(
  name: string,
  open: OpenPorts<'transact' | 'orderReads' | 'ids'>,
): void {
  describe(`OrderReads (${name})`, () => {
    const ports = usePorts(open);
    const list = async (eventId: string, filter: Partial<OrderFilter>, limit = 100) => {
      const listed = await listAll(
        (page) => ports().orderReads.list(eventId, { ...ANY, ...filter }, page),
        limit,
      );
      return listed.map(({ id }) => id);
    };

    async function pay(held: HeldReservation): Promise<ConfirmedReservation> {
      const paid = confirm(held, ports().ids.next());
      await write(ports(), async ({ reservations, seats }) => {
        await reservations.lock(held.id);
        await seats.sell([claimOf(held)]);
        await reservations.confirm([paid]);
      });
      return paid;
    }

    async function refund(held: HeldReservation): Promise<Reservation> {
      const paid = await pay(held);
      const { seatNumbers: refundedSeats, totalAmount: refundedAmount } = held;
      const refunded = { ...paid, status: 'REFUNDED', refundedSeats, refundedAmount } as const;
      await write(ports(), async ({ reservations, seats }) => {
        await reservations.lock(held.id);
        await seats.returnToSale([claimOf(held)]);
        await reservations.saveRefunds([refunded]);
      });
      return refunded;
    }

    async function cancel(held: HeldReservation): Promise<Reservation> {
      const cancelled = { ...held, status: 'CANCELLED' } as const;
      await write(ports(), async ({ reservations, seats }) => {
        await reservations.lock(held.id);
        await seats.release(claimOf(held));
        await reservations.save(cancelled);
      });
      return cancelled;
    }

    async function give({ concert, event }: ConcertWithDate, userId: string, seatNumbers: readonly number[]) {
      const [id, paymentId] = [ports().ids.next(), ports().ids.next()];
      const facts = { id, paymentId, userId, seatNumbers, concertId: concert.id, eventId: event.id };
      const given = giveSeats({ ...facts, createdAt: Date.now() });
      await write(ports(), ({ reservations }) => reservations.addGiven(given));
      return given;
    }

    /** One reservation in each status and a complimentary one, oldest first, of two users in turn. */
    async function addOrders(onSale: ConcertWithDate): Promise<readonly Reservation[]> {
      const [mina, jun] = [newUser(ports()), newUser(ports())];
      const hold = (userId: string, seatNumbers: readonly number[], ttlMs = HOUR_MS) =>
        mustHold(ports(), onSale, { userId, seatNumbers, ttlMs });
      const late = await hold(mina, [1, 2], SHORT_MS);
      await eventually(async () =>
        expect(await list(onSale.event.id, { status: 'EXPIRED' })).toContain(late.id),
      );
      return [
        { ...late, status: 'EXPIRED' },
        await cancel(await hold(jun, [1, 3])),
        await refund(await hold(mina, [1])),
        await pay(await hold(jun, [1, 4])),
        await give(onSale, mina, [5]),
        await hold(jun, [2]),
      ];
    }

    it('lists what every member of the filter matches, newest first, in pages of any size', async () => {
      const onSale = await addConcertWithDate(ports());
      const { id: eventId } = onSale.event;
      const orders = (await addOrders(onSale)).toReversed();
      const other = await addConcertWithDate(ports());
      await mustHold(ports(), other, { userId: orders[0]!.userId, seatNumbers: [1] });
      const users = [null, orders[0]!.userId, orders[1]!.userId];
      const [early, late] = [orders[3]!.createdAt, orders[1]!.createdAt];
      const times = [
        [null, null] as const,
        [early, null] as const,
        [null, late] as const,
        [early, late] as const,
      ];
      for (const status of STATUSES)
        for (const userId of users)
          for (const seatNumber of [null, 1, 2, 9])
            for (const [from, until] of times) {
              const matching = orders
                .filter((order) => status === null || order.status === status)
                .filter((order) => userId === null || order.userId === userId)
                .filter((order) => seatNumber === null || order.seatNumbers.includes(seatNumber))
                .filter(({ createdAt }) => from === null || createdAt >= from)
                .filter(({ createdAt }) => until === null || createdAt < until);
              const filter = { status, userId, seatNumber, from, until };
              const listed = await list(eventId, filter);
              expect({ filter, listed }).toEqual({ filter, listed: matching.map(({ id }) => id) });
            }
      for (const limit of [1, 2, 3, 6])
        expect(await list(eventId, {}, limit)).toEqual(orders.map(({ id }) => id));
      expect(await list(ports().ids.next(), {})).toEqual([]);
    });

    it('lists each order once and in order while others are added and change', async () => {
      const onSale = await addConcertWithDate(ports(), { event: { seatCount: 100 } });
      const { id: eventId } = onSale.event;
      const held: HeldReservation[] = [];
      let seat = 0;
      const addHold = async () => {
        seat += 1;
        held.push(await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [seat] }));
      };
      for (let count = 0; count < 9; count += 1) await addHold();
      const before = held.map(({ id }) => id).toReversed();
      const seen: string[] = [];
      let [cursor, isFirst]: [string | null, boolean] = [null, true];
      while (isFirst || cursor !== null) {
        const page = await ports().orderReads.list(eventId, ANY, { limit: 2, cursor });
        seen.push(...page.items.map(({ id }) => id));
        [cursor, isFirst] = [page.nextCursor, false];
        await Promise.all([addHold(), cancel(held[seen.length % 9]!)]);
      }
      expect(seen).toEqual(before);
      expect(await list(eventId, {}, 4)).toEqual(held.map(({ id }) => id).toReversed());
    });

    it('finds the changes of one reservation, oldest first', async () => {
      const onSale = await addConcertWithDate(ports());
      const held = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1] });
      const other = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2] });
      const at = held.createdAt;
      const change = { reservationId: held.id, at, actor: held.userId, reason: null };
      const changes = [
        { ...change, kind: 'EXTENDED' },
        { ...change, kind: 'GIVEN', reason: 'why' },
        { ...change, kind: 'CANCELLED', at: at + 1 },
      ] as const;
      await write(ports(), async ({ reservations }) => {
        for (const each of changes) await reservations.recordChange(each);
        await reservations.recordChange({ ...change, reservationId: other.id, kind: 'REDUCED' });
      });
      expect(await ports().orderReads.findRecords(held.id)).toEqual({ changes, refunds: [] });
      const nothing = { changes: [], refunds: [] };
      expect(await ports().orderReads.findRecords(ports().ids.next())).toEqual(nothing);
    });

    it('reports the seats of an event by price and state, complimentary ones apart', async () => {
      const onSale = await addConcertWithDate(ports());
      await pay(await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1, 2] }));
      const guest = newUser(ports());
      const hold = await mustHold(ports(), onSale, { userId: guest, seatNumbers: [3] });
      const given = await give(onSale, guest, [3]);
      await write(ports(), async ({ seats }) => {
        await seats.release(claimOf(hold));
        await seats.hold([{ ...claimOf(hold), reservationId: given.id, ttlMs: 0 }], 'WAIT');
        await seats.sell([{ ...claimOf(hold), reservationId: given.id }]);
      });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [4] });
      const { byPrice } = await ports().orderReads.reportSales(onSale.event.id);
      const price = onSale.event.price;
      expect(byPrice).toEqual([{ price, sold: 2, complimentary: 1, held: 1, available: 6, blocked: 0 }]);
      const unknown = await ports().orderReads.reportSales(ports().ids.next());
      expect(unknown).toMatchObject({ byPrice: [], byCategory: [], byHour: [] });
    });

    it('reports the seats of each category, with those that are blocked and that refunds have returned', async () => {
      const onSale = await addConcertWithLayout(ports(), CONTRACT_LAYOUT);
      const userId = newUser(ports());
      const sold = await mustHold(ports(), onSale, { userId, seatNumbers: [1, 2] });
      const { id: reservationId, concertId, eventId } = sold;
      const paymentId = ports().ids.next();
      const paid = { ...confirm(sold, paymentId), refundedSeats: [2], refundedAmount: 90_000 };
      const returned: Refund = {
        id: ports().ids.next(),
        reservationId,
        paymentId,
        userId,
        concertId,
        eventId,
        seatNumbers: [2],
        seatsReturned: 1,
        amount: 90_000,
        balanceAfter: 90_000,
        walletEntryId: ports().ids.next(),
        refundedAt: Date.now(),
        actor: userId,
        reason: null,
      };
      await write(ports(), async (unit) => {
        await unit.seats.sell([claimOf(sold)]);
        await unit.reservations.confirm([confirm(sold, paymentId)]);
        await unit.seats.returnToSale([{ ...claimOf(sold), seatNumbers: [2] }]);
        await unit.refunds.add([returned]);
        await unit.reservations.saveRefunds([paid]);
      });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [4] });
      const { byCategory } = await ports().orderReads.reportSales(onSale.event.id);
      const nothing = {
        sold: 0,
        complimentary: 0,
        held: 0,
        available: 0,
        blocked: 0,
        refunded: 0,
        revenue: 0,
      };
      expect(byCategory).toEqual([
        { ...nothing, category: 0, sold: 1, available: 1, blocked: 1, refunded: 1, revenue: 90_000 },
        { ...nothing, category: 1, held: 1 },
      ]);
    });
  });
}

import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { giveSeats } from '@frontrow/domain/booking/complimentary.ts';
import { confirm } from '@frontrow/domain/booking/reservation.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import { describe, expect, it } from 'vitest';
import {
  type ConcertWithDate,
  HOUR_MS,
  changeSales,
  claimOf,
  holdSeats,
  mustHold,
  newUser,
  addConcertWithDate,
} from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, eventually, listAll, usePorts, write } from '../shared/contract-support.ts';

type ReservationPorts = 'transact' | 'reservationReads' | 'seatReads' | 'ids';

const SHORT_MS = 150;

export function describeReservationsContract(name: string, open: OpenPorts<ReservationPorts>): void {
  describe(`Reservations (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().reservationReads.find(id);
    const lock = (id: string) => write(ports(), ({ reservations }) => reservations.lock(id));

    async function onSaleToNewUser(): Promise<ConcertWithDate & { userId: string }> {
      return {
        ...(await addConcertWithDate(ports(), { hold: { maxExtensions: 3 } })),
        userId: newUser(ports()),
      };
    }
    async function lapsed(
      onSale: ConcertWithDate,
      userId: string,
      seatNumber: number,
    ): Promise<HeldReservation> {
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [seatNumber], ttlMs: SHORT_MS });
      await eventually(async () => expect((await find(held.id))?.status).toBe('EXPIRED'));
      return held;
    }

    it('finds an added reservation, inside the transaction and after it', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1, 4, 9] });
      expect(held.seatNumbers).toEqual([1, 4, 9]);
      expect(await find(held.id)).toEqual(held);
      expect(await write(ports(), ({ reservations }) => reservations.find(held.id))).toEqual(held);
      expect(await find(ports().ids.next())).toBeNull();
    });

    it('allows a user one live hold in each concert', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const { id: reservationId } = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      const second = await holdSeats(ports(), onSale, { userId, seatNumbers: [2] });
      expect(second).toEqual({ ok: false, refusal: { code: 'HOLD_LIMIT_EXCEEDED', reservationId } });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2] });
      await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
    });

    it('lets exactly one of many concurrent holds of a user through', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const requests = Array.from({ length: 10 }, (_, i) => ({ userId, seatNumbers: [i + 1] }));
      const outcomes = await Promise.all(requests.map((request) => holdSeats(ports(), onSale, request)));
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
      const { items } = await ports().reservationReads.list(userId, { limit: 100, cursor: null });
      expect(items).toHaveLength(1);
      const refused = { ok: false, refusal: { code: 'HOLD_LIMIT_EXCEEDED', reservationId: items[0]?.id } };
      expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 9 }, () => refused));
    });

    it("finds the user's hold in the concert of an event, live or lapsed, and no other hold", async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const { concert, event } = onSale;
      const findBoth = () =>
        write(ports(), async ({ seats, reservations }) => {
          const { liveHolds, lapsedHolds } = await seats.findHoldContext(event.id, [userId]);
          const [live, late] = [liveHolds, lapsedHolds].map((holds) => holds.get(userId) ?? null);
          return [live, late, await reservations.findLiveHold(concert.id, userId)];
        });
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2] });
      await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
      expect(await findBoth()).toEqual([null, null, null]);
      const late = await lapsed(onSale, userId, 1);
      expect(await findBoth()).toEqual([null, late.id, null]);
      const live = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      expect(await findBoth()).toEqual([live.id, null, live.id]);
    });

    it("reads a lapsed hold as EXPIRED, and does not count it against the user's next hold", async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const late = await lapsed(onSale, userId, 1);
      expect(await find(late.id)).toEqual({ ...late, status: 'EXPIRED' });
      expect((await lock(late.id))?.reservation).toEqual({ ...late, status: 'EXPIRED' });
      const next = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      expect([(await find(late.id))?.status, (await find(next.id))?.status]).toEqual(['EXPIRED', 'HELD']);
      expect(await holdSeats(ports(), onSale, { userId, seatNumbers: [2] })).toMatchObject({ ok: false });
    });

    it('lists lapsed holds that are still stored as HELD, longest lapsed first, and no others', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const first = await lapsed(onSale, userId, 1);
      const second = await lapsed(onSale, newUser(ports()), 2);
      const live = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [3] });
      const ours = async () => {
        const all = await ports().reservationReads.listLapsed(1_000);
        return all.filter((id) => [first.id, second.id, live.id].includes(id));
      };
      expect(await ours()).toEqual([first.id, second.id]);
      await write(ports(), async ({ reservations }) => {
        const locked = await reservations.lock(first.id);
        if (locked !== null) await reservations.save(locked.reservation);
      });
      expect(await ours()).toEqual([second.id]);
      expect((await ports().reservationReads.listLapsed(1)).length).toBe(1);
    });

    it("locks a reservation with the present policy and sales, and the database's clock", async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      const locked = await lock(held.id);
      expect(locked?.reservation).toEqual(held);
      expect(locked?.hold.maxExtensions).toBe(3);
      expect(locked?.sales).toEqual(SALES_RUNNING);
      expect(locked!.asOf).toBeGreaterThanOrEqual(held.createdAt);
      expect(locked!.asOf).toBeLessThan(held.holdExpiresAt);
      expect(await lock(ports().ids.next())).toBeNull();
      const stopped = { state: 'STOPPED', reason: null } as const;
      await changeSales(ports(), onSale.concert.id, stopped);
      expect((await lock(held.id))?.sales).toEqual(stopped);
    });

    it('saves an extension', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1], ttlMs: SHORT_MS });
      const extended = { ...held, holdExpiresAt: held.createdAt + HOUR_MS, extensions: 2 };
      await write(ports(), async ({ reservations }) => {
        await reservations.lock(held.id);
        await reservations.save(extended);
      });
      expect(await find(held.id)).toEqual(extended);
    });

    it('saves the seats that a hold keeps, with their amount', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1, 4, 9] });
      const smaller = { ...held, seatNumbers: [1, 9], totalAmount: 1 };
      await write(ports(), async ({ reservations }) => {
        await reservations.lock(held.id);
        await reservations.saveSeats(smaller);
        expect(await reservations.find(held.id)).toEqual(smaller);
      });
      expect(await find(held.id)).toEqual(smaller);
    });

    it('saves a payment and a cancellation, after which the user may hold again', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const paid = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      const { id: reservationId, concertId, createdAt: paidAt } = paid;
      const payment = {
        id: ports().ids.next(),
        reservationId,
        concertId,
        userId,
        amount: 0,
        balanceAfter: 0,
      };
      await write(ports(), async ({ reservations, payments }) => {
        await reservations.lock(paid.id);
        await payments.add([{ ...payment, paidAt }]);
        await reservations.save(confirm(paid, payment.id));
      });
      expect(await find(paid.id)).toEqual(confirm(paid, payment.id));
      const cancelled = await mustHold(ports(), onSale, { userId, seatNumbers: [2] });
      await write(ports(), async ({ reservations }) => {
        await reservations.lock(cancelled.id);
        await reservations.save({ ...cancelled, status: 'CANCELLED' });
      });
      expect(await find(cancelled.id)).toEqual({ ...cancelled, status: 'CANCELLED' });
      await mustHold(ports(), onSale, { userId, seatNumbers: [3] });
    });

    it('adds the holds of many users or, where one of them has another hold, none', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      const next = Array.from({ length: 64 }, () => ({
        ...held,
        id: ports().ids.next(),
        userId: newUser(ports()),
      }));
      const add = (reservations: readonly HeldReservation[]) =>
        ports().transact((unit) => unit.reservations.addHeld(reservations, [], 0), 'STAFF');
      const refusal = { code: 'HOLD_LIMIT_EXCEEDED', reservationId: held.id };
      const rival = { ...held, id: ports().ids.next() };
      expect(await add([next[0]!, rival, next[1]!])).toEqual({ ok: false, refusal });
      expect(await find(next[0]!.id)).toBeNull();
      expect((await add(next)).ok).toBe(true);
      expect([await find(next[0]!.id), await find(next[63]!.id)]).toEqual([next[0], next[63]]);
    });

    it('confirms many reservations, each by its own payment', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = [
        await mustHold(ports(), onSale, { userId, seatNumbers: [1] }),
        await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [2, 3] }),
      ];
      const confirmed = held.map((reservation) => confirm(reservation, ports().ids.next()));
      await write(ports(), async ({ reservations, seats }) => {
        expect(await seats.sell(held.map(claimOf))).toBe(3);
        await reservations.confirm(confirmed);
      });
      expect([await find(held[0]!.id), await find(held[1]!.id)]).toEqual(confirmed);
      const { seats } = await ports().seatReads.list(onSale.event.id, []);
      expect(seats.slice(0, 4).map(({ status }) => status)).toEqual(['SOLD', 'SOLD', 'SOLD', 'AVAILABLE']);
      await mustHold(ports(), onSale, { userId, seatNumbers: [4] });
    });

    it('restores everything after a rollback, a lapsed hold included', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const late = await lapsed(onSale, userId, 1);
      const facts = { ...late, id: ports().ids.next(), holdExpiresAt: late.createdAt + HOUR_MS };
      await ports().transact(async ({ reservations }) => {
        expect((await reservations.addHeld([facts], [late.id], 0)).ok).toBe(true);
        return REFUSED;
      }, 'STAFF');
      expect(await find(facts.id)).toBeNull();
      expect(await ports().reservationReads.listLapsed(1_000)).toContain(late.id);
      await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
    });

    it('reads what the user has bought and left unpaid in the concert, and the end of the place', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1, 2] });
      const read = (since = held.createdAt - HOUR_MS, of = held) =>
        write(ports(), async ({ reservations }) =>
          (await reservations.findHistories([of], since)).get(of.userId)!,
        );
      const nothing = { placeEnd: null, seatsBought: 0, unpaidHolds: [] };
      expect(await read()).toEqual(nothing);
      await write(ports(), async ({ reservations, queueEnds }) => {
        await reservations.lock(held.id);
        await reservations.save(confirm({ ...held, extensions: 1 }, ports().ids.next()));
        await queueEnds.add({ ...held, concertId: onSale.concert.id, reason: 'COMPLETED' });
      });
      const cancelled = await mustHold(ports(), onSale, { userId, seatNumbers: [3] });
      await write(ports(), async ({ reservations }) => {
        await reservations.lock(cancelled.id);
        await reservations.save({ ...cancelled, status: 'CANCELLED', extensions: 2 });
      });
      const late = await lapsed(onSale, userId, 4);
      await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [5] });
      await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
      const next = await mustHold(ports(), onSale, { userId, seatNumbers: [6, 7] });

      const history = await read(held.createdAt - 1, next);
      expect(history.unpaidHolds.toSorted((a, b) => b.extensions - a.extensions)).toEqual([
        { createdAt: cancelled.createdAt, extensions: 2 },
        { createdAt: late.createdAt, extensions: 0 },
      ]);
      expect(history).toMatchObject({ placeEnd: 'COMPLETED', seatsBought: 2 });
      expect((await read(late.createdAt, next)).unpaidHolds).toEqual([]);
      const elsewhere = { ...next, sequence: next.sequence + 1 };
      expect(await read(late.createdAt, elsewhere)).toMatchObject({ placeEnd: null, seatsBought: 2 });
    });

    it('adds a complimentary reservation beside a live hold, and does not count it as bought', async () => {
      const { userId, ...onSale } = await onSaleToNewUser();
      const held = await mustHold(ports(), onSale, { userId, seatNumbers: [1] });
      const { concertId, eventId, createdAt } = held;
      const [id, paymentId] = [ports().ids.next(), ports().ids.next()];
      const given = giveSeats({ id, paymentId, userId, concertId, eventId, createdAt, seatNumbers: [2, 3] });
      await write(ports(), ({ reservations }) => reservations.addGiven(given));
      expect(await find(id)).toEqual(given);
      expect(await find(held.id)).toEqual(held);
      const [history] = await write(ports(), async ({ reservations }) => [
        ...(await reservations.findHistories([held], 0)).values(),
      ]);
      expect(history).toEqual({ placeEnd: null, seatsBought: 0, unpaidHolds: [] });
    });

    it("lists the user's reservations, newest first, a page at a time", async () => {
      const userId = newUser(ports());
      const own: string[] = [];
      for (let i = 0; i < 5; i += 1)
        own.unshift(
          (await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] })).id,
        );
      await mustHold(ports(), await addConcertWithDate(ports()), {
        userId: newUser(ports()),
        seatNumbers: [1],
      });
      const listed = await listAll((page) => ports().reservationReads.list(userId, page), 2);
      expect(listed.map(({ id }) => id)).toEqual(own);
      expect(await listAll((page) => ports().reservationReads.list(userId, page), 5)).toEqual(listed);
      expect(await ports().reservationReads.list(newUser(ports()), { limit: 5, cursor: null })).toEqual({
        items: [],
        nextCursor: null,
      });
    });
  });
}

import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import { lettersOf } from '@frontrow/domain/booking/seat-states.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { describe, expect, it } from 'vitest';
import { addConcertWithDate, changeSales, holdOne, newUser } from '../shared/contract-builders.ts';
import { REFUSED, type OpenPorts, eventually, usePorts, write } from '../shared/contract-support.ts';
import { LONG_MS, type SeatPorts, driveSeats } from './contract-seats.ts';
import { itDecidesOnSeatsAsTheDomainDoes } from './seats-model.contract.ts';
import { describeSeatRaces } from './seats-races.contract.ts';

const SHORT_MS = 150;

export function describeSeatsContract(name: string, open: OpenPorts<keyof SeatPorts>): void {
  describe(`Seats (${name})`, () => {
    const ports = usePorts(open);
    const { list, findUnavailable, claim, hold, sell, returnToSale, release, extend, sumPrices } =
      driveSeats(ports);

    it('starts with every seat of the event AVAILABLE, by number, at its price', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 120, price: 77_000 } });
      const seats = await list(event.id);
      expect(seats).toEqual(
        Array.from({ length: 120 }, (_, i) => ({
          status: 'AVAILABLE',
          eventId: event.id,
          number: i + 1,
          price: 77_000,
        })),
      );
      expect(await list(ports().ids.next())).toEqual([]);
    });

    it('lists, with the seats, the ended ones of the given places and no others', async () => {
      const { event, concert } = await addConcertWithDate(ports());
      const newPlace = (sequence: number) => ({
        concertId: concert.id,
        userId: newUser(ports()),
        sequence: 8_000 * 2 ** 40 + sequence,
      });
      const [paid, left, present] = [newPlace(1), newPlace(2), newPlace(3)];
      await write(ports(), async ({ queueEnds }) => {
        await queueEnds.add({ ...paid, reason: 'COMPLETED' });
        await queueEnds.add({ ...left, reason: 'LEFT' });
      });
      const listing = await ports().seatReads.list(event.id, [present, left, paid]);
      expect(listing.seats).toHaveLength(event.seatCount);
      expect(listing.event).toEqual({ layoutVersion: event.layoutVersion, price: event.price });
      expect(listing.ended.toSorted((a, b) => a.sequence - b.sequence)).toEqual([
        { ...paid, reason: 'COMPLETED' },
        { ...left, reason: 'LEFT' },
      ]);
      expect((await ports().seatReads.list(event.id, [present])).ended).toEqual([]);
      const { event: elsewhere, concert: other } = await addConcertWithDate(ports());
      const sameNumber = { ...paid, concertId: other.id };
      expect((await ports().seatReads.list(elsewhere.id, [sameNumber])).ended).toEqual([]);
    });

    it('reads the states of the seats as the list has them, the event, and the ended ones of the given places', async () => {
      const { event, concert } = await addConcertWithDate(ports(), { event: { seatCount: 1_200 } });
      const own = claim(event.id, 3, 700);
      await hold(own);
      await sell({ ...own, seatNumbers: [700] });
      const [place, present] = [1, 2].map((sequence) => ({
        concertId: concert.id,
        userId: newUser(ports()),
        sequence: 8_000 * 2 ** 40 + sequence,
      })) as [Place, Place];
      await write(ports(), ({ queueEnds }) => queueEnds.add({ ...place, reason: 'LEFT' }));
      await write(ports(), ({ concerts }) =>
        concerts.saveEvent({ ...event, sales: { state: 'STOPPED', reason: 'soon' } }),
      );
      const states = await ports().seatReads.readStates(event.id, [place, present]);
      const listing = await ports().seatReads.list(event.id, [place, present]);
      expect(states).toEqual({
        letters: `AAH${'A'.repeat(696)}S${'A'.repeat(500)}`,
        event: { ...event, sales: { state: 'STOPPED', reason: 'soon' } },
        sales: { state: 'STOPPED', reason: 'soon' },
        ended: [{ ...place, reason: 'LEFT' }],
        asOf: expect.any(Number),
      });
      expect(lettersOf(listing.seats)).toBe(states?.letters);
      expect(listing.ended).toEqual(states?.ended);
      expect((await ports().seatReads.readStates(event.id, []))?.ended).toEqual([]);
      const forStaff = await ports().seatReads.readStatesForStaff(event.id);
      expect(forStaff).toEqual({ ...states, ended: [], asOf: expect.any(Number) });
      expect(await ports().seatReads.readStatesForStaff(ports().ids.next())).toBeNull();
      expect(await ports().seatReads.readStates(ports().ids.next(), [])).toBeNull();
    });

    it('finds the seats that are held or sold, and not those of lapsed holds', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 12 } });
      const sold = claim(event.id, 5, 11);
      await hold(sold);
      await sell(sold);
      await hold(claim(event.id, 2));
      const lapsing = claim(event.id, 1, 3);
      await hold(lapsing, 1_000);
      expect(await findUnavailable(event.id)).toEqual([1, 2, 3, 5, 11]);
      await eventually(async () => expect(await findUnavailable(event.id)).toEqual([2, 5, 11]));
      const { event: other } = await addConcertWithDate(ports());
      expect(await findUnavailable(other.id)).toEqual([]);
      expect(await findUnavailable(ports().ids.next())).toEqual([]);
    });

    it("finds an event with its hold policy and the database's clock, and nothing for an unknown one", async () => {
      const { event } = await addConcertWithDate(ports(), { hold: { ttlMs: 4321, maxExtensions: 7 } });
      const find = (id: EventId) => write(ports(), ({ seats }) => seats.findHoldContext(id, ['a fan']));
      const { onSale: found, ...holds } = await find(event.id);
      expect(found?.event).toEqual(event);
      expect(found?.hold).toMatchObject({ ttlMs: 4321, maxExtensions: 7 });
      expect(holds).toEqual({ liveHolds: new Map(), lapsedHolds: new Map() });
      expect((await find(event.id)).onSale!.asOf >= found!.asOf).toBe(true);
      expect(await find(ports().ids.next())).toEqual({
        onSale: null,
        liveHolds: new Map(),
        lapsedHolds: new Map(),
      });
    });

    it('reads the sales of the concert and the event with every read that a hold rests on', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const request = { userId: 'a fan', operation: 'POST /x', key: ports().ids.next(), fingerprint: 'f' };
      const ticket = { concertId: concert.id, userId: 'a fan', sequence: 1 };
      const asked = [{ userId: 'a fan', seatNumbers: [1], ticket, request }];
      const readAll = async () => {
        const { onSale } = await write(ports(), ({ seats }) => seats.findHoldContext(event.id, ['a fan']));
        const availability = await ports().seatReads.findAvailability(event.id, asked);
        const listing = await ports().seatReads.list(event.id, []);
        return [onSale?.sales, availability.onSale?.sales, listing.sales];
      };
      expect(await readAll()).toEqual([SALES_RUNNING, SALES_RUNNING, SALES_RUNNING]);
      const ofConcert = { state: 'STOPPED', reason: 'The concert' } as const;
      const ofEvent = { state: 'STOPPED', reason: 'The date' } as const;
      await write(ports(), async ({ concerts }) => {
        await concerts.lockEvent(event.id);
        await concerts.saveEvent({ ...event, sales: ofEvent });
      });
      expect(await readAll()).toEqual([ofEvent, ofEvent, ofEvent]);
      await changeSales(ports(), concert.id, ofConcert);
      expect(await readAll()).toEqual([ofConcert, ofConcert, ofConcert]);
    });

    it('holds all the seats of a request for the given time, at the sum of their prices', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { price: 1_000 } });
      const own = claim(event.id, 2, 3, 5);
      const held = await hold(own);
      expect(held).toMatchObject({ ok: true, value: { totalAmount: 3_000 } });
      const { heldAt, holdExpiresAt } = held.ok ? held.value : { heldAt: 0, holdExpiresAt: 0 };
      expect(holdExpiresAt).toBe(heldAt + LONG_MS);
      const seats = await list(event.id);
      expect(seats[1]).toEqual({
        status: 'HELD',
        eventId: event.id,
        number: 2,
        price: 1_000,
        reservationId: own.reservationId,
        holdExpiresAt,
      });
      expect(seats.filter((seat) => seat.status === 'HELD').map((seat) => seat.number)).toEqual([2, 3, 5]);
    });

    it('holds all or none, and names exactly the unavailable seats', async () => {
      const { event } = await addConcertWithDate(ports());
      const sold = claim(event.id, 2);
      await hold(sold);
      await sell(sold);
      await hold(claim(event.id, 4));
      const before = await list(event.id);
      expect(await hold(claim(event.id, 1, 2, 3, 4, 5))).toEqual({
        ok: false,
        refusal: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [2, 4] },
      });
      expect(await list(event.id)).toEqual(before);
    });

    it('changes nothing when the transaction is rolled back', async () => {
      const { event } = await addConcertWithDate(ports());
      const own = claim(event.id, 1);
      const refused = await ports().transact(async (unit) => {
        expect((await holdOne(unit, { ...own, ttlMs: LONG_MS })).ok).toBe(true);
        return REFUSED;
      }, 'STAFF');
      expect(refused).toEqual(REFUSED);
      expect(statusOf(await list(event.id), 1)).toBe('AVAILABLE');
    });

    it('gives lapsed seats to the next request, and lets their late owner change nothing', async () => {
      const { event } = await addConcertWithDate(ports());
      const [late, next] = [claim(event.id, 1, 2), claim(event.id, 1, 2)];
      await hold(late, SHORT_MS);
      await eventually(async () => expect(statusOf(await list(event.id), 1)).toBe('AVAILABLE'));
      expect(await hold(next)).toMatchObject({ ok: true });
      const ofNext = await list(event.id);
      expect([await sell(late), await extend(late, Date.now() + LONG_MS), await release(late)]).toEqual([
        0, 0, 0,
      ]);
      expect(await list(event.id)).toEqual(ofNext);
      expect(await sell(next)).toBe(2);
    });

    it('sells the seats that the claim holds, for good', async () => {
      const { event } = await addConcertWithDate(ports());
      const own = claim(event.id, 1, 2);
      await hold(own);
      expect(await sell({ ...own, seatNumbers: [1] })).toBe(1);
      expect((await list(event.id)).slice(0, 2)).toMatchObject([
        { status: 'SOLD', reservationId: own.reservationId },
        { status: 'HELD', reservationId: own.reservationId },
      ]);
      expect(await sell(own)).toBe(1);
      expect([await sell(own), await release(own), await extend(own, Date.now() + LONG_MS)]).toEqual([
        0, 0, 0,
      ]);
      expect(await hold(claim(event.id, 1))).toMatchObject({ refusal: { unavailableSeats: [1] } });
    });

    it('releases the seats that the claim holds, lapsed or not, and only once', async () => {
      const { event } = await addConcertWithDate(ports());
      const [own, lapsed] = [claim(event.id, 1), claim(event.id, 2)];
      await hold(own);
      await hold(lapsed, SHORT_MS);
      await eventually(async () => expect(statusOf(await list(event.id), 2)).toBe('AVAILABLE'));
      expect([await release(own), await release(lapsed)]).toEqual([1, 1]);
      expect([await release(own), await sell(own), await release(lapsed)]).toEqual([0, 0, 0]);
      expect(await hold(claim(event.id, 1, 2))).toMatchObject({ ok: true });
    });

    it('counts the seats that can be held now', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 10 } });
      const { event: other } = await addConcertWithDate(ports());
      const countOf = async (id: EventId) => (await ports().seatReads.countAvailable([id])).get(id)?.count;
      const [own, lapsed] = [claim(event.id, 1, 2), claim(event.id, 3)];
      await hold(own);
      await hold(claim(event.id, 4));
      await hold(claim(other.id, 5));
      await sell(own);
      expect(await countOf(event.id)).toBe(7);
      await hold(lapsed, SHORT_MS);
      await eventually(async () => expect(statusOf(await list(event.id), 3)).toBe('AVAILABLE'));
      expect(await countOf(event.id)).toBe(7);
      expect(await countOf(ports().ids.next())).toBeUndefined();
      const both = await ports().seatReads.countAvailable([other.id, ports().ids.next(), event.id]);
      expect([...both.keys()].toSorted()).toEqual([event.id, other.id].toSorted());
      expect([both.get(event.id)?.count, both.get(other.id)?.count]).toEqual([7, other.seatCount - 1]);
    });

    it('returns the seats that the claim has bought to sale, once, at the same price', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { price: 700 } });
      const [own, next] = [claim(event.id, 1, 2, 3), claim(event.id, 1)];
      await hold(own);
      await sell({ ...own, seatNumbers: [1, 2] });
      expect(await returnToSale({ ...next, seatNumbers: [1, 2] })).toBe(0);
      expect(await returnToSale({ ...own, seatNumbers: [1, 3] })).toBe(1);
      expect((await list(event.id)).slice(0, 3)).toMatchObject([
        { status: 'AVAILABLE', price: 700 },
        { status: 'SOLD' },
        { status: 'HELD' },
      ]);
      await hold(next);
      await sell(next);
      expect(await returnToSale({ ...own, seatNumbers: [1] })).toBe(0);
      expect((await list(event.id))[0]).toMatchObject({ status: 'SOLD', reservationId: next.reservationId });
    });

    it('sums the prices of the seats that the claim holds, and of no others', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { price: 700 } });
      const own = claim(event.id, 1, 2, 3);
      await hold(own);
      expect([await sumPrices(own), await sumPrices({ ...own, seatNumbers: [2, 4] })]).toEqual([2_100, 700]);
      expect(await sumPrices(claim(event.id, 1, 2))).toBe(0);
    });

    it('sets the expiry of a hold', async () => {
      const { event } = await addConcertWithDate(ports());
      const own = claim(event.id, 1, 2);
      await hold(own, LONG_MS / 2);
      const until = Date.now() + LONG_MS;
      expect(await extend(own, until)).toBe(2);
      expect((await list(event.id)).slice(0, 2)).toMatchObject([
        { status: 'HELD', holdExpiresAt: until },
        { status: 'HELD', holdExpiresAt: until },
      ]);
    });

    describeSeatRaces(ports);
    itDecidesOnSeatsAsTheDomainDoes(ports);
  });
}

function statusOf(seats: readonly Seat[], number: number): Seat['status'] | undefined {
  return seats[number - 1]?.status;
}

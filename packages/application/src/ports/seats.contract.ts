import type { EventId } from '@frontrow/domain/ids.ts';
import type { Seat } from '@frontrow/domain/seat.ts';
import { describe, expect, it } from 'vitest';
import { REFUSED, type OpenPorts, eventually, openConcert, usePorts, write } from './contract-support.ts';
import { itDecidesOnSeatsAsTheDomainDoes } from './seats-model.contract.ts';
import type { SeatClaim } from './seats.ts';

type SeatPorts = 'transact' | 'seatReads' | 'ids';

const LONG_MS = 5 * 60_000;
const SHORT_MS = 150;

export function describeSeatsContract(name: string, open: OpenPorts<SeatPorts>): void {
  describe(`Seats (${name})`, () => {
    const ports = usePorts(open);
    const list = (eventId: EventId) => ports().seatReads.list(eventId);

    function claim(eventId: EventId, ...seatNumbers: number[]): SeatClaim {
      return { eventId, seatNumbers, reservationId: ports().ids.next() };
    }
    function hold(request: SeatClaim, ttlMs = LONG_MS) {
      return ports().transact(({ seats }) => seats.hold({ ...request, ttlMs }));
    }
    const sell = (own: SeatClaim) => write(ports(), ({ seats }) => seats.sell(own));
    const release = (own: SeatClaim) => write(ports(), ({ seats }) => seats.release(own));
    const extend = (own: SeatClaim, until: number) => write(ports(), ({ seats }) => seats.extend(own, until));

    it('opens with every seat of the date AVAILABLE, by number, at its price', async () => {
      const { event } = await openConcert(ports(), { event: { seatCount: 120, price: 77_000 } });
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

    it('finds an event on sale with its hold policy and the present moment, or nothing', async () => {
      const { event } = await openConcert(ports(), { hold: { ttlMs: 4321, maxExtensions: 7 } });
      const find = (id: EventId) => write(ports(), ({ seats }) => seats.findEventOnSale(id));
      const found = await find(event.id);
      expect(found?.event).toEqual(event);
      expect(found?.hold).toMatchObject({ ttlMs: 4321, maxExtensions: 7 });
      expect(found && (await find(event.id))!.asOf >= found.asOf).toBe(true);
      expect(await find(ports().ids.next())).toBeNull();
    });

    it('holds all the seats of a request for as long as asked, at the sum of their prices', async () => {
      const { event } = await openConcert(ports(), { event: { price: 1_000 } });
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

    it('holds all or none, and names exactly the seats that are not to be had', async () => {
      const { event } = await openConcert(ports());
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

    it('leaves nothing behind when the transaction is rolled back', async () => {
      const { event } = await openConcert(ports());
      const own = claim(event.id, 1);
      const refused = await ports().transact(async ({ seats }) => {
        expect((await seats.hold({ ...own, ttlMs: LONG_MS })).ok).toBe(true);
        return REFUSED;
      });
      expect(refused).toEqual(REFUSED);
      expect(statusOf(await list(event.id), 1)).toBe('AVAILABLE');
    });

    it('frees a lapsed hold for the next, and lets the late owner change nothing of theirs', async () => {
      const { event } = await openConcert(ports());
      const [late, next] = [claim(event.id, 1, 2), claim(event.id, 1, 2)];
      await hold(late, SHORT_MS);
      await eventually(async () => expect(statusOf(await list(event.id), 1)).toBe('AVAILABLE'));
      expect(await hold(next)).toMatchObject({ ok: true });
      const theirs = await list(event.id);
      expect([await sell(late), await extend(late, Date.now() + LONG_MS), await release(late)]).toEqual([
        0, 0, 0,
      ]);
      expect(await list(event.id)).toEqual(theirs);
      expect(await sell(next)).toBe(2);
    });

    it('sells what the claim holds, for good', async () => {
      const { event } = await openConcert(ports());
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

    it('releases what the claim holds, lapsed or not, and only once', async () => {
      const { event } = await openConcert(ports());
      const [own, lapsed] = [claim(event.id, 1), claim(event.id, 2)];
      await hold(own);
      await hold(lapsed, SHORT_MS);
      await eventually(async () => expect(statusOf(await list(event.id), 2)).toBe('AVAILABLE'));
      expect([await release(own), await release(lapsed)]).toEqual([1, 1]);
      expect([await release(own), await sell(own), await release(lapsed)]).toEqual([0, 0, 0]);
      expect(await hold(claim(event.id, 1, 2))).toMatchObject({ ok: true });
    });

    it('moves the end of a hold', async () => {
      const { event } = await openConcert(ports());
      const own = claim(event.id, 1, 2);
      await hold(own, SHORT_MS);
      const until = Date.now() + LONG_MS;
      expect(await extend(own, until)).toBe(2);
      expect((await list(event.id)).slice(0, 2)).toMatchObject([
        { status: 'HELD', holdExpiresAt: until },
        { status: 'HELD', holdExpiresAt: until },
      ]);
    });

    it('lets exactly one of many have a seat', async () => {
      const { event } = await openConcert(ports());
      const rivals = Array.from({ length: 20 }, () => claim(event.id, 3, 4));
      const outcomes = await Promise.all(rivals.map((rival) => hold(rival)));
      const winner = rivals
        .filter((_, index) => outcomes[index]?.ok)
        .map(({ reservationId }) => reservationId);
      expect(winner).toHaveLength(1);
      expect((await list(event.id)).slice(2, 4)).toMatchObject([
        { status: 'HELD', reservationId: winner[0] },
        { status: 'HELD', reservationId: winner[0] },
      ]);
      const refusal = { code: 'SEAT_UNAVAILABLE', unavailableSeats: [3, 4] };
      expect(outcomes.filter(({ ok }) => !ok)).toEqual(
        Array.from({ length: 19 }, () => ({ ok: false, refusal })),
      );
    });

    it('never lets overlapping requests share a seat, nor lets each keep the other out for ever', async () => {
      const { event } = await openConcert(ports(), { event: { seatCount: 6 } });
      const choices = [
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 6],
        [1, 6],
        [1, 2, 3],
        [4, 5, 6],
      ];
      const rivals = [...choices, ...choices].map((numbers) => claim(event.id, ...numbers));
      const outcomes = await Promise.all(rivals.map((rival) => hold(rival)));
      const winners = rivals.filter((_, index) => outcomes[index]?.ok);
      const taken = winners.flatMap(({ seatNumbers }) => seatNumbers);
      expect(winners.length).toBeGreaterThan(0);
      expect(new Set(taken).size).toBe(taken.length);
      const owners = (await list(event.id)).flatMap((seat) =>
        seat.status === 'HELD' ? [seat.reservationId] : [],
      );
      expect(owners.toSorted()).toEqual(
        winners.flatMap(({ reservationId, seatNumbers }) => seatNumbers.map(() => reservationId)).toSorted(),
      );
    });

    itDecidesOnSeatsAsTheDomainDoes(ports);
  });
}

function statusOf(seats: readonly Seat[], number: number): Seat['status'] | undefined {
  return seats[number - 1]?.status;
}

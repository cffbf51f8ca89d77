import { createApplication } from '@frontrow/application/application.ts';
import type { HoldSeats } from '@frontrow/application/use-cases/booking/hold-seats.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { drawHall } from '../support/halls.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const POLICY = { unpaidHoldsMax: null };
const NONE_LEFT = refused('NO_MATCHING_SEATS', { togetherMax: 0, availableCount: 0 });

function seatsOf(outcome: Awaited<ReturnType<HoldSeats>>): readonly number[] {
  return unwrap(outcome).value.seatNumbers;
}

describe.each(environments)('the best available seats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const openHall = (sections: Parameters<typeof drawHall>[0], event: object = {}) =>
    fixture().openSale({ hold: POLICY, event: { layout: drawHall(sections), ...event } });

  it('are those with the lowest numbers where a date has no layout', async () => {
    const sale = await fixture().openSale({ hold: POLICY });
    await fixture().createHold(sale, [2]);
    const { value } = unwrap(await fixture().holdBest(sale, { count: 3 }));
    expect(value).toMatchObject({ status: 'HELD', seatNumbers: [3, 4, 5], totalAmount: 3_000 });
    expect(await fixture().seatStatus(sale, 4)).toBe('HELD');
  });

  it('are neither held, sold, blocked nor set aside for those who need an accessible seat', async () => {
    const sale = await openHall({ Stalls: ['..x.ac', '......'] });
    await fixture().createHold(sale, [1]);
    await fixture().buy(sale, [9, 10]);
    expect(seatsOf(await fixture().holdBest(sale, { count: 2 }))).toEqual([7, 8]);
    expect(seatsOf(await fixture().holdBest(sale, { count: 2 }))).toEqual([11, 12]);
    expect(await fixture().holdBest(sale, { count: 2 })).toEqual(
      refused('NO_MATCHING_SEATS', { togetherMax: 1, availableCount: 2 }),
    );
  });

  it('meet the filters of the request', async () => {
    const sale = await openHall({ Stalls: ['..', 'rr'], Balcony: ['..', 'rr'] });
    const hold = async (filters: object) => seatsOf(await fixture().holdBest(sale, { count: 2, ...filters }));
    expect(await hold({ section: 'Balcony', category: 'front' })).toEqual([5, 6]);
    expect(await hold({ maxPrice: 999 })).toEqual([3, 4]);
    expect(await hold({ category: 'rear' })).toEqual([7, 8]);
    expect(await fixture().holdBest(sale, { count: 2, category: 'rear' })).toEqual(
      refused('NO_MATCHING_SEATS', { togetherMax: 0, availableCount: 2 }),
    );
  });

  it('may be in two adjacent rows where the request allows it', async () => {
    const sale = await openHall({ Stalls: ['..', '..'] });
    expect(await fixture().holdBest(sale, { count: 3 })).toEqual(
      refused('NO_MATCHING_SEATS', { togetherMax: 2, availableCount: 4 }),
    );
    expect(seatsOf(await fixture().holdBest(sale, { count: 4, together: 'near' }))).toEqual([1, 2, 3, 4]);
    expect(await fixture().holdBest(sale, { count: 1 })).toEqual(NONE_LEFT);
  });

  it('are refused with a category or a section that the date does not have', async () => {
    const sale = await openHall({ Stalls: ['..'] });
    expect(await fixture().holdBest(sale, { count: 1, category: 'Front', section: 'Balcony' })).toMatchObject(
      refused('VALIDATION_FAILED', {
        errors: [{ pointer: '/bestAvailable/category' }, { pointer: '/bestAvailable/section' }],
      }),
    );
  });

  it('are at most as many as one reservation may have', async () => {
    const sale = await fixture().openSale({ hold: { maxSeatsPerReservation: 2 } });
    expect(await fixture().holdBest(sale, { count: 3 })).toEqual(
      refused('TOO_MANY_SEATS', { maxSeatsPerReservation: 2 }),
    );
  });

  it('include the seats of lapsed holds before the sweep', async () => {
    const sale = await fixture().openSale({ hold: { ...POLICY, ttlMs: 300 }, event: { seatCount: 2 } });
    await fixture().createHold(sale, [1]);
    await fixture().advance(350);
    expect(seatsOf(await fixture().holdBest(sale, { count: 2 }))).toEqual([1, 2]);
  });

  it('are those of the first answer when the request is repeated', async () => {
    const sale = await openHall({ Stalls: ['....'] });
    const fan = await fixture().join(sale);
    const request = fixture().newRequest(fan.userId);
    const command = { ...fan, eventId: sale.event.id, bestAvailable: { count: 2 }, request };
    const first = unwrap(await fixture().app.holdSeats(command));
    await fixture().createHold(sale, [3]);
    const again = unwrap(await fixture().app.holdSeats(command));
    expect(again).toEqual({ value: first.value, replayed: true });
  });

  it('name the live hold of a user who has one', async () => {
    const sale = await openHall({ Stalls: ['....'] });
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    expect(await fixture().holdBest(sale, { count: 2 }, fan)).toEqual(
      refused('HOLD_LIMIT_EXCEEDED', { reservationId: reservation.id }),
    );
  });

  it.each([1, 5, 64])('fill a hall by pairs, in groups of %i', async (groupMax) => {
    const sale = await openHall({ Stalls: ['......', '.....', '........'], Balcony: ['.x..'] });
    const app = createApplication(fixture().ports, groupMax);
    const fans = await Promise.all(Array.from({ length: 14 }, () => fixture().join(sale)));
    const outcomes = await Promise.all(
      fans.map((fan) =>
        app.holdSeats({
          ...fan,
          eventId: sale.event.id,
          bestAvailable: { count: 2 },
          request: fixture().newRequest(fan.userId),
        }),
      ),
    );
    const held = outcomes.flatMap((outcome) => (outcome.ok ? outcome.value.value.seatNumbers : []));
    expect(new Set(held).size).toBe(held.length);
    const isFree = (number: number) => number !== 21 && !held.includes(number);
    const lastOfRows = [6, 11, 19, 23];
    const freePairs = Array.from({ length: 22 }, (_, index) => index + 1).filter(
      (number) => !lastOfRows.includes(number) && isFree(number) && isFree(number + 1),
    );
    expect(freePairs).toEqual([]);
    const refusals = outcomes.filter(({ ok }) => !ok);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals).toEqual(
      refusals.map(() => refused('NO_MATCHING_SEATS', { togetherMax: 1, availableCount: 22 - held.length })),
    );
  });

  it('and named seats are decided in the order of the requests', async () => {
    const sale = await openHall({ Stalls: ['......'] });
    const fans = await Promise.all(Array.from({ length: 5 }, () => fixture().join(sale)));
    const wanted = [
      { seatNumbers: [3] },
      { bestAvailable: { count: 2 } },
      { seatNumbers: [1] },
      { bestAvailable: { count: 2 } },
      { seatNumbers: [6] },
    ];
    const outcomes = await Promise.all(
      fans.map((fan, index) =>
        fixture().app.holdSeats({
          ...fan,
          ...wanted[index]!,
          eventId: sale.event.id,
          request: fixture().newRequest(fan.userId),
        }),
      ),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.value.seatNumbers : outcome))).toEqual([
      [3],
      [1, 2],
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [1] }),
      [4, 5],
      [6],
    ]);
  });
});

// In memory, transactions run one at a time.
const withParallelTransactions = environments.filter(({ name }) => name !== 'memory');

describe.each(withParallelTransactions)('the best available seats of rivals ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('are chosen again when another process takes them after the reading', async () => {
    const sale = await fixture().openSale({
      hold: POLICY,
      event: { layout: drawHall({ Stalls: ['........'] }) },
    });
    const thief = await fixture().join(sale);
    let isTaken = false;
    const { transact } = fixture().ports;
    // Holds the seats that the reading shows as the best ones before the transaction can lock them.
    const app = createApplication({
      ...fixture().ports,
      transact: (work, subject) =>
        transact(
          (unit) =>
            work({
              ...unit,
              seats: {
                ...unit.seats,
                async findUnavailable(eventId) {
                  const before = await unit.seats.findUnavailable(eventId);
                  if (!isTaken) {
                    isTaken = true;
                    unwrap(await fixture().hold(thief, sale, [4, 5]));
                  }
                  return before;
                },
              },
            }),
          subject,
        ),
    });
    const fan = await fixture().join(sale);
    const request = fixture().newRequest(fan.userId);
    const held = await app.holdSeats({
      ...fan,
      eventId: sale.event.id,
      bestAvailable: { count: 2 },
      request,
    });
    expect(seatsOf(held)).toEqual([2, 3]);
  });
});

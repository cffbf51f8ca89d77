import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOLD_POLICY_DEFAULT } from '../../src/booking/hold-policy.ts';
import {
  type Seat,
  block,
  chooseSeats,
  hold,
  mayBlock,
  mayHold,
  mayHoldEach,
  release,
  seatAt,
  sell,
  unblock,
} from '../../src/booking/seat.ts';

const FACTS = { eventId: 'event', number: 7, price: 100 };
const FREE = { ...FACTS, status: 'AVAILABLE' } as const;
const HELD = { ...FACTS, status: 'HELD', reservationId: 'r1', holdExpiresAt: 1_000 } as const;
const SOLD = { ...FACTS, status: 'SOLD', reservationId: 'r1' } as const;

describe('a seat', () => {
  it.each<[string, Seat, number, Seat]>([
    ['stays free', FREE, 5, FREE],
    ['stays sold', SOLD, 5_000, SOLD],
    ['is held until its last millisecond', HELD, 999, HELD],
    ['is free from the moment its hold expires', HELD, 1_000, FREE],
    ['is free long after its hold expired', HELD, 9_999, FREE],
  ])('%s', (_, seat, now, seen) => {
    expect(seatAt(seat, now)).toEqual(seen);
  });

  it('is held, sold and released with nothing left over from before', () => {
    expect(hold(FREE, 'r1', 1_000)).toEqual(HELD);
    expect(sell(HELD)).toEqual(SOLD);
    expect(release(HELD)).toEqual(FREE);
  });
});

describe('mayBlock', () => {
  const BLOCKED = { ...FACTS, status: 'BLOCKED' } as const;

  it('permits free and blocked seats, and those of a lapsed hold', () => {
    const seats = [FREE, BLOCKED, HELD];
    const blockable = mayBlock(seats, HELD.holdExpiresAt);
    expect(blockable).toEqual({ ok: true, value: [FREE, BLOCKED, FREE] });
    expect(blockable.ok && blockable.value.map(block)).toEqual([BLOCKED, BLOCKED, BLOCKED]);
    expect(unblock(BLOCKED)).toEqual(FREE);
  });

  it('refuses all where one is held or sold, and names those', () => {
    const seats = [FREE, { ...HELD, number: 8 }, { ...BLOCKED, number: 9 }, { ...SOLD, number: 10 }];
    const refusal = { code: 'SEAT_UNAVAILABLE', unavailableSeats: [8, 10] };
    expect(mayBlock(seats, HELD.holdExpiresAt - 1)).toEqual({ ok: false, refusal });
  });
});

describe('mayHold', () => {
  const statuses = fc.constantFrom('AVAILABLE', 'HELD', 'LAPSED', 'SOLD');
  const request = fc.array(statuses, { minLength: 1, maxLength: 20 });
  const NOW = 500;

  function seatOf(status: string, number: number): Seat {
    if (status === 'AVAILABLE') return { ...FREE, number };
    if (status === 'SOLD') return { ...SOLD, number };
    return { ...HELD, number, holdExpiresAt: status === 'HELD' ? NOW + 1 : NOW };
  }

  it('permits all seats or none, and names exactly those that are unavailable', () => {
    fc.assert(
      fc.property(request, (requested) => {
        const seats = requested.map((status, index) => seatOf(status, index + 1));
        const taken = seats
          .filter((_, i) => requested[i] === 'HELD' || requested[i] === 'SOLD')
          .map(({ number }) => number);
        expect(mayHold(seats, NOW)).toEqual(
          taken.length === 0
            ? { ok: true, value: seats.map(({ number }) => ({ ...FREE, number })) }
            : { ok: false, refusal: { code: 'SEAT_UNAVAILABLE', unavailableSeats: taken } },
        );
      }),
    );
  });
});

describe('mayHoldEach', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
  const requests = fc.array(numbers, { minLength: 1, maxLength: 64 });
  const seats: readonly Seat[] = [1, 2, 3, 4].map((number) => ({ ...FREE, number }));
  const all = [...seats, { ...HELD, number: 5 }, { ...SOLD, number: 6 }];

  it('decides as one request after the other would be decided', () => {
    fc.assert(
      fc.property(requests, (wanted) => {
        let present = all;
        const one = wanted.map((seatNumbers) => {
          const free = mayHold(
            seatNumbers.flatMap((number) => present[number - 1] ?? []),
            500,
          );
          for (const seat of free.ok ? free.value : [])
            present = present.with(seat.number - 1, hold(seat, 'another', 1_000));
          return free;
        });
        const together = wanted.map((seatNumbers) => ({ seatNumbers }));
        expect(mayHoldEach(together, all, 500)).toEqual(one);
      }),
    );
  });
});

describe('chooseSeats', () => {
  const policy = { ...HOLD_POLICY_DEFAULT, maxSeatsPerReservation: 3 };

  it('sorts any choice of distinct seats that the event has', () => {
    const choice = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(choice, (numbers) => {
        expect(chooseSeats(numbers, 50, policy)).toEqual({
          ok: true,
          value: numbers.toSorted((a, b) => a - b),
        });
      }),
    );
  });

  const outOfRange = 'must be from 1 to 50';
  it.each([
    ['a number below the first', [0], [{ pointer: '/seatNumbers/0', detail: outOfRange }]],
    ['a number above the last', [1, 51], [{ pointer: '/seatNumbers/1', detail: outOfRange }]],
    ['a number named twice', [4, 9, 4], [{ pointer: '/seatNumbers/2', detail: 'is named twice' }]],
    [
      'everything that is wrong at once',
      [-1, 2, 2],
      [
        { pointer: '/seatNumbers/0', detail: outOfRange },
        { pointer: '/seatNumbers/2', detail: 'is named twice' },
      ],
    ],
  ])('refuses %s', (_, numbers, errors) => {
    expect(chooseSeats(numbers, 50, policy)).toEqual({
      ok: false,
      refusal: { code: 'VALIDATION_FAILED', errors },
    });
  });

  it('refuses more seats than the policy allows before it checks their numbers', () => {
    const refusal = { code: 'TOO_MANY_SEATS', maxSeatsPerReservation: 3 };
    expect(chooseSeats([1, 1, 99, 4], 50, policy)).toEqual({ ok: false, refusal });
  });
});

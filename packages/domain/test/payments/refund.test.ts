import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfirmedReservation, Reservation } from '../../src/booking/reservation.ts';
import { refundSeats } from '../../src/payments/refund.ts';
import { CONFIRMED } from '../booking/confirmed-reservation.ts';

const PRICES = new Map([
  [3, 100],
  [5, 250],
  [8, 0],
]);
const PART: ConfirmedReservation = { ...CONFIRMED, refundedSeats: [5], refundedAmount: 250 };
const TERMS = { prices: PRICES, refundUntil: 10, checkedInSeats: [], now: 9 };

const refundOf = (reservation: Reservation, seats: readonly number[] | null, terms = {}) =>
  refundSeats(reservation, seats, { ...TERMS, ...terms });

describe('a refund', () => {
  it('of some seats pays their prices back and leaves the reservation CONFIRMED', () => {
    const reservation = { ...CONFIRMED, refundedSeats: [5, 8], refundedAmount: 250 };
    expect(refundOf(CONFIRMED, [8, 5])).toEqual({
      ok: true,
      value: { seatNumbers: [5, 8], amount: 250, reservation },
    });
  });

  it.each([
    ['all seats', CONFIRMED, null, [3, 5, 8], 350],
    ['each seat by its number', CONFIRMED, [8, 3, 5], [3, 5, 8], 350],
    ['what is left', PART, null, [3, 8], 100],
  ])('of %s leaves the reservation REFUNDED', (_, reservation, seats, seatNumbers, amount) => {
    const refunded = refundOf(reservation, seats);
    expect(refunded).toMatchObject({ ok: true, value: { seatNumbers, amount } });
    expect(refunded).toMatchObject({
      value: { reservation: { status: 'REFUNDED', refundedSeats: [3, 5, 8], refundedAmount: 350 } },
    });
  });

  it('of a reservation that was given away pays nothing back', () => {
    expect(refundOf({ ...CONFIRMED, totalAmount: 0 }, [5])).toMatchObject({ value: { amount: 0 } });
    expect(refundOf({ ...CONFIRMED, totalAmount: 0 }, null)).toMatchObject({ value: { amount: 0 } });
  });

  it.each<[string, Reservation]>([
    ['HELD', { ...CONFIRMED, status: 'HELD' }],
    ['EXPIRED', { ...CONFIRMED, status: 'EXPIRED' }],
    ['CANCELLED', { ...CONFIRMED, status: 'CANCELLED' }],
    ['REFUNDED', { ...CONFIRMED, status: 'REFUNDED' }],
  ])('is refused while the reservation is %s', (status, reservation) => {
    const refusal = { code: 'RESERVATION_NOT_CONFIRMED', status };
    expect(refundOf(reservation, null, { now: 99 })).toEqual({ ok: false, refusal });
  });

  it('is possible until the millisecond before `refundUntil`, and without it for ever', () => {
    expect(refundOf(CONFIRMED, [7], { now: 10 })).toEqual({
      ok: false,
      refusal: { code: 'REFUND_CLOSED', refundUntil: 10 },
    });
    expect(refundOf(CONFIRMED, null, { refundUntil: null, now: 1e15 })).toMatchObject({ ok: true });
  });

  it.each([
    ['no seat', [], ['/seatNumbers']],
    ['a seat of another reservation', [3, 4], ['/seatNumbers/1']],
    ['a seat twice', [3, 3], ['/seatNumbers/1']],
  ])('is refused for %s', (_, seats, pointers) => {
    const refunded = refundOf(CONFIRMED, seats);
    expect(refunded).toMatchObject({
      ok: false,
      refusal: { code: 'VALIDATION_FAILED', errors: pointers.map((pointer) => ({ pointer })) },
    });
  });

  it('is refused for a seat that is refunded already', () => {
    expect(refundOf(PART, [3, 5])).toEqual({
      ok: false,
      refusal: { code: 'SEAT_ALREADY_REFUNDED', refundedSeats: [5] },
    });
  });

  it('is refused for a seat that is checked in, and possible for the others', () => {
    expect(refundOf(CONFIRMED, null, { checkedInSeats: [5] })).toEqual({
      ok: false,
      refusal: { code: 'SEAT_CHECKED_IN', checkedInSeats: [5] },
    });
    expect(refundOf(CONFIRMED, [3, 8], { checkedInSeats: [5] })).toMatchObject({ ok: true });
  });

  it('pays back what was paid in the end, in whatever steps', () => {
    const seats = fc.uniqueArray(fc.constantFrom(3, 5, 8), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(seats, { maxLength: 6 }), (steps) => {
        let reservation: Reservation = CONFIRMED;
        const amounts: number[] = [];
        for (const step of [...steps, null]) {
          const refunded = refundOf(reservation, step);
          if (!refunded.ok) continue;
          amounts.push(refunded.value.amount);
          reservation = refunded.value.reservation;
        }
        expect(reservation).toMatchObject({ status: 'REFUNDED', refundedAmount: 350 });
        expect(amounts.reduce((a, b) => a + b, 0)).toBe(350);
      }),
    );
  });
});

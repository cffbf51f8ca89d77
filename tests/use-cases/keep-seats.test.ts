import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

describe.each(environments)('keepSeats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const keep = (userId: string, reservationId: string, seatNumbers: readonly number[]) =>
    fixture().app.keepSeats({ userId, reservationId, seatNumbers });

  it('frees the other seats at once, and lowers the amount that is paid', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2, 3]);
    const kept = unwrap(await keep(fan.userId, reservation.id, [3, 1]));
    expect(kept).toEqual({ ...reservation, seatNumbers: [1, 3], totalAmount: 2_000 });
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(kept);
    await fixture().createHold(sale, [2]);
    await fixture().charge(fan.userId, 2_000);
    expect(unwrap(await fixture().pay(fan.userId, reservation.id)).value).toMatchObject({ amount: 2_000 });
    const statuses = [1, 2, 3].map((seat) => fixture().seatStatus(sale, seat));
    expect(await Promise.all(statuses)).toEqual(['SOLD', 'HELD', 'SOLD']);
  });

  it('changes nothing when repeated, and can give up more seats later', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2, 3]);
    expect(unwrap(await keep(fan.userId, reservation.id, [1, 2, 3]))).toEqual(reservation);
    const first = unwrap(await keep(fan.userId, reservation.id, [2, 3]));
    expect(unwrap(await keep(fan.userId, reservation.id, [2, 3]))).toEqual(first);
    expect(unwrap(await keep(fan.userId, reservation.id, [3])).totalAmount).toBe(1_000);
    unwrap(await fixture().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    await fixture().createHold(sale, [1, 2, 3]);
  });

  it('refuses no seats, seats of others and a seat twice, and changes nothing', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const pointersOf = async (seatNumbers: readonly number[]) => {
      const result = await keep(fan.userId, reservation.id, seatNumbers);
      expect(result).toMatchObject({ refusal: { code: 'VALIDATION_FAILED' } });
      return !result.ok && 'errors' in result.refusal ? result.refusal.errors.map((e) => e.pointer) : [];
    };
    expect(await pointersOf([])).toEqual(['/seatNumbers']);
    expect(await pointersOf([1, 3])).toEqual(['/seatNumbers/1']);
    expect(await pointersOf([2, 2])).toEqual(['/seatNumbers/1']);
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(reservation);
  });

  it('needs a live hold of the caller', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const notFound = refused('NOT_FOUND', { what: 'reservation' });
    expect(await keep(fixture().newUser(), reservation.id, [1])).toEqual(notFound);
    await fixture().advance(350);
    expect(await keep(fan.userId, reservation.id, [1])).toMatchObject({ refusal: { code: 'HOLD_EXPIRED' } });
    const next = await fixture().createHold(sale, [3, 4]);
    const own = { userId: next.fan.userId, reservationId: next.reservation.id };
    unwrap(await fixture().app.cancelReservation(own));
    const cancelled = refused('RESERVATION_NOT_HELD', { status: 'CANCELLED' });
    expect(await keep(own.userId, own.reservationId, [3])).toEqual(cancelled);
  });
});

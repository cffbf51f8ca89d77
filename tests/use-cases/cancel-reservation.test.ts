import { describe, expect, it } from 'vitest';
import { granted, refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('cancelReservation ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  it('releases a hold at once, and the session goes on', async () => {
    const sale = await stage().openSale();
    const { fan, reservation } = await stage().held(sale, [1, 2]);
    granted(await stage().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    expect(await stage().reservationStatus(reservation.id)).toBe('CANCELLED');
    expect([await stage().seatStatus(sale, 1), await stage().seatStatus(sale, 2)]).toEqual([
      'AVAILABLE',
      'AVAILABLE',
    ]);
    await stage().held(sale, [2, 3], fan);
  });

  it('changes nothing when repeated, also when the seat is another by then', async () => {
    const sale = await stage().openSale();
    const { fan, reservation } = await stage().held(sale, [1]);
    const command = { userId: fan.userId, reservationId: reservation.id };
    granted(await stage().app.cancelReservation(command));
    const next = await stage().held(sale, [1]);
    granted(await stage().app.cancelReservation(command));
    expect(await stage().seatStatus(sale, 1)).toBe('HELD');
    expect(await stage().reservationStatus(next.reservation.id)).toBe('HELD');
  });

  it('leaves a lapsed hold EXPIRED', async () => {
    const sale = await stage().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    await stage().advance(350);
    granted(await stage().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    expect(await stage().reservationStatus(reservation.id)).toBe('EXPIRED');
    await stage().held(sale, [2], fan);
  });

  it('refuses what is paid', async () => {
    const sale = await stage().openSale();
    const { fan, reservation } = await stage().held(sale, [1]);
    await stage().charge(fan.userId, 1_000);
    granted(await stage().pay(fan.userId, reservation.id));
    const refusal = await stage().app.cancelReservation({
      userId: fan.userId,
      reservationId: reservation.id,
    });
    expect(refusal).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CONFIRMED' }));
    expect(await stage().seatStatus(sale, 1)).toBe('SOLD');
  });

  it("refuses what is unknown, and another user's as if it were", async () => {
    const sale = await stage().openSale();
    const { fan, reservation } = await stage().held(sale, [1]);
    for (const command of [
      { userId: stage().newUser(), reservationId: reservation.id },
      { userId: fan.userId, reservationId: stage().ports.ids.next() },
    ])
      expect(await stage().app.cancelReservation(command)).toEqual(
        refused('NOT_FOUND', { what: 'reservation' }),
      );
    expect(await stage().reservationStatus(reservation.id)).toBe('HELD');
  });
});

import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('cancelReservation ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('releases the seats of a hold, and the session goes on', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    unwrap(await fixture().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    expect(await fixture().reservationStatus(reservation.id)).toBe('CANCELLED');
    expect([await fixture().seatStatus(sale, 1), await fixture().seatStatus(sale, 2)]).toEqual([
      'AVAILABLE',
      'AVAILABLE',
    ]);
    await fixture().createHold(sale, [2, 3], fan);
  });

  it('changes nothing when repeated, also when another fan holds the seat', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const command = { userId: fan.userId, reservationId: reservation.id };
    unwrap(await fixture().app.cancelReservation(command));
    const next = await fixture().createHold(sale, [1]);
    unwrap(await fixture().app.cancelReservation(command));
    expect(await fixture().seatStatus(sale, 1)).toBe('HELD');
    expect(await fixture().reservationStatus(next.reservation.id)).toBe('HELD');
  });

  it('leaves a lapsed hold EXPIRED', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().advance(350);
    unwrap(await fixture().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    expect(await fixture().reservationStatus(reservation.id)).toBe('EXPIRED');
    await fixture().createHold(sale, [2], fan);
  });

  it('refuses a paid reservation', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    const refusal = await fixture().app.cancelReservation({
      userId: fan.userId,
      reservationId: reservation.id,
    });
    expect(refusal).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CONFIRMED' }));
    expect(await fixture().seatStatus(sale, 1)).toBe('SOLD');
  });

  it("refuses an unknown reservation and another user's alike", async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    for (const command of [
      { userId: fixture().newUser(), reservationId: reservation.id },
      { userId: fan.userId, reservationId: fixture().ports.ids.next() },
    ])
      expect(await fixture().app.cancelReservation(command)).toEqual(
        refused('NOT_FOUND', { what: 'reservation' }),
      );
    expect(await fixture().reservationStatus(reservation.id)).toBe('HELD');
  });
});

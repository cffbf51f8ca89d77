import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('extendHold ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const extend = (userId: string, reservationId: string, request = fixture().newRequest(userId)) =>
    fixture().app.extendHold({ userId, reservationId, request });

  it('restarts the time of a live hold, on the reservation and on its seats', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 60_000 } });
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    await fixture().advance(20);
    const { value: extended } = unwrap(await extend(fan.userId, reservation.id));
    expect(extended.holdExpiresAt).toBeGreaterThanOrEqual(reservation.holdExpiresAt + 20);
    expect(extended).toEqual({ ...reservation, holdExpiresAt: extended.holdExpiresAt, extensions: 1 });
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(extended);
    const { holdExpiresAt } = extended;
    const seats = (await fixture().ports.seatReads.list(sale.event.id, [])).seats.slice(0, 2);
    expect(seats).toMatchObject([{ holdExpiresAt }, { holdExpiresAt }]);
  });

  it('keeps the hold beyond its first expiry', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 3_000 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { ttlMs: 60_000 },
    });
    unwrap(await extend(fan.userId, reservation.id));
    await fixture().advance(3_050);
    expect([await fixture().reservationStatus(reservation.id), await fixture().seatStatus(sale, 1)]).toEqual([
      'HELD',
      'HELD',
    ]);
  });

  it('applies the current limit of extensions', async () => {
    const sale = await fixture().openSale({ hold: { maxExtensions: 1 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    unwrap(await extend(fan.userId, reservation.id));
    const over = await extend(fan.userId, reservation.id);
    expect(over).toEqual(refused('EXTENSION_LIMIT_EXCEEDED', { maxExtensions: 1 }));
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { maxExtensions: 2 },
    });
    expect(unwrap(await extend(fan.userId, reservation.id)).value.extensions).toBe(2);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { maxExtensions: 0 },
    });
    const none = await extend(fan.userId, reservation.id);
    expect(none).toEqual(refused('EXTENSION_LIMIT_EXCEEDED', { maxExtensions: 0 }));
  });

  it('needs no session', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().app.leaveQueue(fan.ticket);
    expect(unwrap(await extend(fan.userId, reservation.id)).value.extensions).toBe(1);
  });

  it('refuses a lapsed hold, before and after the sweep', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().advance(350);
    const lapsed = refused('HOLD_EXPIRED', { holdExpiresAt: reservation.holdExpiresAt });
    expect(await extend(fan.userId, reservation.id)).toEqual(lapsed);
    await fixture().app.sweepHolds();
    expect(await extend(fan.userId, reservation.id)).toEqual(lapsed);
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
  });

  it("refuses a cancelled, an unknown and another user's reservation", async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const unknown = refused('NOT_FOUND', { what: 'reservation' });
    expect(await extend(fixture().newUser(), reservation.id)).toEqual(unknown);
    expect(await extend(fan.userId, fixture().ports.ids.next())).toEqual(unknown);
    unwrap(await fixture().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    const cancelled = await extend(fan.userId, reservation.id);
    expect(cancelled).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CANCELLED' }));
  });

  it('extends once for a repeated request', async () => {
    const sale = await fixture().openSale({ hold: { maxExtensions: 5 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const request = fixture().newRequest(fan.userId);
    const first = unwrap(await extend(fan.userId, reservation.id, request));
    expect(unwrap(await extend(fan.userId, reservation.id, request))).toEqual({ ...first, replayed: true });
    const reused = await extend(fan.userId, reservation.id, { ...request, fingerprint: 'another' });
    expect(reused).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
  });
});

import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { appWithFailingRoomEnd, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('holdSeats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('holds the seats for the time of the policy, at the sum of their prices', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 60_000 }, event: { price: 1_500 } });
    const fan = await fixture().join(sale);
    const { value: reservation, replayed } = unwrap(await fixture().hold(fan, sale, [3, 1]));
    expect(replayed).toBe(false);
    expect(reservation).toEqual({
      status: 'HELD',
      id: expect.any(String) as string,
      userId: fan.userId,
      concertId: sale.concertId,
      eventId: sale.event.id,
      seatNumbers: [1, 3],
      totalAmount: 3_000,
      sequence: fan.ticket.sequence,
      createdAt: reservation.holdExpiresAt - 60_000,
      holdExpiresAt: reservation.holdExpiresAt,
      extensions: 0,
    });
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(reservation);
    expect([await fixture().seatStatus(sale, 1), await fixture().seatStatus(sale, 2)]).toEqual([
      'HELD',
      'AVAILABLE',
    ]);
  });

  it('names the unavailable seats in its refusal, and holds none of the others', async () => {
    const sale = await fixture().openSale();
    await fixture().createHold(sale, [2, 3]);
    const late = await fixture().join(sale);
    const taken = refused('SEAT_UNAVAILABLE', { unavailableSeats: [2, 3] });
    expect(await fixture().hold(late, sale, [1, 3, 2])).toEqual(taken);
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
    const page = { limit: 10, cursor: null };
    expect((await fixture().app.listReservations(late.userId, page)).items).toEqual([]);
    await fixture().createHold(sale, [1, 4], late);
  });

  it('gives a seat to exactly one of many fans', async () => {
    const sale = await fixture().openSale();
    const fans = await Promise.all(Array.from({ length: 10 }, () => fixture().join(sale)));
    const outcomes = await Promise.all(fans.map((fan) => fixture().hold(fan, sale, [5])));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const refusal = { code: 'SEAT_UNAVAILABLE', unavailableSeats: [5] };
    expect(outcomes.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 9 }, () => ({ ok: false, refusal })),
    );
  });

  it('lets other fans and the same fan hold the seats of a lapsed hold before the sweep', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    await fixture().advance(350);
    const next = await fixture().createHold(sale, [1]);
    const again = await fixture().createHold(sale, [2], fan);
    expect(await fixture().reservationStatus(reservation.id)).toBe('EXPIRED');
    expect([next.reservation.status, again.reservation.status]).toEqual(['HELD', 'HELD']);
  });

  it('allows a user one live hold in a concert, whatever its dates', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const other = { ...sale, event: await fixture().addDate(sale, {}) };
    const limited = refused('HOLD_LIMIT_EXCEEDED', { reservationId: reservation.id });
    expect(await fixture().hold(fan, sale, [2])).toEqual(limited);
    expect(await fixture().hold(fan, other, [2])).toEqual(limited);
    expect(await fixture().seatStatus(sale, 2)).toBe('AVAILABLE');
  });

  it('names the live hold of the user, and not its seats or those of others, in its refusal', async () => {
    const sale = await fixture().openSale();
    await fixture().createHold(sale, [3]);
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const limited = refused('HOLD_LIMIT_EXCEEDED', { reservationId: reservation.id });
    for (const seats of [[1], [2, 1], [2, 3], [3]])
      expect(await fixture().hold(fan, sale, seats)).toEqual(limited);
    const another = await fixture().hold(await fixture().join(sale), sale, [1]);
    expect(another).toEqual(refused('SEAT_UNAVAILABLE', { unavailableSeats: [1] }));
  });

  it('names the one hold that simultaneous requests of a user for the same seats have made', async () => {
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => fixture().hold(fan, sale, [1, 2])));
    const [held] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.value.id] : []));
    const limited = refused('HOLD_LIMIT_EXCEEDED', { reservationId: held });
    expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 7 }, () => limited));
  });

  it('refuses an unknown event', async () => {
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const unknown = { ...sale, event: { ...sale.event, id: fixture().ports.ids.next() } };
    expect(await fixture().hold(fan, unknown, [1])).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('refuses the ticket of another concert', async () => {
    const [sale, other] = [await fixture().openSale(), await fixture().openSale()];
    expect(await fixture().hold(await fixture().join(other), sale, [1])).toEqual(
      refused('QUEUE_TOKEN_INVALID'),
    );
  });

  it('refuses a fan who waits, has left, or whose session has expired', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1, sessionTtlMs: 3_000 } });
    const [active, waiting] = [await fixture().join(sale), await fixture().join(sale)];
    expect(await fixture().hold(waiting, sale, [1])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }),
    );
    await fixture().app.leaveQueue(waiting.ticket);
    expect(await fixture().hold(waiting, sale, [1])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }),
    );
    await fixture().advance(3_050);
    expect(await fixture().hold(active, sale, [1])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'EXPIRED' }),
    );
  });

  it('refuses the ticket of a fan who has paid, also while the waiting room shows it as ACTIVE', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 1_000);
    const { userId } = fan;
    const command = { userId, reservationId: reservation.id, request: fixture().newRequest(userId) };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    const { token } = await fixture().ports.waitingRoom.checkIn(fan.ticket);
    expect(token.status).toBe('ACTIVE');
    expect(await fixture().hold(fan, sale, [2])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }),
    );
    expect(await fixture().seatStatus(sale, 2)).toBe('AVAILABLE');
  });

  it('refuses a date outside its booking window', async () => {
    const sale = await fixture().openSale();
    const now = fixture().ports.clock.now();
    for (const window of [
      { reservationStartAt: now + HOUR_MS, reservationEndAt: now + 2 * HOUR_MS },
      { reservationStartAt: now - 2 * HOUR_MS, reservationEndAt: now - HOUR_MS },
    ]) {
      const event = await fixture().addDate(sale, window);
      const fan = await fixture().join(sale);
      expect(await fixture().hold(fan, { ...sale, event }, [1])).toEqual(
        refused('EVENT_NOT_BOOKABLE', window),
      );
    }
  });

  it('refuses too many, unknown and repeated seats', async () => {
    const sale = await fixture().openSale({ hold: { maxSeatsPerReservation: 2 } });
    const fan = await fixture().join(sale);
    const tooMany = refused('TOO_MANY_SEATS', { maxSeatsPerReservation: 2 });
    expect(await fixture().hold(fan, sale, [1, 2, 3])).toEqual(tooMany);
    expect(await fixture().hold(fan, sale, [1, 11])).toMatchObject(refused('VALIDATION_FAILED'));
    expect(await fixture().hold(fan, sale, [2, 2])).toMatchObject(refused('VALIDATION_FAILED'));
  });

  it('does not change a hold that was made under an older policy', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 60_000 } });
    const { reservation } = await fixture().createHold(sale, [1, 2]);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { ttlMs: 100, maxSeatsPerReservation: 1 },
    });
    await fixture().advance(150);
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(reservation);
    const next = await fixture().createHold(sale, [3]);
    expect(next.reservation.holdExpiresAt - next.reservation.createdAt).toBe(100);
  });
});

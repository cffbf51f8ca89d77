import { createApplication } from '@frontrow/application/application.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const MINUTE_MS = 60_000;

describe.each(environments)('the limits of a hold ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const startingIn = (ms: number) => {
    const startsAt = fixture().ports.clock.now() + ms;
    return { event: { startsAt, reservationEndAt: startsAt }, hold: { ttlMs: 5 * MINUTE_MS } };
  };

  it('ends with the start of the event, also when it is extended', async () => {
    const sale = await fixture().openSale(startingIn(MINUTE_MS));
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    expect(reservation.holdExpiresAt).toBe(sale.event.startsAt);
    const request = fixture().newRequest(fan.userId);
    const extended = await fixture().app.extendHold({
      userId: fan.userId,
      reservationId: reservation.id,
      request,
    });
    expect(unwrap(extended).value.holdExpiresAt).toBe(sale.event.startsAt);
    const { seats } = await fixture().ports.seatReads.list(sale.event.id, []);
    expect(seats.slice(0, 2)).toMatchObject([
      { holdExpiresAt: sale.event.startsAt },
      { holdExpiresAt: sale.event.startsAt },
    ]);
  });

  it('lets nobody pay once the event has started', async () => {
    const sale = await fixture().openSale(startingIn(3_000));
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 10_000);
    await fixture().advance(3_050);
    expect(await fixture().pay(fan.userId, reservation.id)).toEqual(
      refused('HOLD_EXPIRED', { holdExpiresAt: sale.event.startsAt }),
    );
  });

  it('is not extended once sales have ended', async () => {
    const now = fixture().ports.clock.now();
    const times = { reservationEndAt: now + 3_000, startsAt: now + 5 * MINUTE_MS };
    const sale = await fixture().openSale({ event: times });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().advance(3_050);
    const request = fixture().newRequest(fan.userId);
    const late = await fixture().app.extendHold({
      userId: fan.userId,
      reservationId: reservation.id,
      request,
    });
    expect(late).toMatchObject({ refusal: { code: 'EVENT_NOT_BOOKABLE' } });
    expect(await fixture().reservationStatus(reservation.id)).toBe('HELD');
  });

  it('is not made after the end of the session, however late the request reaches the database', async () => {
    const { ports } = fixture();
    const { waitingRoom } = ports;
    // A process that is stopped between its check-in and its transaction sees a session that has ended since.
    const late = createApplication({
      ...ports,
      waitingRoom: {
        ...waitingRoom,
        freshStatus: () => null,
        async checkIn(ticket) {
          const status = await waitingRoom.checkIn(ticket);
          const sessionExpiresAt = ports.clock.now() - 1;
          return { ...status, token: { ...status.token, status: 'ACTIVE', sessionExpiresAt } };
        },
      },
    });
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const request = fixture().newRequest(userId);
    const held = await late.holdSeats({ userId, ticket, eventId: sale.event.id, seatNumbers: [1], request });
    expect(held).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'EXPIRED' }));
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
  });
});

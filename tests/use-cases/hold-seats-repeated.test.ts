import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('holdSeats, repeated and refused ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('gives a repeated request its first answer, also when everything has changed since', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 3_000 }, hold: { ttlMs: 300 } });
    const { userId, ticket } = await fixture().join(sale);
    const request = fixture().newRequest(userId);
    const command = { userId, ticket, eventId: sale.event.id, seatNumbers: [1, 2], request };
    const first = unwrap(await fixture().app.holdSeats(command));
    await fixture().advance(3_050);
    await fixture().app.leaveQueue(ticket);
    await fixture().createHold(sale, [1]);
    expect(await fixture().app.holdSeats(command)).toEqual({
      ok: true,
      value: { value: first.value, replayed: true },
    });
  });

  it('holds once for concurrent repetitions of a request', async () => {
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const request = fixture().newRequest(userId);
    const command = { userId, ticket, eventId: sale.event.id, seatNumbers: [1], request };
    const answers = await Promise.all([1, 2, 3].map(() => fixture().app.holdSeats(command)));
    const values = answers.map(unwrap);
    expect(values.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(values.map(({ value }) => value.id)).size).toBe(1);
  });

  it('refuses a key that was used with another body', async () => {
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const request = fixture().newRequest(userId);
    const command = { userId, ticket, eventId: sale.event.id, seatNumbers: [1], request };
    unwrap(await fixture().app.holdSeats(command));
    const other = { ...command, seatNumbers: [2], request: { ...request, fingerprint: 'another body' } };
    expect(await fixture().app.holdSeats(other)).toEqual({
      ok: false,
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('evaluates a request again after its refusal', async () => {
    const sale = await fixture().openSale();
    const rival = await fixture().createHold(sale, [1]);
    const { userId, ticket } = await fixture().join(sale);
    const command = {
      userId,
      ticket,
      eventId: sale.event.id,
      seatNumbers: [1],
      request: fixture().newRequest(userId),
    };
    expect(await fixture().app.holdSeats(command)).toMatchObject({ refusal: { code: 'SEAT_UNAVAILABLE' } });
    unwrap(
      await fixture().app.cancelReservation({
        userId: rival.fan.userId,
        reservationId: rival.reservation.id,
      }),
    );
    expect(unwrap(await fixture().app.holdSeats(command)).replayed).toBe(false);
  });

  it('does not mix up equal keys of different users', async () => {
    const sale = await fixture().openSale();
    const [one, other] = [await fixture().join(sale), await fixture().join(sale)];
    const request = fixture().newRequest(one.userId);
    const facts = { eventId: sale.event.id, request };
    unwrap(await fixture().app.holdSeats({ ...one, ...facts, seatNumbers: [1] }));
    const second = { ...other, ...facts, seatNumbers: [2], request: { ...request, userId: other.userId } };
    expect(unwrap(await fixture().app.holdSeats(second)).replayed).toBe(false);
  });

  it("checks in this order: the key, the event, the ticket's concert, its state, the booking rules", async () => {
    const sale = await fixture().openSale({
      admission: { maxActive: 1 },
      hold: { maxSeatsPerReservation: 2 },
    });
    const elsewhere = await fixture().openSale({ admission: { state: 'PAUSED' } });
    const now = fixture().ports.clock.now();
    const opensLater = { reservationStartAt: now + HOUR_MS, reservationEndAt: now + 2 * HOUR_MS };
    const closed = await fixture().addDate(sale, opensLater);
    const { fan: active, reservation } = await fixture().createHold(sale, [1]);
    const [waiting, stranger] = [await fixture().join(sale), await fixture().join(elsewhere)];
    const used = fixture().newRequest(active.userId);
    unwrap(
      await fixture().app.extendHold({ userId: active.userId, reservationId: reservation.id, request: used }),
    );

    const unknown = fixture().ports.ids.next();
    const TOO_MANY = [1, 1, 99];
    const cases = [
      [{ ...stranger, eventId: closed.id, request: { ...used, fingerprint: 'x' } }, 'IDEMPOTENCY_KEY_REUSED'],
      [{ ...stranger, eventId: unknown }, 'NOT_FOUND'],
      [{ ...stranger, eventId: closed.id }, 'QUEUE_TOKEN_INVALID'],
      [{ ...waiting, eventId: closed.id }, 'QUEUE_TOKEN_NOT_ACTIVE'],
      [{ ...active, eventId: closed.id }, 'EVENT_NOT_BOOKABLE'],
      [{ ...active, eventId: sale.event.id }, 'TOO_MANY_SEATS'],
    ] as const;
    for (const [facts, code] of cases) {
      const command = { request: fixture().newRequest(facts.userId), seatNumbers: TOO_MANY, ...facts };
      expect(await fixture().app.holdSeats(command)).toMatchObject({ ok: false, refusal: { code } });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

describe.each(environments)('a key that comes with two requests ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('charges one wallet when a service sends one key for two', async () => {
    const { app } = fixture();
    const [service, ...users] = Array.from({ length: 3 }, () => fixture().newUser());
    const request = fixture().newRequest(service!);
    const outcomes = await Promise.all(
      users.map((userId) =>
        app.chargeWallet({ userId, amount: 1, request: { ...request, fingerprint: userId } }),
      ),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? 'OK' : outcome.refusal.code))).toEqual([
      'OK',
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('is refused for another body before its date is looked for', async () => {
    const { app, ports } = fixture();
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const request = fixture().newRequest(fan.userId);
    unwrap(await app.extendHold({ userId: fan.userId, reservationId: reservation.id, request }));
    const hold = { ...fan, eventId: ports.ids.next(), seatNumbers: [2] };
    expect(await app.holdSeats({ ...hold, request: { ...request, fingerprint: 'x' } })).toMatchObject({
      ok: false,
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });
});

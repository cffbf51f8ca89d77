import { describe, expect, it } from 'vitest';
import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { type FanWithTicket, useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const HOUR_MS = 3_600_000;

describe.each(environments)('hoarding ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const release = async (userId: string, reservationId: string) =>
    unwrap(await fixture().app.cancelReservation({ userId, reservationId }));
  const extend = (userId: string, reservationId: string) =>
    fixture().app.extendHold({ userId, reservationId, request: fixture().newRequest(userId) });
  async function holdAndRelease(sale: ConcertOnSale, fan: FanWithTicket) {
    const { reservation } = await fixture().createHold(sale, [1], fan);
    await release(fan.userId, reservation.id);
    return reservation;
  }
  async function buy(sale: ConcertOnSale, userId: string, seats: readonly number[]) {
    const { reservation } = await fixture().createHold(sale, seats, await fixture().join(sale, userId));
    await fixture().charge(userId, 10_000);
    unwrap(await fixture().pay(userId, reservation.id));
    // Nobody is admitted after a payment before the seats are counted.
    await fixture().app.countInventory();
  }

  it('cools down after five unpaid holds within an hour, unless the policy says otherwise', async () => {
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const [first] = [await holdAndRelease(sale, fan)];
    for (let holds = 2; holds <= 5; holds += 1) await holdAndRelease(sale, fan);
    const cooling = await fixture().hold(fan, sale, [1]);
    expect(cooling).toMatchObject(refused('HOLDS_COOLING_DOWN', { coolsDownAt: first.createdAt + HOUR_MS }));
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
    await fixture().createHold(sale, [1]);
    const elsewhere = await fixture().openSale();
    await fixture().createHold(elsewhere, [1], await fixture().join(elsewhere, fan.userId));
    const { concertId } = sale;
    unwrap(
      await fixture().app.changePolicy({
        by: BY_STAFF,
        concertId,
        admission: {},
        hold: { unpaidHoldsMax: null },
      }),
    );
    await fixture().createHold(sale, [2], fan);
  });

  it('counts lapsed holds, swept or not, and lets the next begin after the cool-down', async () => {
    const hold = { ttlMs: 150, unpaidHoldsMax: 2, coolDownMs: 2_000 };
    const sale = await fixture().openSale({ hold });
    const fan = await fixture().join(sale);
    for (let holds = 1; holds <= 2; holds += 1) {
      await fixture().createHold(sale, [1], fan);
      await fixture().advance(200);
    }
    await fixture().app.sweepHolds();
    const cooling = await fixture().hold(fan, sale, [1]);
    expect(cooling).toMatchObject(refused('HOLDS_COOLING_DOWN'));
    await fixture().advance(2_000);
    await fixture().createHold(sale, [1], fan);
  });

  it('does not count holds that were paid', async () => {
    const sale = await fixture().openSale({ hold: { unpaidHoldsMax: 1 } });
    const userId = fixture().newUser();
    for (const seat of [1, 2, 3]) await buy(sale, userId, [seat]);
    expect(await fixture().seatStatus(sale, 3)).toBe('SOLD');
  });

  it('renews no extension by releasing and holding again', async () => {
    const sale = await fixture().openSale({ hold: { maxExtensions: 1, coolDownMs: 2_000 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    unwrap(await extend(fan.userId, reservation.id));
    await release(fan.userId, reservation.id);
    const { reservation: again } = await fixture().createHold(sale, [1], fan);
    const refusal = refused('EXTENSION_LIMIT_EXCEEDED', { maxExtensions: 1 });
    expect(await extend(fan.userId, again.id)).toEqual(refusal);
    await fixture().advance(2_050);
    expect(unwrap(await extend(fan.userId, again.id)).value.extensions).toBe(1);
  });

  it('limits the seats that a user buys in a concert, over all its dates', async () => {
    const sale = await fixture().openSale({ hold: { seatsPerUserMax: 3 } });
    const other = { ...sale, event: await fixture().addDate(sale, {}) };
    const userId = fixture().newUser();
    await buy(sale, userId, [1, 2]);
    const fan = await fixture().join(sale, userId);
    const limited = refused('SEAT_LIMIT_EXCEEDED', { seatsPerUserMax: 3, seatsBought: 2 });
    expect(await fixture().hold(fan, other, [1, 2])).toEqual(limited);
    expect(await fixture().seatStatus(other, 1)).toBe('AVAILABLE');
    await buy(other, userId, [1]);
    const again = await fixture().join(sale, userId);
    expect(await fixture().hold(again, sale, [5])).toMatchObject(refused('SEAT_LIMIT_EXCEEDED'));
    await fixture().createHold(sale, [5]);
    const single = await fixture().openSale({ hold: { seatsPerUserMax: 1 } });
    const tooMany = refused('SEAT_LIMIT_EXCEEDED', { seatsPerUserMax: 1, seatsBought: 0 });
    expect(await fixture().hold(await fixture().join(single), single, [1, 2])).toEqual(tooMany);
  });
});

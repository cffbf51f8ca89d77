import { confirm } from '@frontrow/domain/booking/reservation.ts';
import { describe, expect, it } from 'vitest';
import { type ConcertOnSale } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 10, cursor: null };

describe.each(environments)('payReservation ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** A fan with a live hold of the seats and a charged wallet. */
  async function createPayableHold(sale: ConcertOnSale, seatNumbers: readonly number[], money = 10_000) {
    const { fan, reservation } = await fixture().createHold(sale, seatNumbers);
    if (money > 0) await fixture().charge(fan.userId, money);
    const { userId } = fan;
    return { fan, reservation, own: { userId, reservationId: reservation.id } };
  }
  const balanceOf = async (userId: string) => (await fixture().app.getWallet(userId)).balance;

  it('takes the money, sells the seats and ends the place', async () => {
    const sale = await fixture().openSale({ event: { price: 1_500 } });
    const { fan, reservation, own } = await createPayableHold(sale, [1, 2]);
    const { value: payment, replayed } = unwrap(await fixture().pay(fan.userId, reservation.id));
    expect(replayed).toBe(false);
    expect(payment).toEqual({
      id: expect.any(String) as string,
      reservationId: reservation.id,
      userId: fan.userId,
      amount: 3_000,
      balanceAfter: 7_000,
      paidAt: expect.any(Number) as number,
    });
    const confirmed = confirm(reservation, payment.id);
    expect(await fixture().app.getReservation(own)).toEqual({ ok: true, value: confirmed });
    const found = await fixture().app.getPayment({ userId: fan.userId, paymentId: payment.id });
    const recorded = { ...payment, refundedAmount: 0 };
    expect(found).toEqual({ ok: true, value: recorded });
    expect((await fixture().app.listPayments(fan.userId, PAGE)).items).toEqual([recorded]);
    expect(await balanceOf(fan.userId)).toBe(7_000);
    const { items } = await fixture().app.listWalletEntries(fan.userId, PAGE);
    expect(items[0]).toMatchObject({
      kind: 'PAYMENT',
      amount: -3_000,
      balanceAfter: 7_000,
      paymentId: payment.id,
    });
    expect([await fixture().seatStatus(sale, 1), await fixture().seatStatus(sale, 2)]).toEqual([
      'SOLD',
      'SOLD',
    ]);
    expect((await fixture().app.getQueueStatus(fan.ticket)).status).toBe('COMPLETED');
  });

  it('needs a live hold and no live session', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 3_000 } });
    const { fan, own } = await createPayableHold(sale, [1]);
    await fixture().advance(3_050);
    expect((await fixture().app.getQueueStatus(fan.ticket)).status).toBe('EXPIRED');
    unwrap(await fixture().pay(fan.userId, own.reservationId));
    expect(await fixture().reservationStatus(own.reservationId)).toBe('CONFIRMED');
  });

  it('accepts the payment of a fan who has left the queue', async () => {
    const sale = await fixture().openSale();
    const { fan, own } = await createPayableHold(sale, [1]);
    await fixture().app.leaveQueue(fan.ticket);
    expect(await fixture().pay(fan.userId, own.reservationId)).toMatchObject({ ok: true });
    expect(await fixture().seatStatus(sale, 1)).toBe('SOLD');
  });

  it('refuses a lapsed hold, before and after the sweep, also when another fan holds the seat', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation, own } = await createPayableHold(sale, [1]);
    await fixture().advance(350);
    const lapsed = refused('HOLD_EXPIRED', { holdExpiresAt: reservation.holdExpiresAt });
    expect(await fixture().pay(fan.userId, own.reservationId)).toEqual(lapsed);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { ttlMs: 60_000 },
    });
    const next = await fixture().createHold(sale, [1]);
    expect(await fixture().pay(fan.userId, own.reservationId)).toEqual(lapsed);
    await fixture().app.sweepHolds();
    expect(await fixture().pay(fan.userId, own.reservationId)).toEqual(lapsed);
    const [seat] = (await fixture().ports.seatReads.list(sale.event.id, [])).seats;
    expect(seat).toMatchObject({ status: 'HELD', reservationId: next.reservation.id });
    expect(await balanceOf(fan.userId)).toBe(10_000);
  });

  it('refuses a paid and a cancelled reservation', async () => {
    const sale = await fixture().openSale();
    const [paid, cancelled] = [await createPayableHold(sale, [1]), await createPayableHold(sale, [2])];
    unwrap(await fixture().pay(paid.fan.userId, paid.reservation.id));
    const again = await fixture().pay(paid.fan.userId, paid.reservation.id);
    expect(again).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CONFIRMED' }));
    unwrap(await fixture().app.cancelReservation(cancelled.own));
    const late = await fixture().pay(cancelled.fan.userId, cancelled.reservation.id);
    expect(late).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CANCELLED' }));
    expect([await balanceOf(paid.fan.userId), await balanceOf(cancelled.fan.userId)]).toEqual([
      9_000, 10_000,
    ]);
  });

  it("refuses an unknown reservation and another user's alike", async () => {
    const { reservation } = await createPayableHold(await fixture().openSale(), [1]);
    const stranger = fixture().newUser();
    await fixture().charge(stranger, 10_000);
    const unknown = refused('NOT_FOUND', { what: 'reservation' });
    expect(await fixture().pay(stranger, reservation.id)).toEqual(unknown);
    expect(await fixture().pay(stranger, fixture().ports.ids.next())).toEqual(unknown);
    expect(await balanceOf(stranger)).toBe(10_000);
  });

  it('refuses a wallet that lacks one won, and accepts the same request after a charge', async () => {
    const sale = await fixture().openSale();
    const { fan, own, reservation } = await createPayableHold(sale, [1, 2], 1_999);
    const request = fixture().newRequest(fan.userId);
    const insufficient = refused('INSUFFICIENT_BALANCE', { balance: 1_999, amount: 2_000 });
    expect(await fixture().app.payReservation({ ...own, request })).toEqual(insufficient);
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual(reservation);
    expect((await fixture().app.getQueueStatus(fan.ticket)).status).toBe('ACTIVE');
    await fixture().charge(fan.userId, 1);
    expect(unwrap(await fixture().app.payReservation({ ...own, request }))).toMatchObject({
      replayed: false,
    });
    expect(await balanceOf(fan.userId)).toBe(0);
  });

  it('gives a repeated request its first answer, and refuses its key with another body', async () => {
    const { fan, own } = await createPayableHold(await fixture().openSale(), [1]);
    const request = fixture().newRequest(fan.userId);
    const first = unwrap(await fixture().app.payReservation({ ...own, request }));
    const again = unwrap(await fixture().app.payReservation({ ...own, request }));
    expect(again).toEqual({ value: first.value, replayed: true });
    const other = { ...own, request: { ...request, fingerprint: 'another body' } };
    expect(await fixture().app.payReservation(other)).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect(await balanceOf(fan.userId)).toBe(9_000);
  });

  it('charges once for concurrent requests, with one key or several', async () => {
    const sale = await fixture().openSale();
    const [one, many] = [await createPayableHold(sale, [1]), await createPayableHold(sale, [2])];
    const request = fixture().newRequest(one.fan.userId);
    const same = await Promise.all(
      [1, 2, 3].map(() => fixture().app.payReservation({ ...one.own, request })),
    );
    expect(new Set(same.map((answer) => unwrap(answer).value.id)).size).toBe(1);
    const different = await Promise.all(
      [1, 2, 3].map(() => fixture().pay(many.fan.userId, many.reservation.id)),
    );
    expect(different.filter(({ ok }) => ok)).toHaveLength(1);
    expect([await balanceOf(one.fan.userId), await balanceOf(many.fan.userId)]).toEqual([9_000, 9_000]);
  });
});

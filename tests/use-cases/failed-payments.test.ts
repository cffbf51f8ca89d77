import { createApplication } from '@frontrow/application/application.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { environments, openMemoryEnvironment } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 10, cursor: null };

describe.each(environments)('failed payments ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const paymentsOf = async (userId: string) => (await fixture().app.listPayments(userId, PAGE)).items;

  it('record a refused payment with its code, and nothing else changes', async () => {
    const sale = await fixture().openSale({ event: { price: 1_500 } });
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const { userId } = fan;
    await fixture().charge(userId, 2_999);
    const seen = async () => ({
      wallet: await fixture().app.getWallet(userId),
      entries: await fixture().app.listWalletEntries(userId, PAGE),
      reservation: await fixture().ports.reservationReads.find(reservation.id),
      seat: await fixture().seatStatus(sale, 1),
    });
    const before = await seen();
    const refusal = await fixture().pay(userId, reservation.id);
    expect(refusal).toEqual(refused('INSUFFICIENT_BALANCE', { balance: 2_999, amount: 3_000 }));
    expect(await seen()).toEqual(before);
    const [failed] = await paymentsOf(userId);
    expect(failed).toEqual({
      id: expect.any(String) as string,
      reservationId: reservation.id,
      userId,
      amount: 3_000,
      failureCode: 'INSUFFICIENT_BALANCE',
      failedAt: expect.any(Number) as number,
    });
    expect(await fixture().app.getPayment({ userId, paymentId: failed!.id })).toEqual({
      ok: true,
      value: failed,
    });
    const stranger = await fixture().app.getPayment({ userId: fixture().newUser(), paymentId: failed!.id });
    expect(stranger).toEqual(refused('NOT_FOUND', { what: 'payment' }));
  });

  it('stay one for each code however often a fan repeats, beside the payment that succeeds', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await Promise.all([1, 2, 3, 4].map(() => fixture().pay(fan.userId, reservation.id)));
    const [first, ...others] = await paymentsOf(fan.userId);
    expect(others).toEqual([]);
    await fixture().charge(fan.userId, 1_000);
    const { value: payment } = unwrap(await fixture().pay(fan.userId, reservation.id));
    await fixture().pay(fan.userId, reservation.id);
    expect(await paymentsOf(fan.userId)).toMatchObject([
      { reservationId: reservation.id, failureCode: 'RESERVATION_NOT_HELD' },
      { id: payment.id, refundedAmount: 0 },
      { id: first!.id, failureCode: 'INSUFFICIENT_BALANCE' },
    ]);
  });

  it('have the code of a lapsed hold and of stopped sales', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const lapsed = await fixture().createHold(sale, [1]);
    await fixture().advance(350);
    await fixture().pay(lapsed.fan.userId, lapsed.reservation.id);
    expect(await paymentsOf(lapsed.fan.userId)).toMatchObject([{ failureCode: 'HOLD_EXPIRED' }]);
    const other = await fixture().openSale();
    const stopped = await fixture().createHold(other, [1]);
    await fixture().app.changeEventSales({
      by: BY_STAFF,
      eventId: other.event.id,
      sales: { state: 'STOPPED', reason: 'A wrong price' },
    });
    await fixture().pay(stopped.fan.userId, stopped.reservation.id);
    expect(await paymentsOf(stopped.fan.userId)).toMatchObject([{ failureCode: 'SALES_STOPPED' }]);
  });

  it("are not recorded for another user's reservation, an unknown one, or a reused key", async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const stranger = fixture().newUser();
    await fixture().pay(stranger, reservation.id);
    await fixture().pay(stranger, fixture().ports.ids.next());
    expect([await paymentsOf(stranger), await paymentsOf(fan.userId)]).toEqual([[], []]);
    await fixture().charge(fan.userId, 5_000);
    const own = { userId: fan.userId, reservationId: reservation.id };
    const request = fixture().newRequest(fan.userId);
    unwrap(await fixture().app.payReservation({ ...own, request }));
    const reused = { ...request, fingerprint: 'another body' };
    expect((await fixture().app.payReservation({ ...own, request: reused })).ok).toBe(false);
    expect(await paymentsOf(fan.userId)).toHaveLength(1);
  });

  it('are refused alike where the record cannot be written', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const { ports } = fixture();
    const app = createApplication({
      ...ports,
      transact: (work, subject) =>
        ports.transact(
          (unit) => work({ ...unit, failedPayments: { record: () => Promise.reject(new Error('no disk')) } }),
          subject,
        ),
    });
    const { userId } = fan;
    const request = fixture().newRequest(userId);
    const refusal = await app.payReservation({ userId, reservationId: reservation.id, request });
    expect(refusal).toMatchObject({ ok: false, refusal: { code: 'INSUFFICIENT_BALANCE' } });
    expect(await paymentsOf(userId)).toEqual([]);
  });
});

describe('purgeRecords', () => {
  const fixture = useSaleFixture(openMemoryEnvironment);

  it('keeps a failed payment for 30 days, and then deletes it', async () => {
    const { fan, reservation } = await fixture().createHold(await fixture().openSale(), [1]);
    await fixture().pay(fan.userId, reservation.id);
    const count = async () => {
      await fixture().app.purgeRecords();
      return (await fixture().app.listPayments(fan.userId, PAGE)).items.length;
    };
    await fixture().advance(30 * 24 * HOUR_MS);
    expect(await count()).toBe(1);
    await fixture().advance(1);
    expect(await count()).toBe(0);
  });
});

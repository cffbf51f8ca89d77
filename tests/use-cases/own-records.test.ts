import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 10, cursor: null };

describe.each(environments)("a user's reservations and payments ($name)", ({ open }) => {
  const fixture = useSaleFixture(open);

  it('are shown only to their owner', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 1_000);
    const payment = unwrap(await fixture().pay(fan.userId, reservation.id)).value;
    const stranger = fixture().newUser();
    for (const userId of [fan.userId, stranger]) {
      const isOwner = userId === fan.userId;
      const own = await fixture().app.getReservation({ userId, reservationId: reservation.id });
      const paid = await fixture().app.getPayment({ userId, paymentId: payment.id });
      expect(own.ok).toBe(isOwner);
      expect(paid).toEqual(
        isOwner
          ? { ok: true, value: { ...payment, refundedAmount: 0 } }
          : refused('NOT_FOUND', { what: 'payment' }),
      );
      expect((await fixture().app.listReservations(userId, PAGE)).items).toHaveLength(isOwner ? 1 : 0);
      expect((await fixture().app.listPayments(userId, PAGE)).items).toHaveLength(isOwner ? 1 : 0);
      expect((await fixture().app.listWalletEntries(userId, PAGE)).items).toHaveLength(isOwner ? 2 : 0);
    }
  });

  it('are refused if unknown', async () => {
    const [userId, id] = [fixture().newUser(), fixture().ports.ids.next()];
    const reservation = await fixture().app.getReservation({ userId, reservationId: id });
    expect(reservation).toEqual(refused('NOT_FOUND', { what: 'reservation' }));
    expect(await fixture().app.getPayment({ userId, paymentId: id })).toEqual(
      refused('NOT_FOUND', { what: 'payment' }),
    );
  });

  it('have their dates and concerts, also those that are no longer public, each read once', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const { concertId, event } = sale;
    const archived = await fixture().app.editConcert({
      by: BY_STAFF,
      concertId,
      changes: { title: 'New title', visibility: 'ARCHIVED' },
      expected: null,
    });
    const concert = unwrap(archived);
    const { items } = await fixture().app.listReservations(fan.userId, PAGE);
    expect(items).toEqual([reservation]);
    expect(await fixture().app.findReservedEvents([...items, ...items])).toEqual(
      new Map([[event.id, { event, concert }]]),
    );
    expect(await fixture().app.findReservedEvents([])).toEqual(new Map());
  });

  it('are EXPIRED when the hold has lapsed, before and after the sweep', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().advance(350);
    const seen = async () => [
      unwrap(await fixture().app.getReservation({ userId: fan.userId, reservationId: reservation.id }))
        .status,
      (await fixture().app.listReservations(fan.userId, PAGE)).items[0]?.status,
    ];
    expect(await seen()).toEqual(['EXPIRED', 'EXPIRED']);
    await fixture().app.sweepHolds();
    expect(await seen()).toEqual(['EXPIRED', 'EXPIRED']);
  });

  it('agree: the balance is the sum of the ledger, and the paid seats are the sold ones', async () => {
    const sale = await fixture().openSale({ event: { price: 700 } });
    const userId = fixture().newUser();
    await fixture().charge(userId, 3_000);
    for (const seatNumbers of [[1, 2], [3], [4, 5]]) {
      const fan = await fixture().join(sale, userId);
      const { reservation } = await fixture().createHold(sale, seatNumbers, fan);
      await fixture().pay(userId, reservation.id);
      await fixture().app.countInventory();
    }
    const [entries, payments, reservations] = [
      (await fixture().app.listWalletEntries(userId, PAGE)).items,
      (await fixture().app.listPayments(userId, PAGE)).items.filter((payment) => 'paidAt' in payment),
      (await fixture().app.listReservations(userId, PAGE)).items,
    ];
    const { balance } = await fixture().app.getWallet(userId);
    expect(entries.reduce((total, { amount }) => total + amount, 0)).toBe(balance);
    expect(balance).toBe(3_000 - 3 * 700);
    const spent = entries.filter(({ kind }) => kind === 'PAYMENT').map(({ paymentId }) => paymentId);
    expect(spent).toEqual(payments.map(({ id }) => id));
    const confirmed = reservations.filter(({ status }) => status === 'CONFIRMED').map(({ id }) => id);
    expect(confirmed.toSorted()).toEqual(payments.map(({ reservationId }) => reservationId).toSorted());
    const sold = (await fixture().ports.seatReads.list(sale.event.id, [])).seats.filter(
      ({ status }) => status === 'SOLD',
    );
    expect(sold.map(({ number }) => number)).toEqual([1, 2, 3]);
  });
});

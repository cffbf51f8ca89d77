import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { BY_STAFF } from '../support/staff.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const PAGE = { limit: 10, cursor: null };

describe.each(environments)('refundReservation ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const balanceOf = async (userId: string) => (await fixture().app.getWallet(userId)).balance;
  const statuses = (sale: Parameters<ReturnType<typeof fixture>['seatStatus']>[0], ...seats: number[]) =>
    Promise.all(seats.map((seat) => fixture().seatStatus(sale, seat)));

  it('pays the whole reservation back, and puts its seats on sale in the same transaction', async () => {
    const sale = await fixture().openSale({ event: { price: 1_500 } });
    const { fan, reservation } = await fixture().buy(sale, [1, 2]);
    const { value: refund, replayed } = unwrap(await fixture().refund(fan.userId, reservation.id));
    expect(replayed).toBe(false);
    expect(refund).toMatchObject({
      reservationId: reservation.id,
      paymentId: reservation.paymentId,
      seatNumbers: [1, 2],
      amount: 3_000,
      balanceAfter: 3_000,
      actor: fan.userId,
      reason: null,
    });
    expect(await fixture().ports.reservationReads.find(reservation.id)).toEqual({
      ...reservation,
      status: 'REFUNDED',
      refundedSeats: [1, 2],
      refundedAmount: 3_000,
    });
    const payment = { amount: 3_000, refundedAmount: 3_000 };
    expect((await fixture().app.listPayments(fan.userId, PAGE)).items).toMatchObject([payment]);
    const { items } = await fixture().app.listWalletEntries(fan.userId, PAGE);
    const entry = { id: refund.walletEntryId, kind: 'REFUND', amount: 3_000, balanceAfter: 3_000 };
    expect(items[0]).toMatchObject({ ...entry, paymentId: reservation.paymentId });
    expect(await balanceOf(fan.userId)).toBe(3_000);
    expect(await statuses(sale, 1, 2)).toEqual(['AVAILABLE', 'AVAILABLE']);
  });

  it('pays single seats back until none is left, each once', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().buy(sale, [1, 2, 3]);
    const refund = (seats?: number[]) => fixture().refund(fan.userId, reservation.id, seats);
    expect(unwrap(await refund([2])).value).toMatchObject({ seatNumbers: [2], amount: 1_000 });
    expect(await statuses(sale, 1, 2, 3)).toEqual(['SOLD', 'AVAILABLE', 'SOLD']);
    expect(await fixture().reservationStatus(reservation.id)).toBe('CONFIRMED');
    expect(await refund([1, 2])).toEqual(refused('SEAT_ALREADY_REFUNDED', { refundedSeats: [2] }));
    expect(await balanceOf(fan.userId)).toBe(1_000);
    expect(unwrap(await refund()).value).toMatchObject({ seatNumbers: [1, 3], amount: 2_000 });
    expect(await fixture().reservationStatus(reservation.id)).toBe('REFUNDED');
    expect(await refund()).toEqual(refused('RESERVATION_NOT_CONFIRMED', { status: 'REFUNDED' }));
    expect(await balanceOf(fan.userId)).toBe(3_000);
  });

  it('lets a returned seat be bought and refunded again, by its present owner alone', async () => {
    const sale = await fixture().openSale();
    const first = await fixture().buy(sale, [1, 2]);
    unwrap(await fixture().refund(first.fan.userId, first.reservation.id, [1]));
    const second = await fixture().buy(sale, [1]);
    const again = await fixture().refund(first.fan.userId, first.reservation.id, [1]);
    expect(again).toEqual(refused('SEAT_ALREADY_REFUNDED', { refundedSeats: [1] }));
    expect(await statuses(sale, 1)).toEqual(['SOLD']);
    unwrap(await fixture().refund(first.fan.userId, first.reservation.id));
    expect(await statuses(sale, 1, 2)).toEqual(['SOLD', 'AVAILABLE']);
    unwrap(await fixture().refund(second.fan.userId, second.reservation.id));
    expect([await balanceOf(first.fan.userId), await balanceOf(second.fan.userId)]).toEqual([2_000, 1_000]);
  });

  it('closes at `refundUntil` by the clock of the database, which is the end of sales by default', async () => {
    const refundUntil = fixture().ports.clock.now() + 3_000;
    const sale = await fixture().openSale({ event: { refundUntil } });
    const { fan, reservation } = await fixture().buy(sale, [1]);
    await fixture().advance(3_050);
    const closed = refused('REFUND_CLOSED', { refundUntil });
    expect(await fixture().refund(fan.userId, reservation.id)).toEqual(closed);
    expect(await balanceOf(fan.userId)).toBe(0);
    const { event } = await fixture().openSale();
    expect(event.refundUntil).toBe(event.reservationEndAt);
  });

  it('needs a confirmed reservation of the caller, and some of its seats', async () => {
    const sale = await fixture().openSale();
    const held = await fixture().createHold(sale, [1]);
    const notConfirmed = refused('RESERVATION_NOT_CONFIRMED', { status: 'HELD' });
    expect(await fixture().refund(held.fan.userId, held.reservation.id)).toEqual(notConfirmed);
    const { fan, reservation } = await fixture().buy(sale, [2]);
    const unknown = refused('NOT_FOUND', { what: 'reservation' });
    expect(await fixture().refund(fixture().newUser(), reservation.id)).toEqual(unknown);
    expect(await fixture().refund(fan.userId, fixture().ports.ids.next())).toEqual(unknown);
    expect(await fixture().refund(fan.userId, reservation.id, [1])).toMatchObject({
      refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/seatNumbers/0' }] },
    });
    expect(await statuses(sale, 1, 2)).toEqual(['HELD', 'SOLD']);
  });

  it('gives a repeated request its first answer, and refuses its key with another body', async () => {
    const { fan, reservation } = await fixture().buy(await fixture().openSale(), [1, 2]);
    const request = fixture().newRequest(fan.userId);
    const command = { userId: fan.userId, reservationId: reservation.id, seatNumbers: [1], request };
    const first = unwrap(await fixture().app.refundReservation(command));
    const again = unwrap(await fixture().app.refundReservation(command));
    expect(again).toEqual({ value: first.value, replayed: true });
    const other = { ...command, request: { ...request, fingerprint: 'another body' } };
    expect(await fixture().app.refundReservation(other)).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect(await balanceOf(fan.userId)).toBe(1_000);
  });

  it('pays once for concurrent requests, with one key or several', async () => {
    const sale = await fixture().openSale();
    const [one, many] = [await fixture().buy(sale, [1]), await fixture().buy(sale, [2, 3])];
    const request = fixture().newRequest(one.fan.userId);
    const own = { userId: one.fan.userId, reservationId: one.reservation.id, seatNumbers: null, request };
    const same = await Promise.all([1, 2, 3].map(() => fixture().app.refundReservation(own)));
    expect(new Set(same.map((answer) => unwrap(answer).value.id)).size).toBe(1);
    const refunds = [[2], undefined, [3], [2, 3], undefined].map((seats) =>
      fixture().refund(many.fan.userId, many.reservation.id, seats),
    );
    await Promise.all(refunds);
    expect([await balanceOf(one.fan.userId), await balanceOf(many.fan.userId)]).toEqual([1_000, 2_000]);
  });

  it('is never lost to the limit of the wallet', async () => {
    const { fan, reservation } = await fixture().buy(await fixture().openSale(), [1]);
    await fixture().charge(fan.userId, MONEY_MAX);
    unwrap(await fixture().refund(fan.userId, reservation.id));
    expect(await balanceOf(fan.userId)).toBe(MONEY_MAX + 1_000);
  });

  it('does not count refunded seats in the limit of seats for a user', async () => {
    const sale = await fixture().openSale({ hold: { seatsPerUserMax: 3 } });
    const { fan, reservation } = await fixture().buy(sale, [1, 2, 3]);
    const next = await fixture().join(sale, fan.userId);
    const full = { seatsPerUserMax: 3, seatsBought: 3 };
    expect(await fixture().hold(next, sale, [4])).toEqual(refused('SEAT_LIMIT_EXCEEDED', full));
    unwrap(await fixture().refund(fan.userId, reservation.id, [2]));
    expect(await fixture().hold(next, sale, [4, 5])).toEqual(
      refused('SEAT_LIMIT_EXCEEDED', { ...full, seatsBought: 2 }),
    );
    unwrap(await fixture().hold(next, sale, [4]));
  });

  it('lets a sold-out room admit the first fan of the line, and nobody else', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 1 }, admission: { intervalMs: 100 } });
    const { fan, reservation } = await fixture().buy(sale, [1]);
    const [first, second] = [await fixture().join(sale), await fixture().join(sale)];
    const statusOf = (of: typeof first) => fixture().app.getQueueStatus(of.ticket);
    await fixture().app.countInventory();
    expect(await statusOf(first)).toMatchObject({ status: 'WAITING', room: 'SOLD_OUT', position: 1 });
    const admission = { maxActive: 1 };
    await fixture().app.changePolicy({ concertId: sale.concertId, admission, hold: {}, by: BY_STAFF });
    unwrap(await fixture().refund(fan.userId, reservation.id));
    await fixture().app.countInventory();
    await fixture().advance(150);
    await fixture().app.admitWaiting();
    await fixture().advance(300); // an answer from a snapshot is as old as this
    expect(await statusOf(first)).toMatchObject({ status: 'ACTIVE', room: 'OPEN' });
    expect(await statusOf(second)).toMatchObject({ status: 'WAITING', position: 1 });
    unwrap(await fixture().hold(first, sale, [1]));
  });
});

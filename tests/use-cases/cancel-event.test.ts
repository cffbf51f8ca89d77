import { createEndCancelledDates } from '@frontrow/application/use-cases/maintenance/end-cancelled-dates.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 10, cursor: null };
const REASON = 'The singer is ill.';
const CANCELLED = refused('EVENT_CANCELLED', { reason: REASON });

describe.each(environments)('cancelEvent ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const cancel = (eventId: string, reason = REASON) =>
    fixture().app.cancelEvent({ eventId, reason, by: BY_STAFF });
  const balanceOf = async (userId: string) => (await fixture().app.getWallet(userId)).balance;
  const progressOf = async (eventId: string) => unwrap(await fixture().app.getCancellation(eventId));

  it('refuses holds, extensions and payments of the date from then on, with the reason', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await cancel(sale.event.id));
    expect(await fixture().pay(fan.userId, reservation.id)).toEqual(CANCELLED);
    const request = fixture().newRequest(fan.userId);
    const own = { userId: fan.userId, reservationId: reservation.id, request };
    expect(await fixture().app.extendHold(own)).toEqual(CANCELLED);
    const other = await fixture().openSale();
    const next = await fixture().join(other);
    expect(await fixture().hold(next, other, [2])).toMatchObject({ ok: true });
    expect(await fixture().app.listEvents({ concertId: sale.concertId, bookable: true, page: PAGE })).toEqual(
      { ok: true, value: { items: [], nextCursor: null } },
    );
  });

  it('refunds every confirmed reservation once, whatever refundUntil says, and ends the holds', async () => {
    const refundUntil = fixture().ports.clock.now() - 1;
    const sale = await fixture().openSale({ event: { refundUntil, seatCount: 6 } });
    const bought = [await fixture().buy(sale, [1, 2]), await fixture().buy(sale, [3])];
    const held = await fixture().createHold(sale, [4]);
    const elsewhere = await fixture().buy(await fixture().openSale(), [1]);
    const started = unwrap(await cancel(sale.event.id));
    expect(started).toMatchObject({ reason: REASON, refunded: 0, remaining: 2, finishedAt: null });
    await fixture().app.endCancelledDates();
    expect(await fixture().app.endCancelledDates()).toBe(0);
    expect(await progressOf(sale.event.id)).toMatchObject({ refunded: 2, remaining: 0, finishedAt: null });
    const users = [...bought, elsewhere].map(({ fan }) => balanceOf(fan.userId));
    expect(await Promise.all(users)).toEqual([2_000, 1_000, 0]);
    const all = [...bought, held].map(({ reservation }) => fixture().reservationStatus(reservation.id));
    expect(await Promise.all(all)).toEqual(['REFUNDED', 'REFUNDED', 'CANCELLED']);
    const seats = [1, 2, 3, 4].map((seat) => fixture().seatStatus(sale, seat));
    expect(new Set(await Promise.all(seats))).toEqual(new Set(['AVAILABLE']));
  });

  it('refunds what the fan has not refunded before', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().buy(sale, [1, 2, 3]);
    unwrap(await fixture().refund(fan.userId, reservation.id, [2]));
    unwrap(await cancel(sale.event.id));
    await fixture().app.endCancelledDates();
    expect(await balanceOf(fan.userId)).toBe(3_000);
    expect(await progressOf(sale.event.id)).toMatchObject({ refunded: 1, remaining: 0 });
  });

  it('is finished after the time in which a payment that began before may still commit', async () => {
    const sale = await fixture().openSale();
    await fixture().buy(sale, [1]);
    unwrap(await cancel(sale.event.id));
    const settlesMs = 300;
    const endCancelledDates = createEndCancelledDates(fixture().ports, settlesMs);
    await fixture().advance(settlesMs + 50);
    await endCancelledDates();
    expect(await progressOf(sale.event.id)).toMatchObject({ remaining: 0, finishedAt: expect.any(Number) });
    expect(await endCancelledDates()).toBe(0);
  });

  it('refunds the others where one refund fails, and is not finished before all are refunded', async () => {
    const sale = await fixture().openSale();
    const [failing, other] = [await fixture().buy(sale, [1]), await fixture().buy(sale, [2])];
    unwrap(await cancel(sale.event.id));
    const { ports } = fixture();
    const transact: typeof ports.transact = (work, subject) =>
      ports.transact((unit) => {
        const lock: typeof unit.refunds.lock = (ids) =>
          ids.includes(failing.reservation.id)
            ? Promise.reject(new Error('a broken row'))
            : unit.refunds.lock(ids);
        return work({ ...unit, refunds: { ...unit.refunds, lock } });
      }, subject);
    const settlesMs = 300;
    await fixture().advance(settlesMs + 50);
    await expect(createEndCancelledDates({ ...ports, transact }, settlesMs)()).rejects.toThrow(
      AggregateError,
    );
    expect(await fixture().reservationStatus(other.reservation.id)).toBe('REFUNDED');
    expect(await progressOf(sale.event.id)).toMatchObject({ remaining: 1, finishedAt: null });
    expect(await createEndCancelledDates(ports, settlesMs)()).toBe(1);
    expect(await progressOf(sale.event.id)).toMatchObject({
      remaining: 0,
      finishedAt: expect.any(Number),
    });
  });

  it('changes nothing when repeated, and can neither be stopped nor resumed', async () => {
    const sale = await fixture().openSale();
    const first = unwrap(await cancel(sale.event.id));
    expect(unwrap(await cancel(sale.event.id, 'Another reason'))).toEqual(first);
    const sales = { state: 'RUNNING', reason: null } as const;
    const resumed = await fixture().app.changeEventSales({ eventId: sale.event.id, sales, by: BY_STAFF });
    expect(resumed).toEqual(CANCELLED);
    const unknown = fixture().ports.ids.next();
    expect(await cancel(unknown)).toEqual(refused('NOT_FOUND', { what: 'event' }));
    expect(await fixture().app.getCancellation(unknown)).toEqual(
      refused('NOT_FOUND', { what: 'cancellation' }),
    );
  });

  it('refunds once when several runs and the owners race', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 30 } });
    const bought = [];
    for (let seat = 1; seat <= 15; seat += 1)
      bought.push(await fixture().buy(sale, [2 * seat - 1, 2 * seat]));
    unwrap(await cancel(sale.event.id));
    await Promise.all([
      fixture().app.endCancelledDates(),
      fixture().app.endCancelledDates(),
      ...bought.map(({ fan, reservation }) =>
        fixture().refund(fan.userId, reservation.id, [reservation.seatNumbers[0]!]),
      ),
    ]);
    await fixture().app.endCancelledDates();
    const balances = bought.map(({ fan }) => balanceOf(fan.userId));
    expect(await Promise.all(balances)).toEqual(bought.map(() => 2_000));
    expect(await progressOf(sale.event.id)).toMatchObject({ refunded: 15, remaining: 0 });
  });

  it('closes the room of a concert whose only date is cancelled', async () => {
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    unwrap(await cancel(sale.event.id));
    await fixture().advance(300); // an answer from a snapshot is as old as this
    expect(await fixture().app.getQueueStatus(fan.ticket)).toMatchObject({ room: 'CLOSED' });
    const late = { concertId: sale.concertId, userId: fixture().newUser() };
    expect(await fixture().app.issueQueueToken(late)).toEqual(refused('ROOM_CLOSED'));
  });
});

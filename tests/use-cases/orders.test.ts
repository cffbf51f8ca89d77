import type { OrderFilter } from '@frontrow/application/ports/booking/orders.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const ANY: OrderFilter = { status: null, userId: null, seatNumber: null, from: null, until: null };
const PAGE = { limit: 100, cursor: null };

describe.each(environments)('orders ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  async function listed(eventId: string, filter: Partial<OrderFilter> = {}) {
    const { items } = unwrap(await fixture().app.listOrders(eventId, { ...ANY, ...filter }, PAGE));
    return items.map(({ id }) => id);
  }
  async function historyOf(id: string) {
    const { history } = unwrap(await fixture().app.getOrder(id));
    return history.map(({ kind, actor, amount }) => [kind, actor, amount]);
  }
  const shortHolds = (concertId: string, ttlMs: number) =>
    fixture().app.changePolicy({ concertId, admission: {}, hold: { ttlMs }, by: BY_STAFF });

  /** A paid, a lapsed, a cancelled and a live reservation, in this order. */
  async function openSaleWithOrders() {
    const sale = await fixture().openSale();
    const paid = await fixture().createHold(sale, [1, 2]);
    await fixture().charge(paid.fan.userId, 5_000);
    unwrap(await fixture().pay(paid.fan.userId, paid.reservation.id));
    await fixture().app.countInventory();
    await shortHolds(sale.concertId, 100);
    const lapsed = await fixture().createHold(sale, [3]);
    await fixture().advance(200);
    await shortHolds(sale.concertId, 600_000);
    const cancelled = await fixture().createHold(sale, [3]);
    const own = { userId: cancelled.fan.userId, reservationId: cancelled.reservation.id };
    unwrap(await fixture().app.cancelReservation(own));
    await fixture().advance(10);
    const held = await fixture().createHold(sale, [3, 4]);
    return { sale, paid, lapsed, cancelled, held };
  }

  it('lists the reservations of an event by status, user, seat and time, newest first', async () => {
    const { sale, paid, lapsed, cancelled, held } = await openSaleWithOrders();
    const { id } = sale.event;
    const all = [held, cancelled, lapsed, paid].map(({ reservation }) => reservation.id);
    expect(await listed(id)).toEqual(all);
    expect(await listed(id, { status: 'HELD' })).toEqual([all[0]]);
    expect(await listed(id, { status: 'CANCELLED' })).toEqual([all[1]]);
    expect(await listed(id, { status: 'EXPIRED' })).toEqual([all[2]]);
    expect(await listed(id, { status: 'CONFIRMED' })).toEqual([all[3]]);
    expect(await listed(id, { seatNumber: 3 })).toEqual(all.slice(0, 3));
    expect(await listed(id, { userId: paid.fan.userId })).toEqual([all[3]]);
    expect(await listed(id, { userId: paid.fan.userId, status: 'HELD' })).toEqual([]);
    const { createdAt } = held.reservation;
    expect(await listed(id, { from: createdAt })).toEqual([all[0]]);
    expect(await listed(id, { from: paid.reservation.createdAt, until: createdAt })).toEqual(all.slice(1));
    const other = await fixture().addDate(sale, {});
    expect(await listed(other.id)).toEqual([]);
  });

  it('exports the same without pages', async () => {
    const { sale } = await openSaleWithOrders();
    const batches = unwrap(await fixture().app.exportOrders(sale.event.id, ANY));
    const exported = [];
    for await (const batch of batches) exported.push(...batch.map(({ id }) => id));
    expect(exported).toEqual(await listed(sale.event.id));
  });

  it('tells what happened to a reservation, and who did it', async () => {
    const { paid, lapsed, cancelled, held } = await openSaleWithOrders();
    const fan = (of: typeof paid) => of.fan.userId;
    expect(await historyOf(paid.reservation.id)).toEqual([
      ['HELD', fan(paid), null],
      ['PAID', fan(paid), 2_000],
    ]);
    expect(await historyOf(lapsed.reservation.id)).toEqual([
      ['HELD', fan(lapsed), null],
      ['EXPIRED', null, null],
    ]);
    expect(await historyOf(cancelled.reservation.id)).toEqual([
      ['HELD', fan(cancelled), null],
      ['CANCELLED', fan(cancelled), null],
    ]);
    const { id: reservationId } = held.reservation;
    const own = { userId: fan(held), reservationId };
    unwrap(await fixture().app.extendHold({ ...own, request: fixture().newRequest(fan(held)) }));
    unwrap(await fixture().app.keepSeats({ ...own, seatNumbers: [4] }));
    unwrap(await fixture().app.cancelReservation(own));
    unwrap(await fixture().app.cancelReservation(own));
    const kinds = (await historyOf(reservationId)).map(([kind]) => kind);
    expect(kinds).toEqual(['HELD', 'EXTENDED', 'REDUCED', 'CANCELLED']);
  });

  it('reports seats by price and money by hour, of one moment', async () => {
    const { sale, paid } = await openSaleWithOrders();
    const { asOf, byPrice, byCategory, byHour } = unwrap(await fixture().app.reportSales(sale.event.id));
    expect(byPrice).toEqual([{ price: 1_000, sold: 2, complimentary: 0, held: 2, available: 6, blocked: 0 }]);
    expect(byCategory).toEqual([]);
    expect(byHour).toEqual([{ hour: expect.any(Number) as number, payments: 1, paid: 2_000, refunded: 0 }]);
    expect(byHour[0]!.hour % 3_600_000).toBe(0);
    expect(asOf - byHour[0]!.hour).toBeLessThan(2 * 3_600_000);
    expect(asOf).toBeGreaterThanOrEqual(paid.reservation.createdAt);
  });

  it('shows a refund in the history and in the report, whose revenue is what was paid and not paid back', async () => {
    const { sale, paid } = await openSaleWithOrders();
    const { userId } = paid.fan;
    unwrap(await fixture().refund(userId, paid.reservation.id, [2]));
    expect(await historyOf(paid.reservation.id)).toEqual([
      ['HELD', userId, null],
      ['PAID', userId, 2_000],
      ['REFUNDED', userId, 1_000],
    ]);
    const { byPrice, byHour } = unwrap(await fixture().app.reportSales(sale.event.id));
    const totalOf = (of: 'paid' | 'refunded') => byHour.reduce((total, hour) => total + hour[of], 0);
    expect([totalOf('paid'), totalOf('refunded')]).toEqual([2_000, 1_000]);
    expect(byPrice).toMatchObject([{ price: 1_000, sold: 1, available: 7 }]);
  });

  it('refuses an unknown event or reservation', async () => {
    const unknown = fixture().ports.ids.next();
    const noEvent = refused('NOT_FOUND', { what: 'event' });
    expect(await fixture().app.listOrders(unknown, ANY, PAGE)).toEqual(noEvent);
    expect(await fixture().app.exportOrders(unknown, ANY)).toEqual(noEvent);
    expect(await fixture().app.reportSales(unknown)).toEqual(noEvent);
    expect(await fixture().app.getOrder(unknown)).toEqual(refused('NOT_FOUND', { what: 'reservation' }));
  });
});

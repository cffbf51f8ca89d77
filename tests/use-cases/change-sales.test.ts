import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { BY_STAFF } from '../support/staff.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const STOPPED = { state: 'STOPPED', reason: 'A wrong price' } as const;
const RUNNING = { state: 'RUNNING', reason: null } as const;
const REFUSED = refused('SALES_STOPPED', { reason: STOPPED.reason });
const PAGE = { limit: 10, cursor: null };

describe.each(environments)('a stop of sales ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const stop = (eventId: string) => fixture().app.changeEventSales({ eventId, sales: STOPPED, by: BY_STAFF });

  it('refuses holds, extensions and payments of the date until sales resume', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 10_000);
    const late = await fixture().join(sale);
    expect(unwrap(await stop(sale.event.id))).toEqual({ ...sale.event, sales: STOPPED, version: 2 });

    const own = { userId: fan.userId, reservationId: reservation.id };
    const extend = () => fixture().app.extendHold({ ...own, request: fixture().newRequest(fan.userId) });
    expect(await fixture().hold(late, sale, [2])).toEqual(REFUSED);
    expect(await extend()).toEqual(REFUSED);
    expect(await fixture().pay(fan.userId, reservation.id)).toEqual(REFUSED);
    expect((await fixture().app.getWallet(fan.userId)).balance).toBe(10_000);
    expect([await fixture().seatStatus(sale, 1), await fixture().seatStatus(sale, 2)]).toEqual([
      'HELD',
      'AVAILABLE',
    ]);

    unwrap(await fixture().app.changeEventSales({ eventId: sale.event.id, sales: RUNNING, by: BY_STAFF }));
    unwrap(await fixture().hold(late, sale, [2]));
    unwrap(await extend());
    unwrap(await fixture().pay(fan.userId, reservation.id));
  });

  it('refuses each request of a group, and none of another date', async () => {
    const sale = await fixture().openSale();
    const other = { ...sale, event: await fixture().addDate(sale, {}) };
    const holders = await Promise.all([1, 2, 3].map((seat) => fixture().createHold(sale, [seat])));
    const elsewhere = await fixture().createHold(other, [1]);
    for (const { fan } of [...holders, elsewhere]) await fixture().charge(fan.userId, 10_000);
    const fans = await Promise.all([1, 2, 3].map(() => fixture().join(sale)));
    unwrap(await stop(sale.event.id));
    const holds = await Promise.all(fans.map((fan, seat) => fixture().hold(fan, sale, [seat + 4])));
    expect(holds).toEqual(fans.map(() => REFUSED));
    const payments = await Promise.all(
      [...holders, elsewhere].map(({ fan, reservation }) => fixture().pay(fan.userId, reservation.id)),
    );
    expect(payments.slice(0, 3)).toEqual(holders.map(() => REFUSED));
    expect(payments[3]).toMatchObject({ ok: true });
    unwrap(await fixture().hold(fans[0]!, other, [2]));
  });

  it('of a concert stops every date', async () => {
    const sale = await fixture().openSale();
    const other = { ...sale, event: await fixture().addDate(sale, {}) };
    const fan = await fixture().join(sale);
    const { concertId } = sale;
    const stopped = await fixture().app.changeConcertSales({ concertId, sales: STOPPED, by: BY_STAFF });
    expect(unwrap(stopped)).toMatchObject({ id: concertId, sales: STOPPED });
    for (const each of [sale, other]) expect(await fixture().hold(fan, each, [1])).toEqual(REFUSED);
    const dates = unwrap(await fixture().app.listEvents({ concertId, bookable: true, page: PAGE }));
    expect(dates.items.map(({ sales }) => sales)).toEqual([STOPPED, STOPPED]);
    unwrap(await fixture().app.changeConcertSales({ concertId, sales: RUNNING, by: BY_STAFF }));
    unwrap(await fixture().hold(fan, sale, [1]));
  });

  it('leaves a hold readable and cancellable, and gives a repeated request its first answer', async () => {
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const request = fixture().newRequest(fan.userId);
    const hold = { ...fan, eventId: sale.event.id, seatNumbers: [1], request };
    const first = unwrap(await fixture().app.holdSeats(hold)).value;
    unwrap(await stop(sale.event.id));
    expect(unwrap(await fixture().app.holdSeats(hold))).toEqual({ value: first, replayed: true });
    const own = { userId: fan.userId, reservationId: first.id };
    expect(unwrap(await fixture().app.getReservation(own)).status).toBe('HELD');
    unwrap(await fixture().app.cancelReservation(own));
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
  });

  it('pauses the room, whose status has the reason, and shows it in the seat map and the list of dates', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const { concertId } = sale;
    const [active, waiting] = [await fixture().join(sale), await fixture().join(sale)];
    unwrap(await stop(sale.event.id));
    await fixture().app.changePolicy({ concertId, admission: { maxActive: 10 }, hold: {}, by: BY_STAFF });
    await fixture().app.admitWaiting();
    const late = await fixture().join(sale);
    const statusOf = (ticket: Ticket) => fixture().app.getQueueStatus(ticket);
    for (const [{ ticket }, status] of [
      [active, 'ACTIVE'],
      [waiting, 'WAITING'],
      [late, 'WAITING'],
    ] as const)
      await eventually(async () =>
        expect(await statusOf(ticket)).toMatchObject({ status, room: 'PAUSED', reason: STOPPED.reason }),
      );
    const seats = await fixture().app.listSeats({ eventId: sale.event.id, ticket: active.ticket });
    expect(unwrap(seats)).toMatchObject({ sales: STOPPED });
    const dates = unwrap(await fixture().app.listEvents({ concertId, bookable: true, page: PAGE }));
    expect(dates.items[0]?.sales).toEqual(STOPPED);

    await fixture().addDate(sale, {});
    await eventually(async () =>
      expect(await statusOf(active.ticket)).toMatchObject({ room: 'OPEN', reason: null }),
    );
    await fixture().app.admitWaiting();
    await eventually(async () => expect((await statusOf(waiting.ticket)).status).toBe('ACTIVE'));
  });

  it('has no reason once sales run, and names a known concert or date', async () => {
    const { concertId, event } = await fixture().openSale();
    const sales = { state: 'RUNNING', reason: 'why' } as const;
    const invalid = { ok: false, refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/reason' }] } };
    expect(await fixture().app.changeEventSales({ eventId: event.id, sales, by: BY_STAFF })).toMatchObject(
      invalid,
    );
    expect(await fixture().app.changeConcertSales({ concertId, sales, by: BY_STAFF })).toMatchObject(invalid);
    const unknown = fixture().ports.ids.next();
    const change = fixture().app.changeConcertSales({ concertId: unknown, sales: STOPPED, by: BY_STAFF });
    expect(await change).toEqual(refused('NOT_FOUND', { what: 'concert' }));
    expect(await stop(unknown)).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });
});

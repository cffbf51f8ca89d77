import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { type ConcertOnSale } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { type FanWithTicket, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('the jobs of waiting rooms ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const statuses = async (fans: readonly FanWithTicket[]) => {
    const standings = await Promise.all(
      fans.map(({ ticket }) => fixture().ports.waitingRoom.checkIn(ticket)),
    );
    return standings.map(({ token }) => token.status);
  };
  const countsOf = async ({ concertId }: ConcertOnSale) =>
    unwrap(await fixture().app.getWaitingRoom(concertId));

  const stateOf = async (sale: ConcertOnSale) => {
    const { room, asOf } = await countsOf(sale);
    return roomState(room, asOf);
  };

  it('admitWaiting admits the next fans of every waiting room, up to the allowance of its window', async () => {
    const sales = [
      await fixture().openSale({ admission: { state: 'PAUSED', batchSize: 2, intervalMs: 60_000 } }),
      await fixture().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const lines = [];
    for (const sale of sales) {
      lines.push([await fixture().join(sale), await fixture().join(sale), await fixture().join(sale)]);
      await fixture().app.changePolicy({
        by: BY_STAFF,
        concertId: sale.concertId,
        admission: { state: 'RUNNING' },
        hold: {},
      });
    }
    expect(await fixture().app.admitWaiting()).toBe(5);
    expect(await fixture().app.admitWaiting()).toBe(0);
    expect(await statuses(lines[0]!)).toEqual(['ACTIVE', 'ACTIVE', 'WAITING']);
    expect(await statuses(lines[1]!)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  it('expireSessions ends expired sessions, parks unclaimed places and frees their slots', async () => {
    const sale = await fixture().openSale({
      admission: { sessionTtlMs: 3_000, claimTtlMs: 300, maxActive: 1 },
    });
    const fans = [await fixture().join(sale), await fixture().join(sale)];
    await fixture().advance(3_050);
    expect(await fixture().app.expireSessions()).toBe(1);
    await fixture().app.admitWaiting();
    await fixture().advance(350);
    expect(await fixture().app.expireSessions()).toBe(1);
    expect(await countsOf(sale)).toMatchObject({ waiting: 0, parked: 1, active: 0, admittedTotal: 2 });
    expect(await statuses(fans)).toEqual(['EXPIRED', 'WAITING']);
  });

  it('getWaitingRoom counts the places by state', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 2 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().charge(fan.userId, 1_000);
    await fixture().join(sale);
    await fixture().join(sale);
    expect(await countsOf(sale)).toMatchObject({
      waiting: 1,
      active: 2,
      admittedTotal: 2,
      completedTotal: 0,
    });
    unwrap(await fixture().pay(fan.userId, reservation.id));
    await fixture().app.countInventory();
    await fixture().app.admitWaiting();
    expect(await countsOf(sale)).toMatchObject({
      waiting: 0,
      active: 2,
      admittedTotal: 3,
      completedTotal: 1,
    });
    const unknown = await fixture().app.getWaitingRoom(fixture().ports.ids.next());
    expect(unknown).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });

  it('countInventory shows a room as SOLD_OUT, and opens it again when seats become available', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 1 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().app.countInventory();
    expect(await stateOf(sale)).toBe('OPEN');
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    await fixture().app.countInventory();
    const late = await fixture().join(sale);
    expect(await fixture().app.getQueueStatus(late.ticket)).toMatchObject({
      room: 'SOLD_OUT',
      status: 'WAITING',
    });
    await fixture().addDate(sale, {});
    await fixture().app.countInventory();
    await fixture().app.admitWaiting();
    expect(await statuses([late])).toEqual(['ACTIVE']);
  });

  it('countInventory limits the active fans without a hold to the sellable seats', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 2 }, admission: { state: 'PAUSED' } });
    const fans = [
      await fixture().join(sale),
      await fixture().join(sale),
      await fixture().join(sale),
      await fixture().join(sale),
    ];
    const admission = { state: 'RUNNING', sellableFactor: 1 } as const;
    await fixture().app.changePolicy({ by: BY_STAFF, concertId: sale.concertId, admission, hold: {} });
    expect(await fixture().app.admitWaiting()).toBe(0);
    await fixture().app.countInventory();
    expect(await fixture().app.admitWaiting()).toBe(2);
    await fixture().createHold(sale, [1], fans[0]);
    await fixture().app.countInventory();
    expect(await fixture().app.admitWaiting()).toBe(0);
    await fixture().app.leaveQueue(fans[1]!.ticket);
    expect(await fixture().app.admitWaiting()).toBe(1);
    expect(await statuses(fans)).toEqual(['ACTIVE', 'LEFT', 'ACTIVE', 'WAITING']);
  });

  it('saveWatermarks stores the highest admitted sequence of each room', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 2 } });
    const fans = [await fixture().join(sale), await fixture().join(sale), await fixture().join(sale)];
    await fixture().app.saveWatermarks();
    const record = await fixture().ports.roomRecords.find(sale.concertId);
    expect(record?.watermark).toBe(fans[1]!.ticket.sequence);
  });
});

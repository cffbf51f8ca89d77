import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { type Fan, type Sale, granted, refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('the work on waiting rooms ($name)', ({ open }) => {
  const stage = useSaleFixture(open);
  const statuses = async (fans: readonly Fan[]) => {
    const standings = await Promise.all(fans.map(({ ticket }) => stage().ports.waitingRoom.checkIn(ticket)));
    return standings.map(({ token }) => token.status);
  };
  const countsOf = async ({ concertId }: Sale) => granted(await stage().app.getWaitingRoom(concertId));

  const stateOf = async (sale: Sale) => {
    const { room, asOf } = await countsOf(sale);
    return roomState(room, asOf);
  };

  it('admitWaiting lets the next in line of every room in, as far as each window allows', async () => {
    const sales = [
      await stage().openSale({ admission: { state: 'PAUSED', batchSize: 2, intervalMs: 60_000 } }),
      await stage().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const lines = [];
    for (const sale of sales) {
      lines.push([await stage().join(sale), await stage().join(sale), await stage().join(sale)]);
      await stage().app.changePolicy({
        concertId: sale.concertId,
        admission: { state: 'RUNNING' },
        hold: {},
      });
    }
    expect(await stage().app.admitWaiting()).toBe(5);
    expect(await stage().app.admitWaiting()).toBe(0);
    expect(await statuses(lines[0]!)).toEqual(['ACTIVE', 'ACTIVE', 'WAITING']);
    expect(await statuses(lines[1]!)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  it('expireSessions ends sessions and parks the unclaimed, and frees their slots', async () => {
    const sale = await stage().openSale({ admission: { sessionTtlMs: 400, claimTtlMs: 300, maxActive: 1 } });
    const fans = [await stage().join(sale), await stage().join(sale)];
    await stage().advance(450);
    expect(await stage().app.expireSessions()).toBe(1);
    await stage().app.admitWaiting();
    await stage().advance(350);
    expect(await stage().app.expireSessions()).toBe(1);
    expect(await countsOf(sale)).toMatchObject({ waiting: 0, parked: 1, active: 0, admittedTotal: 2 });
    expect(await statuses(fans)).toEqual(['EXPIRED', 'WAITING']);
  });

  it('getWaitingRoom counts who stands where', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 2 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    await stage().charge(fan.userId, 1_000);
    await stage().join(sale);
    await stage().join(sale);
    expect(await countsOf(sale)).toMatchObject({
      waiting: 1,
      active: 2,
      admittedTotal: 2,
      completedTotal: 0,
    });
    granted(await stage().pay(fan.userId, reservation.id));
    await stage().app.admitWaiting();
    expect(await countsOf(sale)).toMatchObject({
      waiting: 0,
      active: 2,
      admittedTotal: 3,
      completedTotal: 1,
    });
    const unknown = await stage().app.getWaitingRoom(stage().ports.ids.next());
    expect(unknown).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });

  it('countInventory closes a room that is sold out, and opens it for a seat that comes back', async () => {
    const sale = await stage().openSale({ event: { seatCount: 1 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    await stage().app.countInventory();
    expect(await stateOf(sale)).toBe('OPEN');
    await stage().charge(fan.userId, 1_000);
    granted(await stage().pay(fan.userId, reservation.id));
    await stage().app.countInventory();
    const late = await stage().join(sale);
    expect(await stage().app.getQueueStatus(late.ticket)).toMatchObject({
      room: 'SOLD_OUT',
      status: 'WAITING',
    });
    await stage().addDate(sale, {});
    await stage().app.countInventory();
    await stage().app.admitWaiting();
    expect(await statuses([late])).toEqual(['ACTIVE']);
  });

  it('countInventory lets in no more without a hold than there is to sell', async () => {
    const sale = await stage().openSale({ event: { seatCount: 2 }, admission: { state: 'PAUSED' } });
    const fans = [
      await stage().join(sale),
      await stage().join(sale),
      await stage().join(sale),
      await stage().join(sale),
    ];
    const admission = { state: 'RUNNING', sellableFactor: 1 } as const;
    await stage().app.changePolicy({ concertId: sale.concertId, admission, hold: {} });
    expect(await stage().app.admitWaiting()).toBe(0);
    await stage().app.countInventory();
    expect(await stage().app.admitWaiting()).toBe(2);
    await stage().held(sale, [1], fans[0]);
    await stage().app.countInventory();
    expect(await stage().app.admitWaiting()).toBe(0);
    await stage().app.leaveQueue(fans[1]!.ticket);
    expect(await stage().app.admitWaiting()).toBe(1);
    expect(await statuses(fans)).toEqual(['ACTIVE', 'LEFT', 'ACTIVE', 'WAITING']);
  });

  it('saveWatermarks writes down how far each room has come', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 2 } });
    const fans = [await stage().join(sale), await stage().join(sale), await stage().join(sale)];
    await stage().app.saveWatermarks();
    const record = await stage().ports.roomRecords.find(sale.concertId);
    expect(record?.watermark).toBe(fans[1]!.ticket.sequence);
  });
});

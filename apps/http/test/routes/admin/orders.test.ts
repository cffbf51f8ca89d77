import { describe, expect, it } from 'vitest';
import { accessTokenOf } from '../../support/access-token.ts';
import { refusalOf } from '../../support/caller.ts';
import { PRICE, chargeWallet, hold, newKey, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:read' } as const;
const FORMULA = '=HYPERLINK("https://evil.example")';

const listOf = (day: string) => `/v1/admin/wallet-entries?day=${day}`;

async function openSaleWithOrders() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  await chargeWallet(server, 'fan', 10 * PRICE);
  const paid = await hold(server, sale, 'fan', [1, 2]);
  const body = { reservationId: paid.id };
  const payment = await server.call('POST /v1/payments', { as: 'fan', key: newKey(), body });
  const held = await hold(server, sale, FORMULA, [3]);
  const list = `/v1/admin/events/${sale.eventId}/reservations`;
  const read = async (path: string, accept = 'text/csv') => {
    const authorization = `Bearer ${await accessTokenOf('staff', { scope: 'sales:read' })}`;
    return server.app.inject({ url: path, headers: { authorization, accept } });
  };
  return { server, sale, paid, payment, held, list, read };
}

describe('staff', () => {
  it('list the reservations of a date with their users, by filters and pages', async () => {
    const { server, paid, held, list } = await openSaleWithOrders();
    const idsOf = async (query: string) =>
      (await server.call(`GET ${list}?${query}`, STAFF)).body.items.map(({ id }: { id: string }) => id);
    const all = await server.call(`GET ${list}`, STAFF);
    expect(all.body.items[1]).toMatchObject({
      ...paid.body,
      userId: 'fan',
      status: 'CONFIRMED',
      paymentId: expect.any(String) as string,
    });
    expect(await idsOf('status=HELD')).toEqual([held.id]);
    expect(await idsOf('userId=fan&seatNumber=2')).toEqual([paid.id]);
    expect(await idsOf(`from=${new Date(START + 60_000).toISOString()}`)).toEqual([]);
    const first = await server.call(`GET ${list}?limit=1`, STAFF);
    expect(await idsOf(`limit=1&cursor=${first.body.nextCursor}`)).toEqual([paid.id]);
    for (const wrong of ['status=PAID', 'seatNumber=0', 'format=xml', 'cursor=x', 'user=fan'])
      expect(refusalOf(await server.call(`GET ${list}?${wrong}`, STAFF))).toEqual([400, 'VALIDATION_FAILED']);
    const unknown = await server.call('GET /v1/admin/events/unknown/reservations?format=csv', STAFF);
    expect(refusalOf(unknown)).toEqual([404, 'NOT_FOUND']);
  });

  it('take the list as CSV, in which no user can hide a formula', async () => {
    const { paid, payment, held, list, read } = await openSaleWithOrders();
    for (const csv of [await read(list), await read(`${list}?format=csv`, '*/*')]) {
      expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="reservations-\w+\.csv"$/);
      expect(csv.body.split('\r\n')).toEqual([
        'id,userId,status,seatNumbers,totalAmount,refundedAmount,paymentId,createdAt,holdExpiresAt,complimentary,places,categories',
        `${held.id},"'=HYPERLINK(""https://evil.example"")",HELD,3,100,0,,${held.body.createdAt},${held.body.holdExpiresAt},false,,`,
        `${paid.id},fan,CONFIRMED,1 2,200,0,${payment.body.id},${paid.body.createdAt},${paid.body.holdExpiresAt},false,,`,
        '',
      ]);
    }
    expect((await read(`${list}?format=json`)).json()).toHaveProperty('items');
    expect((await read(`${list}?status=EXPIRED`)).body.split('\r\n')).toHaveLength(2);
  });

  it('read one reservation with its history, and those of a user', async () => {
    const { server, paid, payment } = await openSaleWithOrders();
    const found = await server.call(`GET /v1/admin/reservations/${paid.id}`, STAFF);
    const entry = { actor: 'fan', reason: null };
    expect(found.body).toMatchObject({
      id: paid.id,
      userId: 'fan',
      history: [
        { kind: 'HELD', at: paid.body.createdAt, ...entry, amount: null },
        { kind: 'PAID', at: payment.body.paidAt, ...entry, amount: 200 },
      ],
      tickets: [
        { seatNumber: 1, status: 'VALID', checkedInAt: null },
        { seatNumber: 2, status: 'VALID', checkedInAt: null },
      ],
    });
    const { history: _, tickets: __, ...order } = found.body;
    const own = await server.call('GET /v1/admin/users/fan/reservations', STAFF);
    expect(own.body).toEqual({ items: [order], nextCursor: null });
    expect(refusalOf(await server.call('GET /v1/admin/reservations/unknown', STAFF))[0]).toBe(404);
  });

  it('read a report whose revenue is what was paid', async () => {
    const { server, sale } = await openSaleWithOrders();
    const report = await server.call(`GET /v1/admin/events/${sale.eventId}/report`, STAFF);
    const counts = { sold: 2, complimentary: 0, held: 1, available: 47, blocked: 0, revenue: 200 };
    expect(report.body).toEqual({
      eventId: sale.eventId,
      asOf: new Date(START).toISOString(),
      ...counts,
      byPrice: [{ price: PRICE, ...counts }],
      byCategory: [],
      byHour: [{ hour: new Date(START).toISOString(), payments: 1, paid: 200, refunded: 0 }],
    });
  });

  it('reconcile a day: the opening sum and all entries make the closing sum', async () => {
    const { server, read } = await openSaleWithOrders();
    server.clock.advance(86_400_000);
    await chargeWallet(server, '@SUM(A1)', 7);
    const today = await server.call(`GET ${listOf('2026-12-01')}`, STAFF);
    expect(today.body).toMatchObject({
      opening: 0,
      closing: 800,
      items: [
        { userId: 'fan', type: 'CHARGE', amount: 1_000 },
        { userId: 'fan', type: 'PAYMENT', amount: -200 },
      ],
      nextCursor: null,
    });
    const csv = await read(listOf('2026-12-02'));
    const rows = csv.body.split('\r\n');
    expect(rows[0]).toBe('entryId,userId,type,amount,balanceAfter,paymentId,createdAt');
    expect(rows[1]).toBe(',,OPENING,800,,,');
    expect(rows[2]).toContain(`,'@SUM(A1),CHARGE,7,7,,2026-12-02T`);
    expect(rows.slice(3)).toEqual([',,CLOSING,807,,,', '']);
    expect((await read(listOf('2026-12-01'))).body).toContain(',PAYMENT,-200,800,');
    expect(refusalOf(await server.call('GET /v1/admin/wallet-entries', STAFF))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
    expect(refusalOf(await server.call(`GET ${listOf('2026-02-30')}`, STAFF))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  it('end the connection of a CSV file that cannot be read to its end', async () => {
    const broken = createTestServer({
      replacePorts: (ports) => ({
        ...ports,
        orderReads: {
          ...ports.orderReads,
          list: async (eventId, filter, page) => {
            if (page.cursor !== null) throw new Error('the database has gone');
            return { ...(await ports.orderReads.list(eventId, filter, page)), nextCursor: 'next' };
          },
        },
      }),
    });
    const { eventId } = await putOnSale(broken);
    const reading = broken.call(`GET /v1/admin/events/${eventId}/reservations?format=csv`, STAFF);
    await expect(reading).rejects.toThrow(/destroyed before completion/);
  });
});

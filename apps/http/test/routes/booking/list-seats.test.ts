import { gunzipSync } from 'node:zlib';
import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import { seededRandom } from '@frontrow/tests/support/seeded-random.ts';
import { describe, expect, it } from 'vitest';
import { accessTokenOf } from '../../support/access-token.ts';
import { refusalOf } from '../../support/caller.ts';
import { hold, join, putOnSale } from '../../support/scenario.ts';
import { START, type TestServer, createTestServer } from '../../support/test-server.ts';

async function openSeats(event: object = {}) {
  const server = createTestServer();
  const sale = await putOnSale(server, event);
  const ticket = await join(server, sale.concertId, 'fan');
  const path = `/v1/events/${sale.eventId}/seats`;
  const get = (query: string) => server.call(`GET ${path}${query}`, { as: 'fan', ticket });
  return { server, sale, ticket, path, get };
}

/** Sells and holds seats in random order. */
async function takeSeats(
  { ports }: TestServer,
  eventId: string,
  { sold, held, seatCount }: Record<'sold' | 'held' | 'seatCount', number>,
) {
  const random = seededRandom(7);
  const shuffled = Array.from({ length: seatCount }, (_, index) => ({ number: index + 1, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ number }) => number);
  const claim = (seatNumbers: number[]) => ({ eventId, seatNumbers, reservationId: ports.ids.next() });
  const [toSell, toHold] = [claim(shuffled.slice(0, sold)), claim(shuffled.slice(sold, sold + held))];
  await write(ports, async ({ seats }) => {
    await seats.hold(
      [toSell, toHold].map((each) => ({ ...each, ttlMs: 300_000 })),
      'WAIT',
    );
    await seats.sell([toSell]);
  });
}

describe('the compact form of the seat map', () => {
  it('has a letter for each seat, and says when and under which sales', async () => {
    const { server, sale, get } = await openSeats({ seatCount: 6 });
    await hold(server, sale, 'another', [2, 3]);
    const answer = await get('?format=compact');
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(answer.body).toEqual({
      eventId: sale.eventId,
      asOf: new Date(START).toISOString(),
      layoutVersion: 0,
      price: 100,
      salesState: 'RUNNING',
      reason: null,
      states: 'AHHAAA',
    });
    server.clock.advance(300_000);
    const later = await get('?format=compact');
    expect(later.body.states).toBe('AAAAAA');
  });

  it('has no filter', async () => {
    const { get } = await openSeats();
    const answer = await get('?format=compact&status=HELD');
    expect(refusalOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
    expect(answer.body.errors).toEqual([
      { pointer: '/query/status', detail: 'is for the format list alone' },
    ]);
    expect((await get('?format=list&status=HELD')).body.seats).toEqual([]);
    expect(refusalOf(await get('?format=short'))).toEqual([400, 'VALIDATION_FAILED']);
  });

  it.each([
    { sale: 'half sold', sold: 25_000, held: 2_500 },
    { sale: 'a third sold and a third held', sold: 16_667, held: 16_667 },
    { sale: 'nearly sold out', sold: 47_000, held: 2_000 },
  ])('takes at most 15 KB for 50,000 seats, $sale in random order', async ({ sold, held }) => {
    const { server, sale, ticket, path } = await openSeats({ seatCount: 50_000 });
    await takeSeats(server, sale.eventId, { sold, held, seatCount: 50_000 });
    const authorization = `Bearer ${await accessTokenOf('fan')}`;
    const request = (headers: Record<string, string>) =>
      server.app.inject({
        url: `${path}?format=compact`,
        headers: { authorization, 'queue-token': ticket, ...headers },
      });
    const answer = await request({ 'accept-encoding': 'br, gzip;q=0.5' });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(answer.rawPayload.length).toBeLessThanOrEqual(15_000);
    const { states } = JSON.parse(gunzipSync(answer.rawPayload).toString()) as { states: string };
    expect(states).toHaveLength(50_000);
    expect(states.match(/S/g)).toHaveLength(sold);
    expect(states.match(/H/g)).toHaveLength(held);
    const plain = await request({ 'accept-encoding': 'gzip;q=0' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.json()).toMatchObject({ states });
  });
});

/** A date with the seats of the layout alone. */
async function openHall() {
  const layout = { layout: CONTRACT_LAYOUT, price: undefined };
  const opened = await openSeats(layout);
  const numbers = async (query: string): Promise<unknown> => {
    const answer = await opened.get(query);
    const { seats, errors } = answer.body;
    return answer.status === 200 ? seats.map((seat: { number: number }) => seat.number) : errors;
  };
  return { ...opened, numbers };
}

describe('the list of seats of a date with a layout', () => {
  it('says where each seat is and what it costs, and of blocked ones no more than that', async () => {
    const { get } = await openHall();
    const { body } = await get('');
    expect(body).toMatchObject({ layoutVersion: 1, seatCount: 4, availableCount: 3 });
    const place = { section: 'Parterre', row: 'A', category: 'front', price: 90_000 };
    expect(body.seats).toEqual([
      { ...place, number: 1, label: '1', status: 'AVAILABLE' },
      { ...place, number: 2, label: '2', status: 'AVAILABLE' },
      { ...place, number: 3, label: '3', status: 'BLOCKED' },
      {
        number: 4,
        price: 50_000,
        status: 'AVAILABLE',
        section: 'Balcony',
        row: 'A',
        label: '1',
        category: 'rear',
      },
    ]);
    expect((await get('?format=compact')).body).toMatchObject({ states: 'AABA', layoutVersion: 1 });
  });

  it('is filtered by section, category, accessible seats and status, all together', async () => {
    const { server, sale, numbers } = await openHall();
    expect(await numbers('?section=Parterre')).toEqual([1, 2, 3]);
    expect(await numbers('?category=rear')).toEqual([4]);
    expect(await numbers('?accessible=true')).toEqual([1]);
    expect(await numbers('?accessible=false')).toEqual([2, 3, 4]);
    expect(await numbers('?section=Parterre&category=rear')).toEqual([]);
    await hold(server, sale, 'another', [4]);
    expect(await numbers('?category=rear&status=HELD')).toEqual([4]);
    expect(await numbers('?section=Balcony&status=AVAILABLE')).toEqual([]);
  });

  it('refuses an unknown section or category, with a pointer', async () => {
    const { numbers } = await openHall();
    expect(await numbers('?section=Cellar&category=gold')).toEqual([
      { pointer: '/query/section', detail: 'is not a section of the date' },
      { pointer: '/query/category', detail: 'is not a category of the date' },
    ]);
    expect(await numbers('?accessible=maybe')).toMatchObject([{ pointer: '/query/accessible' }]);
    expect(await numbers('?format=compact&section=Parterre')).toMatchObject([{ pointer: '/query/section' }]);
  });
});

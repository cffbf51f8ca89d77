import { describe, expect, it } from 'vitest';
import { ADMIN, chargeWallet, hold, newKey, putOnSale } from '../../support/scenario.ts';
import { START, type TestServer, createTestServer } from '../../support/test-server.ts';

/** Reads a list one item a page, by its cursors. */
async function walk({ call }: TestServer, path: string, as?: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const query: string = `limit=1${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page = await call(`GET ${path}${separator}${query}`, as === undefined ? {} : { as });
    expect(page.body.items.length).toBeLessThanOrEqual(1);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
  } while (cursor !== null && items.length < 10);
  return items;
}

describe('a list', () => {
  it('has the same items page by page as at once', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    await putOnSale(server);
    await putOnSale(server);
    for (const days of [3, 1, 2])
      await server.call(`POST /v1/admin/concerts/${sale.concertId}/events`, {
        ...ADMIN,
        body: {
          venue: 'Hall',
          startsAt: new Date(START + days * 86_400_000).toISOString(),
          reservationStartAt: new Date(START).toISOString(),
          reservationEndAt: new Date(START + 3_600_000).toISOString(),
          price: 1,
        },
      });
    for (const seat of [1, 2, 3]) {
      await chargeWallet(server, 'fan', 1_000);
      const { id } = await hold(server, sale, 'fan', [seat]);
      await server.call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
      server.clock.advance(1_000);
    }

    const lists = [
      ['/v1/concerts', undefined, 3],
      [`/v1/concerts/${sale.concertId}/events?bookable=true`, undefined, 4],
      ['/v1/reservations', 'fan', 3],
      ['/v1/payments', 'fan', 3],
      ['/v1/wallet/entries', 'fan', 6],
    ] as const;
    for (const [path, as, count] of lists) {
      const whole = await server.call(`GET ${path}`, as === undefined ? {} : { as });
      expect({ path, count: whole.body.items.length }).toEqual({ path, count });
      expect({ path, items: await walk(server, path, as) }).toEqual({ path, items: whole.body.items });
    }
    expect((await server.call('GET /v1/reservations', { as: 'other' })).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it.each([
    'concerts:',
    'upcoming-concerts:UPCOMING:1:x',
    'upcoming-concerts:LATER:1:~',
    'concerts:a b',
    `concerts:${'x'.repeat(65)}`,
    'concerts:é',
    'events:1:x',
    'concerts',
  ])('refuses the cursor %j', async (text) => {
    const { call } = createTestServer();
    const cursor = Buffer.from(text).toString('base64url');
    const answer = await call(`GET /v1/concerts?cursor=${cursor}`);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/query/cursor']);
  });
});

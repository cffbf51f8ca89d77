import { describe, expect, it } from 'vitest';
import { ADMIN, hold, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const DAY_MS = 86_400_000;
const at = (days: number) => new Date(START + days * DAY_MS).toISOString();

/** A sale with further dates one, two and three days from now, which open after a day. */
async function createTour() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const path = `/v1/concerts/${sale.concertId}/events` as const;
  for (const days of [3, 1, 2]) {
    const window = { reservationStartAt: at(0.5), reservationEndAt: at(1) };
    const body = { venue: 'Hall', startsAt: at(days), ...window, price: 1 };
    await server.call(`POST /v1/admin/concerts/${sale.concertId}/events`, { ...ADMIN, body });
  }
  const starts = async (query: string) => {
    const { body } = await server.call(`GET ${path}?${query}`);
    return body.items.map(({ startsAt }: { startsAt: string }) => startsAt);
  };
  return { server, sale, path, starts };
}

describe('GET /v1/concerts/{concertId}/events', () => {
  it('has the dates of a range, upcoming ones first', async () => {
    const { server, starts } = await createTour();
    const own = new Date(START + 10 * 3_600_000).toISOString();
    expect(await starts('')).toEqual([own, at(1), at(2), at(3)]);
    expect(await starts(`from=${at(2)}`)).toEqual([at(2), at(3)]);
    const offset = at(2).replace('Z', '%2B00:00');
    expect(await starts(`from=${at(1)}&to=${offset}`)).toEqual([at(1)]);
    server.clock.advance(1.5 * DAY_MS);
    expect(await starts('')).toEqual([at(2), at(3), at(1), own]);
    expect(await starts(`to=${at(2)}`)).toEqual([at(1), own]);
  });

  it('takes bookable as a boolean', async () => {
    const { starts } = await createTour();
    expect(await starts('bookable=true')).toHaveLength(1);
    expect(await starts('bookable=false')).toHaveLength(4);
  });

  it('has counts of the seats that are at most a second old, and 304 while they are the same', async () => {
    const { server, sale, path } = await createTour();
    const read = (known = '') => server.call(`GET ${path}`, { headers: { 'if-none-match': known } });
    const first = await read();
    expect(first.body.items).toMatchObject(
      Array.from({ length: 4 }, () => ({ availableCount: 50, availableAsOf: at(0) })),
    );
    const etag = String(first.headers['etag']);
    server.clock.advance(5_000);
    expect(await read(etag)).toMatchObject({ status: 304 });
    await hold(server, sale, 'fan', [7, 8]);
    server.clock.advance(1_000);
    const next = await read(etag);
    expect(next.status).toBe(200);
    expect(next.body.items[0]).toMatchObject({
      id: sale.eventId,
      availableCount: 48,
      availableAsOf: new Date(START + 6_000).toISOString(),
    });
  });
});

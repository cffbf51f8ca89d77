import { describe, expect, it } from 'vitest';
import { seatMap } from '../../../src/routes/booking/seat-schema.ts';
import { concert, concertPage } from '../../../src/routes/catalog/concert-schema.ts';
import { listedEventPage } from '../../../src/routes/catalog/listed-event-schema.ts';
import { ADMIN, join, putOnSale } from '../../support/scenario.ts';
import { type TestServer, createTestServer } from '../../support/test-server.ts';

const CACHED = 'public, max-age=1';
const HOUR_MS = 3_600_000;

async function openCatalog() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const dates = `/v1/concerts/${sale.concertId}/events`;
  const paths = ['/v1/concerts', `/v1/concerts/${sale.concertId}`, dates, `${dates}?bookable=true`];
  return { server, sale, paths };
}

function get({ call }: TestServer, path: string, known?: string) {
  return call(`GET ${path}`, known === undefined ? {} : { headers: { 'if-none-match': known } });
}

describe('a public answer', () => {
  it('is 304 without a body for a client that has it, in every form of If-None-Match', async () => {
    const { server, paths } = await openCatalog();
    for (const path of paths) {
      const first = await get(server, path);
      const etag = String(first.headers['etag']);
      expect(first).toMatchObject({ status: 200, headers: { 'cache-control': CACHED } });
      expect(etag).toMatch(/^(W\/)?"[\w-]{27}"$/);
      for (const known of [etag, `W/${etag.replace('W/', '')}`, `"another", ${etag}`, '*']) {
        const again = await get(server, path, known);
        expect(again).toMatchObject({
          status: 304,
          body: undefined,
          headers: { etag, 'cache-control': CACHED },
        });
        expect(again.headers['content-type']).toBeUndefined();
      }
      for (const unknown of ['"another"', etag.replaceAll('"', ''), ''])
        expect(await get(server, path, unknown)).toMatchObject({ status: 200, body: first.body });
    }
  });

  it('has another tag after a change by an admin or by the clock', async () => {
    const { server, sale, paths } = await openCatalog();
    const [concerts = '', one = '', dates = '', bookable = ''] = paths;
    const tags = async () =>
      Promise.all(
        [concerts, one, dates, bookable].map(async (path) => (await get(server, path)).headers['etag']),
      );
    const before = await tags();
    await server.call('POST /v1/admin/concerts', { ...ADMIN, body: { title: 'Another', artist: 'Owls' } });
    const after = await tags();
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1)).toEqual(before.slice(1));
    server.clock.advance(6 * HOUR_MS);
    const ended = await get(server, bookable, String(before[3]));
    expect(ended).toMatchObject({ status: 200, body: { items: [] } });
    expect((await tags()).slice(1, 3)).toEqual(before.slice(1, 3));
    expect((await get(server, `/v1/concerts/${sale.eventId}`, '*')).status).toBe(404);
  });

  it('matches its schema, and so does the seat map', async () => {
    const { server, sale, paths } = await openCatalog();
    const [concerts = '', one = '', dates = '', bookable = ''] = paths;
    const schemas = {
      [concerts]: concertPage,
      [one]: concert,
      [dates]: listedEventPage,
      [bookable]: listedEventPage,
    };
    for (const [path, schema] of Object.entries(schemas)) {
      const { body, headers } = await get(server, path);
      expect(schema.parse(body)).toEqual(body);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
    const caller = { as: 'fan', ticket: await join(server, sale.concertId, 'fan') };
    const seats = await server.call(`GET /v1/events/${sale.eventId}/seats?status=AVAILABLE`, caller);
    expect(seatMap.parse(seats.body)).toEqual(seats.body);
    expect(seats.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(seats.headers['etag']).toBeUndefined();
  });
});

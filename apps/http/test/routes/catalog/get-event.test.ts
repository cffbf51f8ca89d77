import { describe, expect, it } from 'vitest';
import { ADMIN, hold, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

describe('GET /v1/events/{eventId}', () => {
  it('shows anyone the date with its concert, and a count that is at most a second old', async () => {
    const server = createTestServer();
    const { call, clock } = server;
    const sale = await putOnSale(server);
    const read = () => call(`GET /v1/events/${sale.eventId}`);
    const [listed] = (await call(`GET /v1/concerts/${sale.concertId}/events`)).body.items;
    const { title, artist } = (await call(`GET /v1/concerts/${sale.concertId}`)).body;
    const first = await read();
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      ...listed,
      concert: { id: sale.concertId, title, artist },
      availableCount: 50,
      availableAsOf: new Date(START).toISOString(),
      categories: null,
    });
    expect(first.headers['cache-control']).toContain('no-store');

    await hold(server, sale, 'fan', [7, 8]);
    clock.advance(1_000);
    expect((await read()).body).toMatchObject({
      availableCount: 48,
      availableAsOf: new Date(START + 1_000).toISOString(),
    });
  });

  it('does not find an unknown date or one of a concert that is not public', async () => {
    const server = createTestServer();
    const { call } = server;
    const { concertId, eventId } = await putOnSale(server);
    const unknown = await call('GET /v1/events/unknown');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const edit = { ...ADMIN, headers: { 'if-match': '*' }, body: { visibility: 'ARCHIVED' } };
    expect((await call(`PATCH /v1/admin/concerts/${concertId}`, edit)).status).toBe(200);
    expect(await call(`GET /v1/events/${eventId}`)).toMatchObject({ status: 404 });
  });
});

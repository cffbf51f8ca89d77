import { describe, expect, it } from 'vitest';
import { ADMIN, hold, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

describe('expand=event', () => {
  it("adds the date and its concert to the fan's reservations, also once the concert is ARCHIVED", async () => {
    const server = createTestServer();
    const { call } = server;
    const sale = await putOnSale(server);
    const { id, body: held } = await hold(server, sale, 'fan');
    const [date] = (await call(`GET /v1/concerts/${sale.concertId}/events`)).body.items;
    const { title, artist } = (await call(`GET /v1/concerts/${sale.concertId}`)).body;
    const archived = await call(`PATCH /v1/admin/concerts/${sale.concertId}`, {
      ...ADMIN,
      headers: { 'if-match': '*' },
      body: { visibility: 'ARCHIVED' },
    });
    expect(archived.status).toBe(200);

    const event = {
      id: sale.eventId,
      venue: date.venue,
      startsAt: date.startsAt,
      timeZone: date.timeZone,
      concert: { id: sale.concertId, title, artist },
    };
    const one = await call(`GET /v1/reservations/${id}?expand=event`, { as: 'fan' });
    expect(one).toMatchObject({ status: 200, body: { ...held, event } });
    const list = await call('GET /v1/reservations?expand=event', { as: 'fan' });
    expect(list.body.items).toEqual([{ ...held, event }]);
    const plain = await call('GET /v1/reservations', { as: 'fan' });
    expect(plain.body.items).toEqual([held]);
    const stranger = await call(`GET /v1/reservations/${id}?expand=event`, { as: 'stranger' });
    expect(stranger.status).toBe(404);
  });

  it.each(['GET /v1/reservations?expand=payment', 'GET /v1/reservations/some-id?expand='] as const)(
    'is the only value: %s',
    async (request) => {
      const answer = await createTestServer().call(request, { as: 'fan' });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/query/expand']);
    },
  );
});

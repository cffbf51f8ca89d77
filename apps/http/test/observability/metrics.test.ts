import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it } from 'vitest';
import { chargeWallet, hold, newKey, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

describe('the metrics', () => {
  it('count requests by route, holds and payments by outcome, and tokens by room', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { id } = await hold(server, sale, 'fan');
    await chargeWallet(server, 'fan', 1_000);
    const paying = { as: 'fan', key: newKey(), body: { reservationId: id } };
    await server.call('POST /v1/payments', paying);
    await server.call('POST /v1/payments', paying);
    await server.call('POST /v1/payments', { ...paying, key: newKey() });
    await hold(server, sale, 'second', [2]);
    await server.call('GET /v1/unknown');

    const scraped = await server.app.inject('/metrics');
    expect(scraped.headers['content-type']).toMatch(/^text\/plain/);
    const lines = scraped.body.split('\n');
    const room = `concert="${sale.concertId}"`;
    for (const line of [
      'http_request_duration_seconds_count{method="POST",route="/v1/payments",status_code="201"} 2',
      'http_request_duration_seconds_count{method="GET",route="unknown",status_code="404"} 1',
      'frontrow_holds_total{outcome="ok"} 2',
      'frontrow_payments_total{outcome="ok"} 1',
      'frontrow_payments_total{outcome="replayed"} 1',
      'frontrow_payments_total{outcome="reservation_not_held"} 1',
      `frontrow_queue_tokens{${room},state="active"} 1`,
      `frontrow_queue_tokens{${room},state="waiting"} 0`,
      `frontrow_room_admitted_total{${room}} 2`,
      `frontrow_room_completed_total{${room}} 1`,
    ])
      expect(lines).toContain(line);
    expect(lines.some((line) => line.startsWith('frontrow_outbox_oldest_age_seconds '))).toBe(true);
    expect(scraped.body).not.toContain('fan');
  });

  it('are served without the rooms while Redis is down', async () => {
    const server = createTestServer({
      replacePorts: (ports) => ({
        ...ports,
        waitingRoom: {
          ...ports.waitingRoom,
          list: async () => {
            throw new Unavailable('redis');
          },
        },
      }),
    });
    await server.call('GET /v1/concerts');
    const scraped = await server.app.inject('/metrics');
    expect(scraped.statusCode).toBe(200);
    expect(scraped.body).toContain('http_request_duration_seconds_count');
    expect(scraped.body).not.toMatch(/^frontrow_queue_tokens\{/m);
  });
});

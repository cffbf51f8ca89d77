import { describe, expect, it } from 'vitest';
import { ADMIN, join, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

const POLL = 'GET /v1/queue-tokens/current';

describe('the metrics of the waiting room', () => {
  it('count each wait once, when its slot is claimed, and polls by their outcome', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const policy = `PATCH /v1/admin/concerts/${concertId}/policy` as const;
    await server.call(policy, { ...ADMIN, body: { admission: { maxActive: 1 } } });
    const [inside, waiting] = [
      await join(server, concertId, 'first'),
      await join(server, concertId, 'second'),
    ];
    await server.call(POLL, { ticket: waiting });
    server.clock.advance(42_000);
    await server.call('DELETE /v1/queue-tokens/current', { ticket: inside });
    await server.ports.waitingRoom.admit(concertId);
    await server.call(POLL, { ticket: waiting });
    await server.call(POLL, { ticket: waiting }); // with the old ticket
    await join(server, concertId, 'second');
    await server.call(POLL, { ticket: inside });

    const lines = (await server.app.inject('/metrics')).body.split('\n');
    const of = `concert="${concertId}"`;
    for (const line of [
      `frontrow_queue_wait_seconds_bucket{le="1",${of}} 1`,
      `frontrow_queue_wait_seconds_bucket{le="30",${of}} 1`,
      `frontrow_queue_wait_seconds_bucket{le="60",${of}} 2`,
      `frontrow_queue_wait_seconds_sum{${of}} 42`,
      `frontrow_queue_wait_seconds_count{${of}} 2`,
      'frontrow_queue_polls_total{outcome="waiting"} 1',
      'frontrow_queue_polls_total{outcome="active"} 2',
      'frontrow_queue_polls_total{outcome="left"} 1',
      'frontrow_queue_streams 0',
    ])
      expect(lines).toContain(line);
  });
});

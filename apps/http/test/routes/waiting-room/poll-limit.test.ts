import { describe, expect, it } from 'vitest';
import { createPollLimit } from '../../../src/routes/waiting-room/poll-limit.ts';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, join, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const POLL = 'GET /v1/queue-tokens/current';

/** Two fans who wait in a paused room. */
async function openPausedRoom() {
  const server = createTestServer();
  const { concertId } = await putOnSale(server);
  const body = { admission: { state: 'PAUSED' } };
  await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, { ...ADMIN, body });
  const [fan, other] = [await join(server, concertId, 'fan'), await join(server, concertId, 'other')];
  return { server, concertId, fan, other };
}

describe('polls', () => {
  it('are refused far too early, beyond a burst of eight, and are answered again after Retry-After', async () => {
    const { server, fan, other } = await openPausedRoom();
    for (let count = 0; count < 8; count++)
      expect((await server.call(POLL, { ticket: fan })).status).toBe(200);
    const refused = await server.call(POLL, { ticket: fan });
    expect(refusalOf(refused)).toEqual([429, 'RATE_LIMITED']);
    const retryAfter = Number(refused.headers['retry-after']);
    expect(retryAfter).toBe(4); // a sixth of the 20 s of pollAfterMs in a paused room
    expect((await server.call(POLL, { ticket: other })).status).toBe(200);
    server.clock.advance(1_000 * retryAfter);
    expect((await server.call(POLL, { ticket: fan })).status).toBe(200);
    expect((await server.call(POLL, { ticket: fan })).status).toBe(429);
    const scraped = (await server.app.inject('/metrics')).body;
    expect(scraped).toContain('frontrow_queue_polls_total{outcome="waiting"} 10');
    expect(scraped).toContain('frontrow_queue_polls_total{outcome="rate_limited"} 2');
  });

  it('count for the place, also with a new ticket', async () => {
    const { server, concertId, fan } = await openPausedRoom();
    const ticket = server.tokenSigner.verify(fan);
    const statuses: number[] = [];
    for (let count = 0; count < 9; count++) {
      const newTicket = server.tokenSigner.sign({ ...ticket!, issuedAt: ticket!.issuedAt + count });
      statuses.push((await server.call(POLL, { ticket: newTicket })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 8 }, () => 200), 429]);
    expect(await join(server, concertId, 'fan')).not.toBe('');
  });

  it('of a client that obeys pollAfterMs are never refused', async () => {
    const { server, fan } = await openPausedRoom();
    for (let count = 0; count < 50; count++) {
      const polled = await server.call(POLL, { ticket: fan });
      expect(polled.status).toBe(200);
      server.clock.advance(0.8 * polled.body.pollAfterMs);
    }
  });
});

describe('createPollLimit', () => {
  it('drops an idle place, and none that polls all the time', () => {
    const limit = createPollLimit(() => 0);
    const isRefused = (sequence: number) => {
      const poll = limit.take({ concertId: 'c', userId: 'fan', sequence });
      poll.answered(20_000);
      return poll.retryAfterMs !== null;
    };
    for (const greedy of [1, 2]) while (!isRefused(greedy));
    for (let sequence = 3; sequence < 150_000; sequence += 1_000) {
      for (let other = 0; other < 1_000; other++) isRefused(sequence + other);
      expect(isRefused(1)).toBe(true);
    }
    expect(isRefused(2)).toBe(false);
  });
});

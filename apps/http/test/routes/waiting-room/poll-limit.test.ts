import { describe, expect, it } from 'vitest';
import { createPollLimit } from '../../../src/routes/waiting-room/poll-limit.ts';
import { refusalOf } from '../../support/observe.ts';
import { ADMIN, join, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const POLL = 'GET /v1/queue-tokens/current';

/** Two fans who wait: nobody is let in. */
async function openLine() {
  const world = createTestServer();
  const { concertId } = await putOnSale(world);
  const body = { admission: { state: 'PAUSED' } };
  await world.call(`PATCH /v1/admin/concerts/${concertId}/policy`, { ...ADMIN, body });
  const [fan, other] = [await join(world, concertId, 'fan'), await join(world, concertId, 'other')];
  return { world, concertId, fan, other };
}

describe('polls', () => {
  it('are refused far too early, beyond a burst of five, and are answered again in time', async () => {
    const { world, fan, other } = await openLine();
    for (let count = 0; count < 5; count++)
      expect((await world.call(POLL, { ticket: fan })).status).toBe(200);
    const refused = await world.call(POLL, { ticket: fan });
    expect(refusalOf(refused)).toEqual([429, 'RATE_LIMITED']);
    const retryAfter = Number(refused.headers['retry-after']);
    expect(retryAfter).toBe(7); // a third of the 20 s that someone in a paused room is told to wait
    expect((await world.call(POLL, { ticket: other })).status).toBe(200);
    world.clock.advance(1_000 * retryAfter);
    expect((await world.call(POLL, { ticket: fan })).status).toBe(200);
    expect((await world.call(POLL, { ticket: fan })).status).toBe(429);
    const scraped = (await world.app.inject('/metrics')).body;
    expect(scraped).toContain('frontrow_queue_polls_total{outcome="waiting"} 7');
    expect(scraped).toContain('frontrow_queue_polls_total{outcome="rate_limited"} 2');
  });

  it('count for the place, however often its ticket is signed', async () => {
    const { world, concertId, fan } = await openLine();
    const ticket = world.tokenSigner.verify(fan);
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) {
      const signedAnew = world.tokenSigner.sign({ ...ticket!, issuedAt: ticket!.issuedAt + count });
      statuses.push((await world.call(POLL, { ticket: signedAnew })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await join(world, concertId, 'fan')).not.toBe('');
  });

  it('of a client that does as it is told are never refused', async () => {
    const { world, fan } = await openLine();
    for (let count = 0; count < 50; count++) {
      const polled = await world.call(POLL, { ticket: fan });
      expect(polled.status).toBe(200);
      world.clock.advance(0.8 * polled.body.pollAfterMs);
    }
  });
});

describe('createPollLimit', () => {
  it('forgets a place in the end, and none that asks all the time', () => {
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

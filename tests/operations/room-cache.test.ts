import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../support/client.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startNginx } from '../support/services/start-nginx.ts';
import { useInstallation } from '../support/use-installation.ts';

const CONCURRENT = 1_000;
const ROUNDS = 3;
const COUNTED = /^http_request_duration_seconds_count\{([^}]*)\} (\d+)$/gm;

const installation = useInstallation({ http: 1 });
let nginx: PrivateServer;
let client: Client;
beforeAll(async () => {
  nginx = await startNginx(installation().http[0]!.url);
  client = createClient(nginx.url);
});
afterAll(async () => {
  await client?.close();
  await nginx?.stop();
});

/** How many requests of this operation have reached the HTTP process. */
async function requestsAtOrigin(route: string): Promise<number> {
  const scrape = await (await fetch(`${installation().http[0]!.url}/metrics`)).text();
  const counts = [...scrape.matchAll(COUNTED)].filter(([, labels]) => labels!.includes(`"${route}"`));
  return counts.reduce((sum, [, , count]) => sum + Number(count), 0);
}

const ROOM_ROUTE = '/v1/concerts/:concertId/room';

async function openRoom() {
  const { concertId } = await installation().openSale();
  const path = `/v1/concerts/${concertId}/room`;
  const get = (headers: Record<string, string> = {}, query = '') =>
    client.send<{ room: string; asOf: string; code?: string }>({
      method: 'GET',
      path: `${path}${query}`,
      headers,
    });
  return { concertId, get };
}

describe('nginx in front of an HTTP process', () => {
  it('asks for the status of a room once a second for a thousand concurrent fans', async () => {
    const { get } = await openRoom();
    await get();
    const before = await requestsAtOrigin(ROOM_ROUTE);
    const startedAt = Math.floor(Date.now() / 1_000);
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(Array.from({ length: CONCURRENT }, () => get()));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    // nginx may take the second from a moment before.
    const seconds = Math.floor(Date.now() / 1_000) - startedAt + 2;
    expect((await requestsAtOrigin(ROOM_ROUTE)) - before).toBeLessThanOrEqual(seconds);
  });

  it('answers from its cache with the tag, 304 to a client that has it, and anew in the next second', async () => {
    const { get } = await openRoom();
    const first = await get();
    const etag = String(first.headers['etag']);
    expect(first.headers['cache-control']).toBe('public, max-age=1');
    expect(['200', '304']).toContain(String((await get({ 'if-none-match': etag })).status));
    expect((await get({ 'if-none-match': '*' })).status).toBe(304);
    await expect.poll(async () => (await get()).body.asOf, { timeout: 60_000 }).not.toBe(first.body.asOf);
  });

  it('fetches the answer for all without the headers, the query and the id of one', async () => {
    const { get } = await openRoom();
    const [one, other] = await Promise.all([
      get({ authorization: 'Bearer rubbish', 'queue-token': 'rubbish', 'x-request-id': 'one' }, '?fan=1'),
      get({ 'x-request-id': 'other' }),
    ]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect([one, other].map(({ headers }) => headers['x-request-id'])).toEqual(['one', 'other']);
  });

  it('keeps no refusal: every request for an unknown room reaches the process', async () => {
    const before = await requestsAtOrigin(ROOM_ROUTE);
    for (let request = 0; request < 5; request += 1) {
      const answer = await client.send({ method: 'GET', path: '/v1/concerts/none/room' });
      expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    }
    expect((await requestsAtOrigin(ROOM_ROUTE)) - before).toBe(5);
  });

  it('caches no personal answer and no other public one', async () => {
    const { concertId } = await openRoom();
    const fan = installation().fan('fan');
    await fan.join(concertId);
    const headers = { 'queue-token': fan.ticket() };
    const paths = ['/v1/queue-tokens/current', '/v1/concerts', `/v1/concerts/${concertId}`];
    const routes = ['/v1/queue-tokens/current', '/v1/concerts', '/v1/concerts/:concertId'];
    for (const [index, path] of paths.entries()) {
      const before = await requestsAtOrigin(routes[index]!);
      for (let request = 0; request < 5; request += 1)
        expect((await client.send({ method: 'GET', path, headers })).status).toBe(200);
      expect((await requestsAtOrigin(routes[index]!)) - before).toBe(5);
    }
  });

  it('refuses another method as the process does', async () => {
    const { concertId } = await openRoom();
    const post = await client.send({ method: 'POST', path: `/v1/concerts/${concertId}/room`, body: {} });
    expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

it('answers with an error, and nothing old, once the process is gone', async () => {
  const { concertId } = await installation().openSale();
  // The error of nginx is no JSON.
  const statusOf = async () => (await fetch(`${nginx.url}/v1/concerts/${concertId}/room`)).status;
  expect(await statusOf()).toBe(200);
  await installation().http[0]!.kill('SIGKILL');
  await expect.poll(statusOf, { timeout: 60_000 }).toBeGreaterThanOrEqual(500);
  expect(await statusOf()).toBeGreaterThanOrEqual(500);
});

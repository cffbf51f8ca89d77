import { describe, expect, it } from 'vitest';
import { answerOf } from '../src/answer.ts';
import { getWallet, listConcerts, listLedger } from '../src/generated/sdk.gen.ts';
import { openClient } from '../src/open-client.ts';
import { createServerClock } from '../src/server-clock.ts';

function clientThat(respond: (request: Request) => Response | Promise<Response>, options = {}) {
  const requests: Request[] = [];
  const client = openClient({
    baseUrl: 'https://tickets.example.com/shop/',
    accessToken: () => 'access-token',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      return respond(request);
    },
    ...options,
  });
  return { client, requests };
}

const json = (headers = {}) =>
  new Response('{"balance":1}', { headers: { 'Content-Type': 'application/json', ...headers } });

describe('openClient', () => {
  it('sends requests below its base URL, with or without a slash at its end', async () => {
    const { client, requests } = clientThat(() => json());
    await answerOf(listConcerts({ client, query: { limit: 5, q: 'Åland & Söhne' } }));
    expect(requests[0]?.url).toBe(
      'https://tickets.example.com/shop/v1/concerts?limit=5&q=%C3%85land%20%26%20S%C3%B6hne',
    );
  });

  it('sends the access token only where an operation asks who the user is', async () => {
    const { client, requests } = clientThat(() => json());
    await answerOf(listConcerts({ client }));
    await answerOf(getWallet({ client }));
    expect(requests.map(({ headers }) => headers.get('Authorization'))).toEqual([
      null,
      'Bearer access-token',
    ]);
  });

  it('sends no Authorization for a user who is not signed in', async () => {
    const { client, requests } = clientThat(() => json(), { accessToken: async () => null });
    await answerOf(getWallet({ client }));
    expect(requests[0]?.headers.has('Authorization')).toBe(false);
  });

  it('is unreachable while the access token cannot be had', async () => {
    let isOnline = false;
    const accessToken = async () => {
      if (!isOnline) throw new TypeError('fetch failed');
      return 'access-token';
    };
    const { client, requests } = clientThat(() => json(), { accessToken });
    const problem = { code: 'UNREACHABLE', reason: 'NETWORK' };
    expect(await answerOf(getWallet({ client }))).toMatchObject({ ok: false, problem });
    expect(requests).toHaveLength(0);
    isOnline = true;
    expect(await answerOf(getWallet({ client }))).toMatchObject({ ok: true });
  });

  it('gives up a request that is not answered in time', async () => {
    const { client } = clientThat(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      { timeoutMs: 10 },
    );
    const problem = { code: 'UNREACHABLE', reason: 'NETWORK' };
    expect(await answerOf(getWallet({ client }))).toMatchObject({ ok: false, problem });
  });

  it('gives up an answer whose body does not end in time', async () => {
    const { client } = clientThat(
      ({ signal }) => {
        const body = new ReadableStream({
          start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
        });
        return new Response(body, { headers: { 'Content-Type': 'application/json' } });
      },
      { timeoutMs: 10 },
    );
    const problem = { code: 'UNREACHABLE', reason: 'NETWORK' };
    expect(await answerOf(getWallet({ client }))).toMatchObject({ ok: false, problem });
  });

  it('lets a file take longer once it has begun', async () => {
    const { client } = clientThat(
      ({ signal }) => {
        const body = new ReadableStream({
          start(controller) {
            signal.addEventListener('abort', () => controller.error(signal.reason));
            AbortSignal.timeout(100).addEventListener('abort', () => controller.close());
          },
        });
        return new Response(body, { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
      },
      { timeoutMs: 50 },
    );
    const query = { format: 'csv' } as const;
    const answer = await answerOf(
      listLedger({ client, query: { ...query, day: '2026-12-01' }, parseAs: 'blob' }),
    );
    expect(answer).toMatchObject({ ok: true, data: expect.any(Blob) });
  });

  it('learns the time from fresh answers, and not from those of a cache', async () => {
    const clock = createServerClock();
    const date = { Date: 'Tue, 01 Dec 2026 11:00:00 GMT' };
    const at = Date.parse('2026-12-01T11:00:00Z');
    const cached = clientThat(() => json({ ...date, 'Cache-Control': 'public, max-age=1' }), { clock });
    await answerOf(getWallet({ client: cached.client }));
    expect(Math.abs(clock.now() - at)).toBeGreaterThan(5_000);
    const fresh = clientThat(() => json({ ...date, 'Cache-Control': 'no-store' }), { clock });
    await answerOf(getWallet({ client: fresh.client }));
    expect(Math.abs(clock.now() - at)).toBeLessThan(5_000);
  });
});

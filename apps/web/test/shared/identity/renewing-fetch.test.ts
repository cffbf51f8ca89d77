import { describe, expect, it } from 'vitest';
import { createRenewingFetch } from '../../../src/shared/identity/renewing-fetch.ts';

/** A server that takes one token, and the requests that it has received. */
function serverWith(validToken: string) {
  const received: { token: string | null; body: string }[] = [];
  const serve: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const token = request.headers.get('Authorization');
    received.push({ token, body: await request.text() });
    return new Response('{}', { status: token === `Bearer ${validToken}` ? 200 : 401 });
  };
  return { received, serve };
}

const hold = { method: 'POST', body: '{"seatNumbers":[1]}', headers: { Authorization: 'Bearer old' } };
const URL = 'http://localhost/v1/reservations';

describe('createRenewingFetch', () => {
  it('sends a refused request again with a new token and the same body', async () => {
    const { received, serve } = serverWith('new');
    const refused: string[] = [];
    const send = createRenewingFetch({
      fetch: serve,
      renew: async (token) => {
        refused.push(token);
        return 'new';
      },
    });

    const answer = await send(URL, hold);

    expect(answer.status).toBe(200);
    expect(refused).toEqual(['old']);
    expect(received).toEqual([
      { token: 'Bearer old', body: hold.body },
      { token: 'Bearer new', body: hold.body },
    ]);
  });

  it('renews once, however often the server refuses', async () => {
    const { received, serve } = serverWith('none');
    const send = createRenewingFetch({ fetch: serve, renew: async () => 'new' });

    expect((await send(URL, hold)).status).toBe(401);
    expect(received).toHaveLength(2);
  });

  it('returns the refusal where the user is signed out', async () => {
    const { received, serve } = serverWith('new');
    const send = createRenewingFetch({ fetch: serve, renew: async () => null });

    expect((await send(URL, hold)).status).toBe(401);
    expect(received).toHaveLength(1);
  });
});

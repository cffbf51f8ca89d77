import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

describe('a browser on another origin', () => {
  const origin = 'https://tickets.example';
  const preflight = { origin, 'access-control-request-method': 'POST' };

  it('may not read anything unless it is configured', async () => {
    const { app } = createTestServer();
    const answer = await app.inject({ method: 'OPTIONS', url: '/v1/reservations', headers: preflight });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    const read = await app.inject({ url: '/v1/concerts', headers: { origin } });
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('may send and read the headers of the API once it is configured, refusals included', async () => {
    const { app, call } = createTestServer({ corsOrigins: [origin] });
    const answer = await app.inject({ method: 'OPTIONS', url: '/v1/reservations', headers: preflight });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-methods']).toBe('GET, POST, PUT, PATCH, DELETE');
    const allowed = String(answer.headers['access-control-allow-headers']).toLowerCase();
    const headers = ['authorization', 'content-type', 'queue-token', 'idempotency-key', 'if-none-match'];
    for (const header of [...headers, 'last-event-id']) expect(allowed).toContain(header);

    const refused = await call('GET /v1/wallet', { headers: { origin } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, origin]);
    const exposed = refused.headers['access-control-expose-headers'];
    expect(exposed).toBe(
      'Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, Location, ETag, X-Request-Id',
    );
    const stranger = await call('GET /v1/concerts', { headers: { origin: 'https://evil.example' } });
    expect(stranger.headers['access-control-allow-origin']).not.toBe('https://evil.example');
  });
});

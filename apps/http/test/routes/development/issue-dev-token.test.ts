import { describe, expect, it } from 'vitest';
import { TEST_SECRET } from '../../support/access-token.ts';
import { createTestServer } from '../../support/test-server.ts';

const NO_CLAIMS = { issuer: undefined, audience: undefined, lifetimeMaxS: 86_400 };

describe('development tokens', () => {
  it('are signed for any caller where the mode is dev', async () => {
    const server = createTestServer({ auth: { kind: 'dev', secret: TEST_SECRET, ...NO_CLAIMS } });
    const { call } = server;
    const issued = await call('POST /v1/dev/tokens', { body: { userId: 'fan' } });
    expect(issued.status).toBe(201);
    const fan = { authorization: `Bearer ${issued.body.accessToken}` };
    expect((await call('GET /v1/wallet', { headers: fan })).status).toBe(200);
    const body = { title: 'A', artist: 'B' };
    expect((await call('POST /v1/admin/concerts', { headers: fan, body })).status).toBe(403);
    const admin = await call('POST /v1/dev/tokens', { body: { userId: 'boss', scope: 'admin' } });
    const headers = { authorization: `Bearer ${admin.body.accessToken}` };
    expect((await call('POST /v1/admin/concerts', { headers, body })).status).toBe(201);
    expect((await call('POST /v1/dev/tokens', { body: {} })).status).toBe(400);
  });

  it('have no route in any other mode', async () => {
    const { call } = createTestServer();
    expect((await call('POST /v1/dev/tokens', { body: { userId: 'fan' } })).status).toBe(404);
  });
});

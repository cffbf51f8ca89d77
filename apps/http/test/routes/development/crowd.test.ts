import { describe, expect, it } from 'vitest';
import type { Crowd, CrowdProcess } from '../../../src/crowd/crowd-process.ts';
import { createTestServer } from '../../support/test-server.ts';

const ADMIN = { as: 'boss', scope: 'admin' };

/** A crowd without a process. */
function createFakeCrowd(): CrowdProcess & { readonly urls: string[] } {
  const urls: string[] = [];
  const counts = { coming: 0, waiting: 0, choosing: 0, holding: 0, paid: 0, gaveUp: 0 };
  let crowd: Crowd = { running: false, fans: 0, seed: null, counts };
  return {
    urls,
    start(fans, serverUrl) {
      if (crowd.running) return { crowd, isNew: false };
      urls.push(serverUrl);
      crowd = { running: true, fans, seed: 7, counts: { ...counts, coming: fans } };
      return { crowd, isNew: true };
    },
    current: () => crowd,
    async stop() {
      crowd = { ...crowd, running: false };
    },
  };
}

async function createListeningServer(host = '127.0.0.1') {
  const crowd = createFakeCrowd();
  const server = createTestServer({ crowd });
  const address = await server.app.listen({ host, port: 0 });
  return { ...server, crowd, address };
}

describe('the crowd of bots', () => {
  it('starts once at a time, is read, and stops', async () => {
    const { app, call, crowd, address } = await createListeningServer();
    const none = await call('GET /v1/dev/crowd', ADMIN);
    expect(none.body).toMatchObject({ running: false, fans: 0, seed: null });

    const started = await call('POST /v1/dev/crowd', { ...ADMIN, body: { fans: 2_000 } });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ running: true, fans: 2_000, seed: 7, counts: { coming: 2_000 } });
    const again = await call('POST /v1/dev/crowd', { ...ADMIN, body: { fans: 1 } });
    expect(again).toMatchObject({ status: 200, body: started.body });
    expect((await call('GET /v1/dev/crowd', ADMIN)).body).toEqual(started.body);
    expect(crowd.urls).toEqual([address]);

    for (const _ of [1, 2]) expect((await call('DELETE /v1/dev/crowd', ADMIN)).status).toBe(204);
    expect((await call('GET /v1/dev/crowd', ADMIN)).body).toMatchObject({ running: false, fans: 2_000 });
    await app.close();
  });

  it('comes over loopback where the server listens on every address', async () => {
    const { app, call, crowd } = await createListeningServer('0.0.0.0');
    expect((await call('POST /v1/dev/crowd', { ...ADMIN, body: { fans: 1 } })).status).toBe(202);
    expect(crowd.urls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
    await app.close();
  });

  it('is refused by a server that does not listen on loopback', async () => {
    const { call } = createTestServer({ crowd: createFakeCrowd() });
    const refused = await call('POST /v1/dev/crowd', { ...ADMIN, body: { fans: 1 } });
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(refused.body.detail).toContain('HOST');
  });

  it('has between 1 and 2,000 bots', async () => {
    const { app, call } = await createListeningServer();
    for (const body of [{ fans: 0 }, { fans: 2_001 }, { fans: 1.5 }, { fans: '9' }, {}, { fans: 9, seed: 1 }])
      expect([body, (await call('POST /v1/dev/crowd', { ...ADMIN, body })).status]).toEqual([body, 400]);
    expect((await call('GET /v1/dev/crowd', ADMIN)).body.running).toBe(false);
    await app.close();
  });

  it('is for the scope admin alone', async () => {
    const { app, call } = await createListeningServer();
    const body = { fans: 1 };
    for (const scope of ['', 'sales:read', 'sales:write'])
      expect((await call('POST /v1/dev/crowd', { as: 'fan', scope, body })).status).toBe(403);
    expect((await call('GET /v1/dev/crowd', { as: 'fan' })).status).toBe(403);
    expect((await call('DELETE /v1/dev/crowd', { as: 'fan' })).status).toBe(403);
    expect((await call('DELETE /v1/dev/crowd')).status).toBe(401);
    await app.close();
  });

  it('has no route outside memory mode', async () => {
    const { call } = createTestServer();
    expect((await call('POST /v1/dev/crowd', { ...ADMIN, body: { fans: 1 } })).status).toBe(404);
    expect((await call('GET /v1/dev/crowd', ADMIN)).status).toBe(404);
    expect((await call('DELETE /v1/dev/crowd', ADMIN)).status).toBe(404);
  });
});

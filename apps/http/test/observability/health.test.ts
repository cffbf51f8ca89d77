import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

function report(status: string, redisStatus: string) {
  return {
    status,
    dependencies: [
      { name: 'mysql', status: 'ok' },
      {
        name: 'redis',
        status: redisStatus,
        ...(redisStatus === 'failed' ? { reason: 'not reachable' } : {}),
      },
    ],
  };
}

describe('the probes', () => {
  it('report that the process runs, and whether it can serve', async () => {
    let redis = true;
    const { app, readiness } = createTestServer({
      dependencies: [
        { name: 'mysql', check: async () => null },
        {
          name: 'redis',
          check: async () => {
            if (!redis) throw new Unavailable('redis');
            return null;
          },
        },
      ],
    });
    const ready = async () => {
      const answer = await app.inject('/readyz');
      return [answer.statusCode, answer.json<unknown>()];
    };
    expect((await app.inject('/livez')).json()).toEqual({ status: 'ok' });
    expect(await ready()).toEqual([200, report('ok', 'ok')]);
    redis = false;
    expect(await ready()).toEqual([503, report('failed', 'failed')]);
    redis = true;
    readiness.stop();
    expect(await ready()).toEqual([503, report('stopping', 'ok')]);
    expect((await app.inject('/livez')).statusCode).toBe(200);
  });
});

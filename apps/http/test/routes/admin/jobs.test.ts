import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:read' } as const;

const readReport = async () => ({
  asOf: START,
  runs: { waiting: 1, active: 2, delayed: 0, failed: 3 },
  jobs: [
    {
      name: 'sweep-holds',
      everyMs: 1_000,
      lastRun: { endedAt: START - 400, durationMs: 4.5, result: 'SUCCEEDED' as const },
      lastFailure: { endedAt: START - 60_000, error: '<b>gone</b>' },
      succeededTotal: 10,
      failedTotal: 1,
    },
    {
      name: 'purge-records',
      everyMs: 600_000,
      lastRun: null,
      lastFailure: null,
      succeededTotal: 0,
      failedTotal: 0,
    },
  ],
});
const fail = () => Promise.reject(new Unavailable('redis'));

describe('GET /v1/admin/jobs', () => {
  it('shows the queue, the last run and the last failure of each job', async () => {
    const { call } = createTestServer({
      replacePorts: (ports) => ({ ...ports, jobReads: { read: readReport } }),
    });
    const { status, body } = await call('GET /v1/admin/jobs', STAFF);
    expect(status).toBe(200);
    expect(body).toEqual({
      asOf: '2026-12-01T11:00:00.000Z',
      runs: { waiting: 1, active: 2, delayed: 0, failed: 3 },
      jobs: [
        {
          name: 'sweep-holds',
          everyMs: 1_000,
          lastRun: { endedAt: '2026-12-01T10:59:59.600Z', durationMs: 4.5, result: 'SUCCEEDED' },
          lastFailure: { endedAt: '2026-12-01T10:59:00.000Z', error: '<b>gone</b>' },
          succeededTotal: 10,
          failedTotal: 1,
        },
        {
          name: 'purge-records',
          everyMs: 600_000,
          lastRun: null,
          lastFailure: null,
          succeededTotal: 0,
          failedTotal: 0,
        },
      ],
    });
  });

  it('is UNAVAILABLE while the queue cannot be read', async () => {
    const { call } = createTestServer({ replacePorts: (ports) => ({ ...ports, jobReads: { read: fail } }) });
    expect(refusalOf(await call('GET /v1/admin/jobs', STAFF))).toEqual([503, 'UNAVAILABLE']);
  });
});

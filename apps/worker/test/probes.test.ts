import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { Registry } from '@prometheus-io/client';
import { describe, expect, it } from 'vitest';
import { createProbes } from '../src/probes.ts';

describe('the probes', () => {
  const up = { name: 'mysql', check: async () => null } as const;
  const full = { name: 'redis', check: async () => 'memory is full' } as const;
  const down = { name: 'redis', check: () => Promise.reject(new Error('down')) } as const;
  const silent = { name: 'redis', check: () => new Promise<null>(() => undefined) } as const;

  it.each([
    ['ok', 200, [up], undefined, false],
    ['failed', 503, [up, full], 'memory is full', false],
    ['failed', 503, [up, down], 'not reachable', false],
    ['failed', 503, [up, silent], 'no answer in time', false],
    ['stopping', 503, [up], undefined, true],
  ])('say %s with %i and name each dependency', async (status, code, dependencies, reason, isStopping) => {
    const readiness = createReadiness(dependencies);
    if (isStopping) readiness.stop();
    const probes = createProbes({ readiness, registry: new Registry() });
    const response = await probes.inject('/readyz');
    expect(response.statusCode).toBe(code);
    expect(response.json()).toEqual({
      status,
      dependencies: dependencies.map((each) =>
        each === up ? { name: each.name, status: 'ok' } : { name: each.name, status: 'failed', reason },
      ),
    });
    expect((await probes.inject('/livez')).statusCode).toBe(200);
    await probes.close();
  });

  it('serve the metrics as Prometheus reads them', async () => {
    const registry = new Registry();
    createWorkerMetrics(registry);
    const probes = createProbes({ readiness: createReadiness([]), registry });
    const response = await probes.inject('/metrics');
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toContain('# TYPE frontrow_queue_admitted_total counter');
    await probes.close();
  });
});

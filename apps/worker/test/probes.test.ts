import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { Registry } from '@prometheus-io/client';
import { describe, expect, it } from 'vitest';
import { createProbes } from '../src/probes.ts';

describe('the probes', () => {
  const up = { name: 'mysql', check: async () => undefined } as const;
  const down = { name: 'redis', check: () => Promise.reject(new Error('away')) } as const;
  const silent = { name: 'redis', check: () => new Promise<void>(() => undefined) } as const;

  it.each([
    ['ok', 200, [up], false],
    ['failed', 503, [up, down], false],
    ['failed', 503, [up, silent], false],
    ['stopping', 503, [up], true],
  ])('say %s with %i and name each dependency', async (status, code, dependencies, isStopping) => {
    const readiness = createReadiness(dependencies);
    if (isStopping) readiness.stop();
    const probes = createProbes({ readiness, registry: new Registry() });
    const response = await probes.inject('/readyz');
    expect(response.statusCode).toBe(code);
    expect(response.json()).toEqual({
      status,
      dependencies: dependencies.map((each) => ({ name: each.name, status: each === up ? 'ok' : 'failed' })),
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

import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { seedDemoConcerts } from '@frontrow/adapters/process/demo-concerts.ts';
import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { createProbes } from '../src/probes.ts';
import { SCHEDULES } from '@frontrow/adapters/process/jobs/schedules.ts';
import { createWorkerJobs } from '@frontrow/adapters/process/jobs/worker-jobs.ts';

const secrets = [{ keyId: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' }];
let ports: Ports;
let registry: Registry;
beforeEach(async () => {
  ({ ports } = await openPorts({ mode: 'memory', queueTokenSecrets: secrets }, pino({ level: 'silent' })));
  registry = new Registry();
});

const jobsOn = (on: Ports) => createWorkerJobs(createApplication(on), createWorkerMetrics(registry));
const jobOf = (name: string, on = ports) => {
  const job = jobsOn(on).find((each) => each.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  return job;
};
async function sampleOf(name: string, job?: string): Promise<number | undefined> {
  const line = new RegExp(`^${name}${job === undefined ? '' : `\\{job="${job}"\\}`} (\\S+)$`, 'm');
  const value = line.exec(await registry.metrics())?.[1];
  return value === undefined ? undefined : Number(value);
}

describe('the worker’s jobs', () => {
  it('are all scheduled, each under its own name', () => {
    expect(jobsOn(ports).map(({ name, everyMs }) => [name, everyMs])).toEqual(Object.entries(SCHEDULES));
  });

  it.each(Object.keys(SCHEDULES))('%s runs on empty rooms and tells when', async (name) => {
    const before = Date.now() / 1000;
    await jobOf(name).run();
    expect(await sampleOf('frontrow_job_last_success_timestamp_seconds', name)).toBeGreaterThanOrEqual(
      before,
    );
    expect(await sampleOf('frontrow_job_duration_seconds_count', name)).toBe(1);
  });

  it('a failing run fails, is counted, and is no success', async () => {
    const waitingRoom = { ...ports.waitingRoom, list: () => Promise.reject(new Error('no Redis')) };
    await expect(jobOf('admit-waiting', { ...ports, waitingRoom }).run()).rejects.toThrow('no Redis');
    expect(await sampleOf('frontrow_job_failures_total', 'admit-waiting')).toBe(1);
    expect(await sampleOf('frontrow_job_last_success_timestamp_seconds', 'admit-waiting')).toBeUndefined();
    expect(await sampleOf('frontrow_admission_last_tick_timestamp_seconds')).toBe(0);
  });

  it('let the waiting in, and count them', async () => {
    const application = createApplication(ports);
    const [seeded] = await seedDemoConcerts(application, Date.now());
    const concertId = seeded?.concert.id ?? '';
    await application.changePolicy({ concertId, admission: { state: 'PAUSED' }, hold: {} });
    for (const userId of ['a', 'b', 'c']) await application.issueQueueToken({ concertId, userId });
    await application.changePolicy({ concertId, admission: { state: 'RUNNING', batchSize: 2 }, hold: {} });
    await jobOf('admit-waiting').run();
    expect(await sampleOf('frontrow_queue_admitted_total')).toBe(2);
    expect(await ports.waitingRoom.statistics(concertId)).toMatchObject({ waiting: 1, active: 2 });
  });
});

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
    const probes = createProbes({ dependencies, registry, isStopping: () => isStopping });
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
    createWorkerMetrics(registry);
    const probes = createProbes({ dependencies: [], registry, isStopping: () => false });
    const response = await probes.inject('/metrics');
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toContain('# TYPE frontrow_queue_admitted_total counter');
    await probes.close();
  });
});

import { createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPorts } from '../../src/open-ports.ts';
import { seedDemoConcerts } from '../../src/process/seed-demo-concerts.ts';
import { SCHEDULES } from '../../src/process/jobs/schedules.ts';
import { createWorkerJobs } from '../../src/process/jobs/worker-jobs.ts';
import { createWorkerMetrics } from '../../src/process/jobs/worker-metrics.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const secrets = [{ keyId: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' }];
let ports: Ports;
let registry: Registry;
beforeEach(async () => {
  ({ ports } = await openPorts(
    { mode: 'memory', queueTokenSecrets: secrets, entryTicketSecrets: secrets },
    pino({ level: 'silent' }),
  ));
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

const NEVER = new AbortController().signal;

describe('the worker’s jobs', () => {
  it('are all scheduled, each under its own name', () => {
    expect(jobsOn(ports).map(({ name, everyMs }) => [name, everyMs])).toEqual(Object.entries(SCHEDULES));
  });

  it.each(Object.keys(SCHEDULES))('%s runs without any room, and its end is observed', async (name) => {
    const before = Date.now() / 1000;
    await jobOf(name).run(NEVER);
    expect(await sampleOf('frontrow_job_last_success_timestamp_seconds', name)).toBeGreaterThanOrEqual(
      before,
    );
    expect(await sampleOf('frontrow_job_duration_seconds_count', name)).toBe(1);
  });

  it('count a run that throws as failed', async () => {
    const waitingRoom = { ...ports.waitingRoom, list: () => Promise.reject(new Error('no Redis')) };
    await expect(jobOf('admit-waiting', { ...ports, waitingRoom }).run(NEVER)).rejects.toThrow('no Redis');
    expect(await sampleOf('frontrow_job_failures_total', 'admit-waiting')).toBe(1);
    expect(await sampleOf('frontrow_job_last_success_timestamp_seconds', 'admit-waiting')).toBeUndefined();
    expect(await sampleOf('frontrow_admission_last_tick_timestamp_seconds')).toBe(0);
  });

  it('admit waiting places, and count them', async () => {
    const application = createApplication(ports);
    const [seeded] = await seedDemoConcerts(application, Date.now());
    const concertId = seeded?.concert.id ?? '';
    await application.changePolicy({ by: BY_STAFF, concertId, admission: { state: 'PAUSED' }, hold: {} });
    for (const userId of ['a', 'b', 'c']) await application.issueQueueToken({ concertId, userId });
    await application.changePolicy({
      by: BY_STAFF,
      concertId,
      admission: { state: 'RUNNING', batchSize: 2 },
      hold: {},
    });
    await jobOf('admit-waiting').run(NEVER);
    expect(await sampleOf('frontrow_queue_admitted_total')).toBe(2);
    expect(await ports.waitingRoom.statistics(concertId)).toMatchObject({ waiting: 1, active: 2 });
  });
});

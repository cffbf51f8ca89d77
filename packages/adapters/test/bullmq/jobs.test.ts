import { randomUUID } from 'node:crypto';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { REPORTED_JOBS, describeJobsContract } from '@frontrow/application/contracts/shared/jobs.contract.ts';
import type { Job } from '@frontrow/application/ports/shared/jobs.ts';
import { pino } from 'pino';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import {
  closeRedis,
  openBlockingRedis,
  openRedis,
  withUnavailable,
} from '../../src/redis/connection/connection.ts';
import { createKeys } from '../../src/redis/connection/keys.ts';
import { createUlidGenerator } from '../../src/system/id-generator.ts';
import { createBullJobReads } from '../../src/bullmq/job-reads.ts';
import { createBullJobs } from '../../src/bullmq/jobs.ts';

const logger = pino({ level: 'silent' });
const ignore = () => undefined;
let server: Awaited<ReturnType<typeof startPrivateRedis>>;
beforeAll(async () => {
  server = await startPrivateRedis();
});
afterAll(() => server.stop());

/** The jobs of one process. */
function newJobs(prefix: string) {
  const options = { url: server.url, onError: ignore };
  const producer = () => openRedis(options);
  const worker = () => openBlockingRedis(options);
  return createBullJobs({
    connect: { producer, worker, close: closeRedis },
    prefix,
    logger,
    onError: ignore,
    onFailure: ignore,
  });
}
const newPrefix = () => createKeys(`test-${randomUUID()}`).jobs;

function counter(name: string, everyMs = 100) {
  const job = { name, everyMs, runs: 0, run: async () => void (job.runs += 1) };
  return job satisfies Job;
}

async function openReads(prefix: string, schedules: Readonly<Record<string, number>>) {
  const redis = await openRedis({ url: server.url, onError: ignore });
  const jobReads = createBullJobReads({ redis, prefix, schedules, onError: ignore, withUnavailable });
  return { jobReads, close: () => closeRedis(redis) };
}

describeJobsContract('BullMQ', async () => {
  const prefix = newPrefix();
  const { jobReads, close } = await openReads(prefix, REPORTED_JOBS);
  return { ports: { jobs: newJobs(prefix), jobReads, ids: createUlidGenerator() }, close };
});

it('reports every job of the installation before it has ever run', async () => {
  const { jobReads, close } = await openReads(newPrefix(), { tick: 100 });
  expect(await jobReads.read()).toMatchObject({
    runs: { waiting: 0, active: 0, delayed: 0, failed: 0 },
    jobs: [
      { name: 'tick', everyMs: 100, lastRun: null, lastFailure: null, succeededTotal: 0, failedTotal: 0 },
    ],
  });
  await close();
});

it('adds up the runs of all processes', async () => {
  const prefix = newPrefix();
  const { jobReads, close } = await openReads(prefix, { tick: 100 });
  const [here, there] = [counter('tick'), counter('tick')];
  const running = await Promise.all([newJobs(prefix).start([here]), newJobs(prefix).start([there])]);
  await eventually(() => expect(Math.min(here.runs, there.runs)).toBeGreaterThan(2));
  await Promise.all(running.map((one) => one.stop()));
  await eventually(async () => {
    const [tick] = (await jobReads.read()).jobs;
    expect(tick?.succeededTotal).toBe(here.runs + there.runs);
  });
  await close();
});

it('shares the runs of a job among the processes that start it', async () => {
  const prefix = newPrefix();
  const [here, there] = [counter('tick'), counter('tick')];
  const running = await Promise.all([newJobs(prefix).start([here]), newJobs(prefix).start([there])]);
  await eventually(() => expect(Math.min(here.runs, there.runs)).toBeGreaterThan(2));
  await running[0].stop();
  const runs = there.runs;
  await eventually(() => expect(there.runs).toBeGreaterThan(runs + 2));
  await running[1].stop();
});

it('neither accumulates the ticks of a slow job nor lets it delay the others', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const quick = counter('quick', 50);
  const slow = counter('slow', 50);
  const job: Job = { ...slow, run: () => slow.run().then(() => gate) };
  const running = await newJobs(newPrefix()).start([job, quick]);
  await eventually(() => expect(quick.runs).toBeGreaterThan(20));
  expect(slow.runs).toBe(1);
  open();
  await eventually(() => expect(slow.runs).toBeGreaterThan(1));
  await running.stop();
});

it('continues after Redis has lost all data, and after an outage', async () => {
  const tick = counter('tick');
  const running = await newJobs(newPrefix()).start([tick]);
  const continues = async () => {
    const runs = tick.runs;
    await eventually(() => expect(tick.runs).toBeGreaterThan(runs + 3));
  };
  await continues();
  const redis = await openRedis({ url: server.url, onError: ignore });
  await redis.flushall();
  await closeRedis(redis);
  await continues();
  await server.kill();
  await server.restart();
  await continues();
  await running.stop();
});

it('stops while Redis is unavailable, after the present run', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const done: string[] = [];
  const run = async () => {
    begin();
    await gate;
    done.push('run');
  };
  const running = await newJobs(newPrefix()).start([{ name: 'long', everyMs: 100, run }]);
  await begun;
  await server.kill();
  const stopped = running.stop().then(() => done.push('stop'));
  open();
  await stopped;
  expect(done).toEqual(['run', 'stop']);
  await server.restart();
});

it('runs no job of a process that has stopped', async () => {
  const prefix = newPrefix();
  const retired = counter('retired');
  await (await newJobs(prefix).start([retired])).stop();
  const runs = retired.runs;
  const tick = counter('tick');
  const running = await newJobs(prefix).start([tick]);
  await eventually(() => expect(tick.runs).toBeGreaterThan(5));
  expect(retired.runs).toBe(runs);
  await running.stop();
});

function setClock(offsetMs: number): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offsetMs });
}

describe('with a wrong clock', () => {
  afterEach(() => void vi.useRealTimers());

  it.each([600_000, -600_000])(
    'a process that is %i ms off does not stop the runs of another',
    async (offsetMs) => {
      const prefix = newPrefix();
      setClock(offsetMs);
      const wrong = counter('tick');
      const stopped = await newJobs(prefix).start([wrong]);
      await eventually(() => expect(wrong.runs).toBeGreaterThan(3));
      await stopped.stop();
      vi.useRealTimers();
      const right = counter('tick');
      const running = await newJobs(prefix).start([right]);
      await eventually(() => expect(right.runs).toBeGreaterThan(3));
      await running.stop();
    },
  );

  it.each([600_000, -600_000])('continues when its own clock steps by %i ms', async (offsetMs) => {
    const tick = counter('tick');
    const running = await newJobs(newPrefix()).start([tick]);
    await eventually(() => expect(tick.runs).toBeGreaterThan(3));
    setClock(offsetMs);
    const runs = tick.runs;
    await eventually(() => expect(tick.runs).toBeGreaterThan(runs + 3));
    await running.stop();
  });

  it('removes the schedules that an earlier version stored', async () => {
    const prefix = newPrefix();
    setClock(600_000);
    const connection = await openRedis({ url: server.url, onError: ignore });
    const queue = new Queue('jobs', { connection, prefix });
    await queue.upsertJobScheduler('tick', { every: 100 }, { name: 'tick' });
    vi.useRealTimers();
    const tick = counter('tick');
    const running = await newJobs(prefix).start([tick]);
    await eventually(() => expect(tick.runs).toBeGreaterThan(3));
    expect(await queue.getJobSchedulersCount()).toBe(0);
    await running.stop();
    await queue.close();
    await closeRedis(connection);
  });
});

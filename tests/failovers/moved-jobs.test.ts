import { createBullJobs } from '@frontrow/adapters/bullmq/jobs.ts';
import { closeRedis, openBlockingRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { beginToMoveSlot } from '../support/moving-slot.ts';
import { startRedisCluster } from '../support/redis-sets/redis-cluster.ts';

it('runs jobs after their slot has moved key by key, and after their primary was emptied', async () => {
  const cluster = await startRedisCluster();
  const failed: unknown[] = [];
  const options = { url: cluster.url, onError: () => undefined };
  const { jobs: prefix } = createKeys('moved');
  const jobs = createBullJobs({
    connect: {
      producer: () => openRedis(options),
      worker: () => openBlockingRedis(options),
      close: closeRedis,
    },
    prefix,
    logger: pino({ enabled: false }),
    onError: options.onError,
    onFailure: (error) => failed.push(error),
  });
  let runs = 0;
  const untilMoreRuns = async () => {
    const from = runs;
    await eventually(() => expect(runs - from).toBeGreaterThan(3));
  };
  const running = await jobs.start([{ name: 'a job', everyMs: 50, run: async () => void (runs += 1) }]);
  try {
    await untilMoreRuns();
    const slot = await beginToMoveSlot(cluster, prefix);
    await slot.finish();
    await untilMoreRuns();
    await (await cluster.primaryOf(prefix)).client.flushall();
    await untilMoreRuns();
    expect(failed).toEqual([]);
  } finally {
    await running.stop();
    await cluster.stop();
  }
});

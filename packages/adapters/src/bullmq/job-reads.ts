import type { JobReads, JobReport } from '@frontrow/application/ports/shared/job-reads.ts';
import { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { QUEUE } from './queue.ts';
import { readRuns, runsKeyOf } from './job-runs.ts';

/** By the clock that the runs are recorded by: that of the server with the queue. */
const READ_TIME = `return redis.call('TIME')`;

type BullJobReadsOptions = {
  /** A connection that fails at once while Redis is unavailable. */
  readonly redis: Redis | Cluster;
  readonly prefix: string;
  /** The jobs of the installation with their intervals in ms. */
  readonly schedules: Readonly<Record<string, number>>;
  readonly onError: (error: Error) => void;
  /** Runs commands, and throws `Unavailable` while Redis is away. */
  readonly withUnavailable: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Reads the queue of all processes; writes nothing to it. */
export function createBullJobReads(options: BullJobReadsOptions): JobReads {
  const { redis, prefix, schedules, onError, withUnavailable } = options;
  let queue: Queue | null = null;

  function openQueue(): Queue {
    if (queue !== null) return queue;
    queue = new Queue(QUEUE, { connection: redis, prefix, skipMetasUpdate: true });
    queue.on('error', onError);
    return queue;
  }

  return {
    read: () =>
      withUnavailable(async () => {
        const [counts, fields, time] = await Promise.all([
          openQueue().getJobCounts('waiting', 'active', 'delayed', 'failed'),
          redis.hgetall(runsKeyOf(prefix)),
          redis.eval(READ_TIME, 1, runsKeyOf(prefix)),
        ]);
        const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
        const [seconds, micros] = (time as string[]).map(Number) as [number, number];
        return {
          asOf: seconds * 1000 + Math.floor(micros / 1000),
          runs: { waiting, active, delayed, failed },
          jobs: Object.entries(schedules).map(([name, everyMs]): JobReport =>
            readRuns(fields, { name, everyMs }),
          ),
        };
      }),
  };
}

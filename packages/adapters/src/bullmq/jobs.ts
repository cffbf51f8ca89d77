import type { Job, Jobs } from '@frontrow/application/ports/shared/jobs.ts';
import { Queue, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Runner, createRunner } from './runner.ts';

const QUEUE = 'jobs';
/** How long a schedule is missing at most after Redis has lost it, or its bearer was killed between two ticks. */
const UPKEEP_MS = 2_000;
/** How long a worker waits after its connection broke. */
const RETRY_MS = 1_000;
/** How long Redis may take to hear that the last runs are done. */
const FAREWELL_MAX_MS = 2_000;
const FAILED_KEPT_MAX = 100;

type BullJobsOptions = {
  readonly connect: {
    /** For adding jobs: fails at once where Redis is away. */
    producer(): Promise<Redis>;
    /** For taking jobs: waits for as long as it takes. */
    worker(): Promise<Redis>;
    readonly close: (redis: Redis) => Promise<void>;
  };
  /** Carries the hash tag that keeps all keys of the queue in one slot. */
  readonly prefix: string;
  readonly logger: Logger;
  /** Called with every error of a connection, which comes back by itself. */
  readonly onError: (error: Error) => void;
  /** Called with every run that failed; the next tick tries again. */
  readonly onFailure: (error: unknown, jobName: string) => void;
};

export type BullJobs = Jobs & {
  /** How many runs stand in each state, over all processes; empty before `start`. */
  counts(): Promise<Readonly<Record<string, number>>>;
};

/**
 * One queue with one schedule per job; every process that starts the jobs upserts the schedules and takes runs. A run
 * that fails is reported, and the next tick tries again.
 */
export function createBullJobs(options: BullJobsOptions): BullJobs {
  const { connect, prefix, onError } = options;
  let started: Queue | null = null;

  return {
    async start(jobs) {
      const [producer, consumer] = await Promise.all([connect.producer(), connect.worker()]);
      const queue = new Queue(QUEUE, { connection: producer, prefix });
      queue.on('error', onError);
      await upsertSchedules(queue, jobs);
      started = queue;

      const runner = createRunner(jobs);
      // Every job may be under way once, and another tick of each be passed by meanwhile.
      const concurrency = Math.max(1, 2 * jobs.length);
      const worker = startWorker(queue, runner, { connection: consumer, concurrency }, options);
      let upkeep = Promise.resolve();
      const timer = setInterval(() => {
        upkeep = upsertSchedules(queue, jobs).catch(onError);
      }, UPKEEP_MS);
      return {
        async stop() {
          clearInterval(timer);
          started = null;
          await Promise.all([closeWorker(worker, runner), upkeep]);
          await queue.close();
          await Promise.all([producer, consumer].map(connect.close));
        },
      };
    },
    counts: async () => started?.getJobCounts('waiting', 'active', 'delayed', 'failed') ?? {},
  };
}

async function upsertSchedules(queue: Queue, jobs: readonly Job[]): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: FAILED_KEPT_MAX };
  await Promise.all(
    jobs.map(({ name, everyMs }) => queue.upsertJobScheduler(name, { every: everyMs }, { name, opts })),
  );
}

function startWorker(
  queue: Queue,
  runner: Runner,
  settings: Pick<WorkerOptions, 'connection' | 'concurrency'>,
  { prefix, logger, onError, onFailure }: BullJobsOptions,
): Worker {
  const worker = new Worker(
    QUEUE,
    async ({ name }) => {
      if (runner.knows(name)) return runner.run(name);
      // A schedule of another release. Where a process of that release still runs, its upkeep brings it back.
      logger.warn({ job: name }, 'removing the schedule of an unknown job');
      await queue.removeJobScheduler(name);
    },
    { ...settings, prefix, runRetryDelay: RETRY_MS },
  );
  worker.on('error', onError);
  worker.on('failed', (job, error) => onFailure(error, job?.name ?? 'that is gone'));
  return worker;
}

/**
 * Resolves when the runs under way have ended and Redis knows. Where it is away it is not waited for: it has the runs
 * again, as after a kill. (BullMQ itself would wait forever for a connection that ioredis has stopped renewing.)
 */
async function closeWorker(worker: Worker, runner: Runner): Promise<void> {
  const closing = worker.close();
  await runner.idle();
  const farewell = Promise.withResolvers<void>();
  const timer = setTimeout(farewell.resolve, FAREWELL_MAX_MS);
  await Promise.race([closing, farewell.promise]);
  clearTimeout(timer);
}

import type { Job, Jobs } from '@frontrow/application/ports/shared/jobs.ts';
import { Queue, Worker, type WorkerOptions } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { recordRun, runsKeyOf } from './job-runs.ts';
import { QUEUE } from './queue.ts';
import { type OnRun, type Runner, createRunner } from './runner.ts';

/**
 * A run of a job keeps other runs of it from being enqueued for this share of its interval, by the clock of Redis. Less
 * than the whole interval, so that the next tick of the same process is not lost to a timer that fires early.
 */
const EXCLUSIVE_SHARE = 0.75;
/** The delay after which a worker reconnects. */
const RETRY_MS = 1_000;
/** The time that Redis has to acknowledge the end of the last runs. */
const CLOSE_TIMEOUT_MS = 2_000;
const FAILED_KEPT_MAX = 100;

type BullJobsOptions = {
  readonly connect: {
    /** For adding jobs: fails at once while Redis is unavailable. */
    producer(): Promise<Redis | Cluster>;
    /** For taking jobs: waits until Redis is available again. */
    worker(): Promise<Redis | Cluster>;
    readonly close: (redis: Redis | Cluster) => Promise<void>;
  };
  /** Carries the hash tag that keeps all keys of the queue in one slot. */
  readonly prefix: string;
  readonly logger: Logger;
  /** Called with every error of a connection; the connection recovers without help. */
  readonly onError: (error: Error) => void;
  /** Called with every run that failed; the next tick tries again. */
  readonly onFailure: (error: unknown, jobName: string) => void;
};

/**
 * One queue for all processes. Each process that starts the jobs enqueues a run of each job at its interval, measured by
 * a monotonic timer; Redis accepts one run for an interval, measured by its own clock (BullMQ's deduplication with a time
 * to live). So no schedule is stored that a wrong clock could move into the future, and none has to be repaired after a
 * kill or a loss of Redis.
 */
export function createBullJobs(options: BullJobsOptions): Jobs {
  const { connect, prefix, onError } = options;
  return {
    async start(jobs) {
      const [producer, consumer] = await Promise.all([connect.producer(), connect.worker()]);
      const queue = new Queue(QUEUE, { connection: producer, prefix });
      queue.on('error', onError);
      await removeStoredSchedules(queue);

      const stopping = new AbortController();
      const record: OnRun = (run) => {
        recordRun(producer, runsKeyOf(prefix), run).catch(onError);
      };
      const runner = createRunner(jobs, stopping.signal, record);
      // Each job may run once and have another tick of it dismissed at the same time.
      const concurrency = Math.max(1, 2 * jobs.length);
      const worker = startWorker(runner, { connection: consumer, concurrency }, options);
      const ticks = jobs.map((job) => startTicks(queue, job, onError));
      return {
        async stop() {
          stopping.abort();
          await Promise.all([closeWorker(worker, runner), ...ticks.map((tick) => tick.stop())]);
          await queue.close();
          await Promise.all([producer, consumer].map(connect.close));
        },
      };
    },
  };
}

/**
 * Versions up to 0.1 stored schedules in Redis, which a worker with a fast clock could move into the future. Throws an error
 * of one line where no server has the queue, while others of a cluster serve.
 */
async function removeStoredSchedules(queue: Queue): Promise<void> {
  try {
    const schedules = await queue.getJobSchedulers(0, -1);
    await Promise.all(schedules.map(({ key }) => queue.removeJobScheduler(key)));
  } catch (cause) {
    throw new Error(`cannot use the jobs in Redis (REDIS_URL): ${(cause as Error).message}`, { cause });
  }
}

/** Enqueues a run of the job now and at every interval. */
function startTicks(queue: Queue, { name, everyMs }: Job, onError: (error: Error) => void) {
  const ttl = Math.ceil(everyMs * EXCLUSIVE_SHARE);
  const options = {
    deduplication: { id: name, ttl },
    removeOnComplete: true,
    removeOnFail: FAILED_KEPT_MAX,
  };
  let adding: Promise<unknown> | null = null;
  function tick(): void {
    // An add that Redis has not answered yet stands for the ticks after it.
    adding ??= queue
      .add(name, {}, options)
      .catch(onError)
      .finally(() => (adding = null));
  }
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await adding;
    },
  };
}

function startWorker(
  runner: Runner,
  settings: Pick<WorkerOptions, 'connection' | 'concurrency'>,
  { prefix, logger, onError, onFailure }: BullJobsOptions,
): Worker {
  const worker = new Worker(
    QUEUE,
    async ({ name }) => {
      if (runner.knows(name)) return runner.run(name);
      logger.debug({ job: name }, 'skipping a job of another version');
    },
    { ...settings, prefix, runRetryDelay: RETRY_MS },
  );
  worker.on('error', onError);
  worker.on('failed', (job, error) => onFailure(error, job?.name ?? 'unknown'));
  return worker;
}

/**
 * Resolves when the runs in progress have ended and Redis has acknowledged it, or after `CLOSE_TIMEOUT_MS`: then Redis
 * gives the runs to another worker, as after a kill. (BullMQ itself would wait forever for a connection that ioredis no
 * longer renews.)
 */
async function closeWorker(worker: Worker, runner: Runner): Promise<void> {
  const closing = worker.close();
  await runner.idle();
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, CLOSE_TIMEOUT_MS);
  await Promise.race([closing, timeout.promise]);
  clearTimeout(timer);
}

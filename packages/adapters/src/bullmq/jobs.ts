import type { Job, Jobs } from '@frontrow/application/ports/jobs.ts';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

const QUEUE = 'jobs';
/** How long a schedule is missing at most after Redis has lost it, or its bearer was killed between two ticks. */
const UPKEEP_MS = 2_000;
/** How long a worker waits after its connection broke. */
const RETRY_MS = 1_000;
const FAILED_KEPT_MAX = 100;

type BullJobsOptions = {
  readonly connect: {
    /** For adding jobs: fails at once where Redis is away. */
    producer(): Promise<Redis>;
    /** For taking jobs: waits for as long as it takes. */
    worker(): Promise<Redis>;
    close(redis: Redis): Promise<void>;
  };
  /** Carries the hash tag that keeps all keys of the queue in one slot. */
  readonly prefix: string;
  readonly logger: Logger;
  /** Called with every error of a connection, which comes back by itself. */
  readonly onError: (error: Error) => void;
};

export type BullJobs = Jobs & {
  /** How many runs stand in each state, over all processes; empty before `start`. */
  counts(): Promise<Readonly<Record<string, number>>>;
};

/**
 * One queue with one schedule per job; every process that starts the jobs upserts the schedules and takes runs. A run
 * that fails is logged, and the next tick tries again.
 */
export function createBullJobs({ connect, prefix, logger, onError }: BullJobsOptions): BullJobs {
  let started: Queue | null = null;

  return {
    async start(jobs) {
      const [producer, consumer] = await Promise.all([connect.producer(), connect.worker()]);
      const queue = new Queue(QUEUE, { connection: producer, prefix });
      queue.on('error', onError);
      await upsertSchedules(queue, jobs);
      started = queue;

      const worker = startWorker(queue, jobs, consumer, { prefix, logger });
      worker.on('error', onError);
      const upkeep = setInterval(() => void upsertSchedules(queue, jobs).catch(onError), UPKEEP_MS);
      return {
        async stop() {
          clearInterval(upkeep);
          started = null;
          await worker.close();
          await queue.close();
          await Promise.all([connect.close(producer), connect.close(consumer)]);
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
  jobs: readonly Job[],
  connection: Redis,
  { prefix, logger }: Pick<BullJobsOptions, 'prefix' | 'logger'>,
): Worker {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const running = new Set<string>();

  async function process(name: string): Promise<void> {
    const job = byName.get(name);
    if (job === undefined) {
      // A schedule of another release. Where a process of that release still runs, its upkeep brings it back.
      logger.warn({ job: name }, 'removing the schedule of an unknown job');
      await queue.removeJobScheduler(name);
      return;
    }
    // A tick that finds this process still at the one before lapses, so that one slow job never takes the room of all.
    if (running.has(name)) return;
    running.add(name);
    try {
      await job.run();
    } finally {
      running.delete(name);
    }
  }

  const concurrency = Math.max(1, 2 * jobs.length);
  const worker = new Worker(QUEUE, ({ name }) => process(name), {
    connection,
    prefix,
    concurrency,
    runRetryDelay: RETRY_MS,
  });
  worker.on('failed', (job, err) => logger.error({ err, job: job?.name }, 'a job has failed'));
  return worker;
}

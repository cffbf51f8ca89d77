import type { Job } from '@frontrow/application/ports/shared/jobs.ts';

/** Receives the end of each run; `error` is null after a success. */
export type OnRun = (run: {
  readonly name: string;
  readonly durationMs: number;
  readonly error: unknown;
}) => void;

/** Runs jobs by their names in this process. */
export type Runner = {
  readonly knows: (name: string) => boolean;
  readonly run: (name: string) => Promise<void>;
  /** Resolves when the present runs have succeeded or failed. */
  readonly idle: () => Promise<void>;
};

/**
 * Skips a tick of a job that still runs in this process, so that the ticks of a slow job neither accumulate nor delay
 * other jobs.
 */
export function createRunner(jobs: readonly Job[], stopping: AbortSignal, onRun: OnRun): Runner {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const running = new Map<string, Promise<void>>();

  async function runOnce(job: Job): Promise<void> {
    const startedAt = performance.now();
    const end = (error: unknown) =>
      onRun({ name: job.name, durationMs: performance.now() - startedAt, error });
    try {
      await job.run(stopping);
    } catch (error) {
      end(error ?? new Error('rejected without an error'));
      throw error;
    }
    end(null);
  }

  return {
    knows: (name) => byName.has(name),
    async run(name) {
      const job = byName.get(name);
      if (job === undefined || running.has(name)) return;
      const run = runOnce(job).finally(() => running.delete(name));
      running.set(name, run);
      await run;
    },
    async idle() {
      await Promise.allSettled(running.values());
    },
  };
}

import type { Job } from '@frontrow/application/ports/shared/jobs.ts';

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
export function createRunner(jobs: readonly Job[], stopping: AbortSignal): Runner {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const running = new Map<string, Promise<void>>();
  return {
    knows: (name) => byName.has(name),
    async run(name) {
      const job = byName.get(name);
      if (job === undefined || running.has(name)) return;
      const run = job.run(stopping).finally(() => running.delete(name));
      running.set(name, run);
      await run;
    },
    async idle() {
      await Promise.allSettled(running.values());
    },
  };
}

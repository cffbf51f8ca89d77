import type { Job } from '@frontrow/application/ports/shared/jobs.ts';

/** Runs jobs by their names in this process. */
export type Runner = {
  readonly knows: (name: string) => boolean;
  readonly run: (name: string) => Promise<void>;
  /** Resolves when the runs that are under way have ended, well or not. */
  readonly idle: () => Promise<void>;
};

/**
 * A tick that finds this process still at the one before lapses, so that the ticks of a slow job neither pile up nor
 * take the room of the others.
 */
export function createRunner(jobs: readonly Job[]): Runner {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const underWay = new Map<string, Promise<void>>();
  return {
    knows: (name) => byName.has(name),
    async run(name) {
      const job = byName.get(name);
      if (job === undefined || underWay.has(name)) return;
      const run = job.run().finally(() => underWay.delete(name));
      underWay.set(name, run);
      await run;
    },
    async idle() {
      await Promise.allSettled(underWay.values());
    },
  };
}

import type { Job, Jobs, RunningJobs } from '@frontrow/application/ports/shared/jobs.ts';

export type OnJobError = (error: unknown, jobName: string) => void;

/** Timers of this process. A run that takes longer than its interval lets the next one pass. */
export function createMemoryJobs(onJobError: OnJobError): Jobs {
  return {
    async start(jobs) {
      const repeating = jobs.map((job) => repeat(job, onJobError));
      return {
        async stop() {
          await Promise.all(repeating.map((one) => one.stop()));
        },
      };
    },
  };
}

function repeat(job: Job, onJobError: OnJobError): RunningJobs {
  let underWay: Promise<void> | null = null;
  async function runOnce(): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      onJobError(error, job.name);
    }
  }
  const timer = setInterval(() => {
    underWay ??= runOnce().finally(() => {
      underWay = null;
    });
  }, job.everyMs);
  // What the jobs work for, such as a server that listens, keeps the process alive; they do not.
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

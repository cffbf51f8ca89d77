import type { Job, Jobs, RunningJobs } from '@frontrow/application/ports/shared/jobs.ts';

export type OnJobError = (error: unknown, jobName: string) => void;

/** Runs jobs by timers of this process. Skips a tick of a job that still runs. */
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
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  async function runOnce(): Promise<void> {
    try {
      await job.run(stopping.signal);
    } catch (error) {
      onJobError(error, job.name);
    }
  }
  const timer = setInterval(() => {
    running ??= runOnce().finally(() => {
      running = null;
    });
  }, job.everyMs);
  // A listening server keeps the process alive; its jobs do not.
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

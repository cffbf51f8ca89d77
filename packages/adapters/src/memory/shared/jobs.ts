import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { JobReads, JobReport } from '@frontrow/application/ports/shared/job-reads.ts';
import type { Job, Jobs, RunningJobs } from '@frontrow/application/ports/shared/jobs.ts';

export type OnJobError = (error: unknown, jobName: string) => void;

type Repeating = RunningJobs & { readonly report: () => JobReport; readonly isRunning: () => boolean };

/** Runs jobs by timers of this process. Skips a tick of a job that still runs. */
export function createMemoryJobs(
  onJobError: OnJobError,
  clock: Clock,
): { readonly jobs: Jobs; readonly jobReads: JobReads } {
  const repeating = new Map<string, Repeating>();
  return {
    jobs: {
      async start(jobs) {
        const started = jobs.map((job) => repeat(job, onJobError, clock));
        jobs.forEach(({ name }, index) => repeating.set(name, started[index]!));
        return {
          async stop() {
            await Promise.all(started.map((one) => one.stop()));
          },
        };
      },
    },
    jobReads: {
      async read() {
        const all = [...repeating.values()];
        const active = all.filter((one) => one.isRunning()).length;
        return {
          asOf: clock.now(),
          runs: { waiting: 0, active, delayed: 0, failed: 0 },
          jobs: all.map((one) => one.report()),
        };
      },
    },
  };
}

function repeat(job: Job, onJobError: OnJobError, clock: Clock): Repeating {
  const stopping = new AbortController();
  const { name, everyMs } = job;
  let report: JobReport = {
    name,
    everyMs,
    lastRun: null,
    lastFailure: null,
    succeededTotal: 0,
    failedTotal: 0,
  };
  let running: Promise<void> | null = null;
  async function runOnce(): Promise<void> {
    const startedAt = performance.now();
    const lastRun = () => ({ endedAt: clock.now(), durationMs: performance.now() - startedAt });
    try {
      await job.run(stopping.signal);
      report = {
        ...report,
        lastRun: { ...lastRun(), result: 'SUCCEEDED' },
        succeededTotal: report.succeededTotal + 1,
      };
    } catch (error) {
      const failed = lastRun();
      report = {
        ...report,
        lastRun: { ...failed, result: 'FAILED' },
        lastFailure: {
          endedAt: failed.endedAt,
          error: error instanceof Error ? error.message : String(error),
        },
        failedTotal: report.failedTotal + 1,
      };
      onJobError(error, name);
    }
  }
  const timer = setInterval(() => {
    running ??= runOnce().finally(() => {
      running = null;
    });
  }, everyMs);
  // A listening server keeps the process alive; its jobs do not.
  timer.unref();
  return {
    report: () => report,
    isRunning: () => running !== null,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

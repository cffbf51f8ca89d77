import type { Application } from '@frontrow/application/application.ts';
import type { Job } from '@frontrow/application/ports/shared/jobs.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import { createAdmitWaitingProcessor } from './admit-waiting.ts';
import { createExpireSessionsProcessor } from './expire-sessions.ts';
import { createPurgeRecordsProcessor } from './purge-records.ts';
import { createRelayOutboxProcessor } from './relay-outbox.ts';
import { createSweepHoldsProcessor } from './sweep-holds.ts';
import { type JobName, SCHEDULES } from './schedules.ts';

/** Everything that happens without a request. Each job may run anywhere, twice, and be killed at any point. */
export function createWorkerJobs(application: Application, metrics: WorkerMetrics): Job[] {
  const processors: Record<JobName, () => Promise<void>> = {
    'admit-waiting': createAdmitWaitingProcessor(application, metrics),
    'relay-outbox': createRelayOutboxProcessor(application, metrics),
    'expire-sessions': createExpireSessionsProcessor(application, metrics),
    'sweep-holds': createSweepHoldsProcessor(application, metrics),
    'count-inventory': application.countInventory,
    'save-watermarks': application.saveWatermarks,
    'purge-records': createPurgeRecordsProcessor(application, metrics),
  };
  return (Object.keys(SCHEDULES) as JobName[]).map((name) => ({
    name,
    everyMs: SCHEDULES[name],
    run: observed(name, processors[name], metrics),
  }));
}

function observed(
  job: JobName,
  run: () => Promise<void>,
  { duration, failures, lastSuccess }: WorkerMetrics,
): () => Promise<void> {
  return async () => {
    const stop = duration.startTimer({ job });
    try {
      await run();
      lastSuccess.setToCurrentTime({ job });
    } catch (error) {
      failures.inc({ job });
      throw error;
    } finally {
      stop();
    }
  };
}
